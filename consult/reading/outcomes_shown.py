"""What followed from a conversation: changes, the comments that caused them, and what people say."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from consult.accounts.security import me
from consult.analysis.models import Answer
from consult.analysis.outcomes import causes_of, outcomes_of
from consult.analysis.verdicts import comments_asked, counted, people_asked, reasons, sources_asked
from consult.comments.tree import Node, flat
from consult.reading.history import Entry, history
from consult.reading.position import Standing
from consult.reading.redline import address
from consult.web import Request


@dataclass(frozen=True, slots=True)
class Asked:
    """What commenters answered about the latest change; `mine`: where the reader may answer, or ""."""

    number: int
    people: int
    yes: int
    partly: int
    no: int
    mine: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """A change that a comment led to."""

    number: int
    href: str


def come_of(
    request: Request, stands: Standing, threads: Collection[Node], may: Collection[str]
) -> dict[str, Any]:
    """Return what the page of a paragraph says of its versions; say in `threads` what they led to.

    Of a document with a single version there is nothing to say and nothing is asked.
    """
    if stands.latest.number == 1:
        return {"history": [], "gone": None, "asked": None, "reasons": []}
    _tell_outcomes(request, stands, threads)
    paragraph = stands.wording.paragraph
    answers = counted(request.db, paragraph)
    entries = history(request, stands, causes_of(request.db, stands.sources), answers)
    return {
        "history": entries,
        "gone": entries[0] if stands.gone else None,
        "asked": _asked(request, stands, entries),
        "reasons": reasons(request.db, paragraph) if answers and "reply" in may else [],
    }


def _tell_outcomes(request: Request, stands: Standing, threads: Collection[Node]) -> None:
    nodes = {node.comment.id: node for node in flat(threads)}
    document = stands.wording.paragraph.document
    for comment_id, causes in outcomes_of(request.db, nodes).items():
        nodes[comment_id].outcomes = [
            Outcome(c.number, address(request, document, c.number - 1, c.number, c.key))
            for c in causes
        ]


def _asked(request: Request, stands: Standing, entries: list[Entry]) -> Asked | None:
    entry = next((entry for entry in entries if entry.asked), None)
    paragraph = stands.wording.paragraph
    if entry is None or stands.trail.home(paragraph.id) != paragraph.id:
        # What was merged into another paragraph is judged there.
        return None
    number = entry.version.number
    sources = sources_asked(stands.trail, paragraph.id, number)
    people = people_asked(request.db, sources)
    if not people:
        return None
    mine = ""
    account = me(request)
    if account is not None and comments_asked(request.db, account, sources):
        document = paragraph.document
        mine = request.route_path(
            "verdict",
            slug=document.consultation.slug,
            document=document.slug,
            key=paragraph.key,
            _query={"version": number},
        )
    yes, partly, no = (entry.answers.get(answer, 0) for answer in Answer)
    return Asked(number, people, yes, partly, no, mine)
