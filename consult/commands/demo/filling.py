"""Turns demo.toml into people, consultations and their conversations.

It goes through the same verbs as the pages do; only the dates are put into the past afterwards.
"""

import tomllib
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from consult import clock
from consult.accounts.models import Account, Department, Role
from consult.accounts.passwords import hash_password
from consult.accounts.people import byline, create_account, create_department, grant
from consult.blocks.blocks import Kind
from consult.comments.models import Ballot, Comment, Contribution, Stance, Vote
from consult.comments.post import Signature, post_comment
from consult.comments.quotes import find
from consult.comments.status import CommentStatus, Move
from consult.consultations.create import create_consultation
from consult.consultations.facts import Facts
from consult.consultations.models import Consultation, Moderation
from consult.consultations.phases import Audience, Commenters, Phase
from consult.drafts.models import Wording
from consult.drafts.published import wordings
from consult.importing import read
from consult.intake.publish import publish_version
from consult.intake.store import import_draft
from consult.moderation.models import Decision, Reason, Report
from consult.replies.models import OfficialReply, ReplyStatus
from consult.settings import Settings
from consult.text import clean_text, render_markdown

PASSWORD = "consult-demo"  # noqa: S105 - the point of a demo is that everybody knows it


@dataclass
class Filling:
    """What has been made so far, by the names that demo.toml gives it."""

    session: Session
    settings: Settings
    content: Path
    now: datetime = field(default_factory=clock.now)
    departments: dict[str, Department] = field(default_factory=dict)
    people: dict[str, Account] = field(default_factory=dict)
    consultations: dict[str, Consultation] = field(default_factory=dict)
    texts: dict[str, list[Wording]] = field(default_factory=dict)
    comments: dict[str, Comment] = field(default_factory=dict)

    def ago(self, days: float) -> datetime:
        """Return the moment so many days ago."""
        return self.now - timedelta(days=days)


def fill(session: Session, settings: Settings, content: Path) -> None:
    """Put everything that ``demo.toml`` in the folder `content` says into an empty database."""
    said = tomllib.loads((content / "demo.toml").read_text(encoding="utf-8"))
    filling = Filling(session, settings, content)
    for department in said["departments"]:
        made = create_department(session, department["name"], department["slug"])
        filling.departments[department["slug"]] = made
    _fill_people(filling, said["accounts"])
    for consultation in said["consultations"]:
        _fill_consultation(filling, consultation)
    for number, comment in enumerate(said["comments"]):
        _fill_comment(filling, comment, number)
    for number, reply in enumerate(said["replies"]):
        _fill_reply(filling, reply, number)


def _fill_people(filling: Filling, people: list[dict[str, Any]]) -> None:
    password = hash_password(PASSWORD)
    for person in people:
        account = create_account(filling.session, person["email"], person["name"])
        # One hash for all: forty would take seconds, and there is no secret to keep apart.
        account.password_hash = password
        filling.people[person["email"]] = account
        for given in person["grants"]:
            grant(filling.session, account, Role(given["role"]), given["place"])


def _moment(filling: Filling, said: dict[str, Any], which: str) -> datetime | None:
    if f"{which}_in_days" not in said:
        return None
    zone = ZoneInfo(said["time_zone"])
    day = (filling.now + timedelta(days=said[f"{which}_in_days"])).astimezone(zone).date()
    at = said.get(f"{which}_time", time(9))
    at = time.fromisoformat(at) if isinstance(at, str) else at
    return datetime.combine(day, at, zone)


def _fill_consultation(filling: Filling, said: dict[str, Any]) -> None:
    facts = Facts(
        title=said["title"],
        department=filling.departments[said["department"]],
        summary=" ".join(said["summary"].split()),
        audience=Audience(said.get("audience", Audience.PUBLIC)),
        opens_at=_moment(filling, said, "opens"),
        closes_at=_moment(filling, said, "closes"),
        time_zone=said["time_zone"],
        commenters=Commenters(said["commenters"]),
        moderation=Moderation(said["moderation"]),
        house_rules=clean_text(said.get("house_rules", "")).strip(),
        privacy_notice=clean_text(said.get("privacy_notice", "")).strip(),
        reply_days=said.get("reply_days", 28),
    )
    consultation = create_consultation(filling.session, said["slug"], facts)
    filling.consultations[said["slug"]] = consultation
    for document in said.get("documents", ()):
        _fill_document(filling, consultation, document)
    consultation.phase = Phase(said["phase"])
    filling.session.flush()


def _fill_document(filling: Filling, consultation: Consultation, said: dict[str, Any]) -> None:
    source = (filling.content / said["file"]).read_bytes()
    version = import_draft(
        filling.session,
        consultation,
        said["slug"],
        read(source, said["file"]),
        title=said["title"],
        source_name=said["file"],
        source=source,
        data=filling.settings.data,
    )
    publish_version(filling.session, version, moment=consultation.opens_at)
    filling.texts[consultation.slug] = wordings(filling.session, version)


def _wording(text: list[Wording], place: str) -> Wording:
    """Find "title", a label, or a label and what follows it ("2.4 (a)", "Annex A table")."""
    if place == "title":
        return text[0]
    labels = [wording.label.rstrip(".") for wording in text]
    if place in labels:
        return text[labels.index(place)]
    above, _space, below = place.rpartition(" ")
    start = labels.index(above)
    return next(
        wording
        for wording, label in zip(text[start + 1 :], labels[start + 1 :], strict=True)
        if label == below or wording.kind is Kind.__members__.get(below.upper())
    )


def _fill_comment(filling: Filling, said: dict[str, Any], number: int) -> None:
    wording = _wording(filling.texts[said["consultation"]], said["paragraph"])
    author = filling.people[said["author"]]
    consultation = filling.consultations[said["consultation"]]
    role, department = byline(author, consultation.department_id, consultation.id)
    comment = post_comment(
        filling.session,
        wording=wording,
        author=author,
        signature=Signature(author.display_name, role, department),
        text=clean_text(said["text"]).strip(),
        idempotency_key=f"demo {number}",
        arrived_at=filling.ago(said["days_ago"]),
        entry=CommentStatus(said.get("status", "published")),
        quote=find(wording.text, said["quote"]) if said.get("quote") else None,
        kind=Contribution(said["kind"]),
        stance=Stance(said.get("stance", "")),
        parent=filling.comments[said["parent"]] if said.get("parent") else None,
        suggestion=" ".join(said.get("suggestion", "").split()),
    )
    filling.comments[said["key"]] = comment
    _fill_votes(filling, comment, said.get("votes", {}), number)
    for report in said.get("reported", ()):
        filling.session.add(
            Report(
                comment=comment,
                reporter=filling.people[report["by"]],
                reason=Reason(report["reason"]),
                note=report.get("note", ""),
                created_at=comment.created_at + timedelta(hours=3),
            )
        )
    if comment.status is CommentStatus.HIDDEN:
        _fill_decision(filling, comment, said)


def _fill_votes(filling: Filling, comment: Comment, votes: dict[str, int], number: int) -> None:
    voters = [p for p in filling.people.values() if not p.grants and p is not comment.author]
    # Different people vote on different comments, and the same ones at every filling.
    first = number * 7 % len(voters)
    turn = iter(voters[first:] + voters[:first])
    for ballot in Ballot:
        for _vote in range(votes.get(ballot.value, 0)):
            filling.session.add(Vote(comment_id=comment.id, account_id=next(turn).id, value=ballot))


def _fill_decision(filling: Filling, comment: Comment, said: dict[str, Any]) -> None:
    filling.session.add(
        Decision(
            comment=comment,
            revision=comment.revision,
            moderator=filling.people["moderator@example.org"],
            move=Move.HIDE,
            rule=str(said["rule"]),
            reasons=said["reasons"],
            before=CommentStatus.PUBLISHED,
            after=CommentStatus.HIDDEN,
            created_at=comment.created_at + timedelta(hours=5),
        )
    )


def _fill_reply(filling: Filling, said: dict[str, Any], number: int) -> None:
    comments = [filling.comments[key] for key in said["comments"]]
    consultation = comments[0].document.consultation
    author = filling.people[said["author"]]
    role, _department = byline(author, consultation.department_id, consultation.id)
    moment = filling.ago(said["days_ago"])
    published = said["state"] == ReplyStatus.PUBLISHED
    text = clean_text(said["text"]).strip()
    filling.session.add(
        OfficialReply(
            public_id=f"demo{number:04}",
            consultation=consultation,
            department=consultation.department,
            author=author,
            author_name=author.display_name,
            author_role=role,
            source=text,
            html=render_markdown(text),
            status=ReplyStatus(said["state"]),
            idempotency_key=f"demo {number}",
            created_at=moment,
            published_at=moment if published else None,
            comments=comments,
        )
    )
