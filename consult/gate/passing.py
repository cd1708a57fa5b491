"""Passing the gate: a later version is published once nothing that people said is in doubt."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from consult.alignment import FateKind
from consult.drafts.models import Version
from consult.fates.deciding import lock
from consult.fates.fate_store import propose
from consult.fates.impact import NONE, Stakes
from consult.fates.sides import sides_of
from consult.gate.entries import Entry, entries_of
from consult.i18n import _
from consult.intake.publish import publish_version
from consult.refusal import Refused


class Undecided(Refused):
    """Something that people commented on is still in doubt."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a version does to paragraphs and to what hangs on them.

    counts: old paragraphs of each kind, and new ones; along, left: what goes along with them, and
    what stays with removed ones; doubtful: old paragraphs that nobody has decided, in_the_way: how
    many of those have something hanging on them.
    """

    counts: Mapping[FateKind, int]
    along: Stakes
    left: Stakes
    doubtful: int
    in_the_way: int


def summary(entries: Iterable[Entry]) -> Summary:
    """Count what becomes of paragraphs."""
    counts: Counter[FateKind] = Counter()
    along, left = NONE, NONE
    doubtful = in_the_way = 0
    for entry in entries:
        counts[entry.kind] += 1
        if entry.kind is FateKind.REMOVED:
            left += entry.stakes
        else:
            along += entry.stakes
        doubtful += entry.doubtful
        in_the_way += entry.doubtful and bool(entry.stakes)
    return Summary(counts, along, left, doubtful, in_the_way)


def look_over(session: Session, version: Version, stakes: Mapping[int, Stakes]) -> Summary:
    """Return what publishing a version would do, and keep others from changing it until then.

    `stakes` is what hangs on the paragraphs of the last version. Raises Refused once it is
    published.
    """
    lock(session, version)
    propose(session, version)
    sides = sides_of(session, version)
    return summary([] if sides is None else entries_of(session, sides, stakes))


def pass_gate(
    session: Session,
    version: Version,
    stakes: Mapping[int, Stakes],
    *,
    what_changed: str,
    actor_id: int | None = None,
) -> Summary:
    """Publish a version that follows a published one; return what it does.

    `stakes` is what hangs on the paragraphs of the last version. What is doubtful without anything
    hanging on it goes as the machine proposes. Raises Undecided while anything else is doubtful,
    Refused where nothing is said about what changed and where it cannot be published anyway.
    """
    found = look_over(session, version, stakes)
    if found.in_the_way:
        raise Undecided(
            _(
                "Comments hang on paragraphs that are still in doubt (${number}); decide those first.",
                mapping={"number": found.in_the_way},
            )
        )
    if not what_changed.strip():
        raise Refused(
            _("Say what has changed, so that readers need not look for it."), "what_changed"
        )
    publish_version(
        session,
        version,
        what_changed=what_changed,
        actor_id=actor_id,
        fates={kind.value: found.counts.get(kind, 0) for kind in FateKind},
        doubtful=found.doubtful,
        comments_along=found.along.comments,
        comments_with_removed=found.left.comments,
    )
    return found
