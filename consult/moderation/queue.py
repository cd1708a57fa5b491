"""What waits for a moderator, and in which order."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    case,
    exists,
    func,
    or_,
    select,
)
from sqlalchemy.orm import Session, contains_eager, joinedload

from consult.accounts.models import Account
from consult.comments.models import Comment
from consult.comments.places import Place, places_of
from consult.comments.rewritten import Rewritten, rewritten_since
from consult.comments.status import VISIBLE, CommentStatus
from consult.consultations.coverage import covered_by
from consult.consultations.models import Consultation
from consult.drafts.models import Document
from consult.moderation.decisions import judged_before, latest_decisions
from consult.moderation.models import MODERATING, Decision, Reason, Report, ReportState

SIZE = 20

# What these reports are about can do harm for as long as it stands.
URGENT = frozenset({Reason.PERSONAL_DATA, Reason.UNLAWFUL})

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_KEY = re.compile(r"([01])-([0-9]{1,6})-([0-9]{1,17})-([0-9]{1,9})")


class Why(StrEnum):
    """Why a comment is in the queue."""

    REPORTED = "reported"
    WAITING = "waiting"
    UNCHECKED = "unchecked"


@dataclass(frozen=True, slots=True)
class Choice:
    """Which part of the queue is looked at; the slug of a consultation, or "" for all."""

    consultation: str = ""
    why: Why | None = None
    reason: Reason | None = None

    def query(self) -> dict[str, str]:
        """Return what an address says to choose the same."""
        said = {"consultation": self.consultation, "why": self.why, "reason": self.reason}
        return {name: str(value) for name, value in said.items() if value}


@dataclass(frozen=True, slots=True)
class Key:
    """Where a comment stands in the queue; the order of the fields is the queue's."""

    urgent: int
    reports: int
    since: datetime
    comment_id: int

    def __str__(self) -> str:
        microseconds = (self.since - EPOCH) // timedelta(microseconds=1)
        return f"{self.urgent}-{self.reports}-{microseconds}-{self.comment_id}"


def parse_key(text: str) -> Key | None:
    """Read what ``str()`` of a key gave; None for anything else."""
    match = _KEY.fullmatch(text)
    if match is None:
        return None
    urgent, reports, microseconds, comment_id = (int(number) for number in match.groups())
    return Key(urgent, reports, EPOCH + timedelta(microseconds=microseconds), comment_id)


@dataclass(frozen=True, slots=True)
class Item:
    """A comment that waits for a moderator."""

    comment: Comment
    key: Key
    place: Place
    reasons: Sequence[tuple[Reason, int]]  # of its open reports, the most frequent first
    last: Decision | None
    reported: int | None  # the earliest text that open reports are about
    rewritten: Rewritten | None  # what changed since it was judged


@dataclass(frozen=True, slots=True)
class Load:
    """How much of one consultation waits."""

    slug: str
    title: str
    total: int
    reported: int
    waiting: int
    unchecked: int
    oldest: datetime


_open = (
    select(
        Report.comment_id,
        # Somebody who reports what an author changes time and again is still one person.
        func.count(func.distinct(Report.reporter_id)).label("n"),
        func.max(case((Report.reason.in_(URGENT), 1), else_=0)).label("urgent"),
        func.min(Report.created_at).label("first"),
    )
    .where(Report.state == ReportState.OPEN)
    .group_by(Report.comment_id)
    .subquery()
)
_urgent: ColumnElement[int] = func.coalesce(_open.c.urgent, 0)
_reports: ColumnElement[int] = func.coalesce(_open.c.n, 0)
_since: ColumnElement[datetime] = func.coalesce(
    _open.c.first, Comment.edited_at, Comment.created_at
)
_IS = {
    Why.REPORTED: and_(_open.c.n.is_not(None), Comment.status.in_(VISIBLE)),
    Why.WAITING: Comment.status == CommentStatus.PENDING,
    Why.UNCHECKED: Comment.status == CommentStatus.UNCHECKED,
}


def _queue(account: Account, *columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .join(Comment.document)
        .join(Document.consultation)
        .outerjoin(_open, _open.c.comment_id == Comment.id)
        .where(covered_by(account, MODERATING), or_(*_IS.values()))
    )


def _chosen(query: Select[Any], choice: Choice) -> Select[Any]:
    if choice.consultation:
        query = query.where(Consultation.slug == choice.consultation)
    if choice.why:
        query = query.where(_IS[choice.why])
    if choice.reason:
        query = query.where(
            _IS[Why.REPORTED],
            exists().where(
                Report.comment_id == Comment.id,
                Report.state == ReportState.OPEN,
                Report.reason == choice.reason,
            ),
        )
    return query.order_by(_urgent.desc(), _reports.desc(), _since, Comment.id)


def _follows(key: Key) -> ColumnElement[bool]:
    later = or_(_since > key.since, and_(_since == key.since, Comment.id > key.comment_id))
    fewer = or_(_reports < key.reports, and_(_reports == key.reports, later))
    return or_(_urgent < key.urgent, and_(_urgent == key.urgent, fewer))


def items(
    session: Session, account: Account, choice: Choice, after: Key | None = None, size: int = SIZE
) -> list[Item]:
    """Return what follows `after` in the part of the queue that `account` looks after."""
    query = _chosen(_queue(account, Comment, _urgent, _reports, _since), choice).limit(size)
    if after is not None:
        query = query.where(_follows(after))
    query = query.options(
        contains_eager(Comment.document)
        .contains_eager(Document.consultation)
        .joinedload(Consultation.department),
        joinedload(Comment.paragraph),
    )
    rows = session.execute(query).all()
    comments = [row[0] for row in rows]
    ids = [comment.id for comment in comments]
    places, (reasons, reported) = places_of(session, comments), _reasons(session, ids)
    last = latest_decisions(session, ids)
    judged = [(c, judged_before(c, last.get(c.id), reported.get(c.id))) for c in comments]
    rewritten = rewritten_since(session, [(c, revision) for c, revision in judged if revision])
    return [
        Item(
            comment,
            Key(urgent, n, since, comment.id),
            places[comment.id],
            reasons.get(comment.id, ()),
            last.get(comment.id),
            reported.get(comment.id),
            rewritten.get(comment.id),
        )
        for comment, urgent, n, since in rows
    ]


def _reasons(
    session: Session, ids: Sequence[int]
) -> tuple[dict[int, list[tuple[Reason, int]]], dict[int, int]]:
    """Return the reasons of each comment's open reports, and the earliest text that they are about."""
    found: dict[int, list[tuple[Reason, int]]] = {}
    earliest: dict[int, int] = {}
    n = func.count(func.distinct(Report.reporter_id)).label("n")
    counted = (
        select(Report.comment_id, Report.reason, n, func.min(Report.revision))
        .where(Report.comment_id.in_(ids), Report.state == ReportState.OPEN)
        .group_by(Report.comment_id, Report.reason)
        .order_by(n.desc(), Report.reason)
    )
    for comment_id, reason, number, first in session.execute(counted) if ids else ():
        found.setdefault(comment_id, []).append((reason, number))
        earliest[comment_id] = min(first, earliest.get(comment_id, first))
    return found, earliest


def next_for(session: Session, account: Account, choice: Choice) -> Comment | None:
    """Return the first comment of the queue that `account` can decide on."""
    reported = exists().where(Report.comment_id == Comment.id, Report.reporter_id == account.id)
    query = _chosen(_queue(account, Comment), choice).where(
        Comment.author_id != account.id, ~reported
    )
    found: Comment | None = session.scalar(query.limit(1))
    return found


def loads(session: Session, account: Account) -> list[Load]:
    """Return for each consultation how much waits, those where most does first."""
    counts = [func.sum(case((condition, 1), else_=0)) for condition in _IS.values()]
    total = func.count()
    query = _queue(account, Consultation.slug, Consultation.title, total, *counts, func.min(_since))
    query = query.group_by(Consultation.id).order_by(total.desc(), Consultation.id)
    return [Load(*row) for row in session.execute(query)]
