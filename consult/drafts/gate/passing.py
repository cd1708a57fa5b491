"""Passing the gate: a later version is published once nothing that people said is in doubt."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.consultations.refused import Refused
from consult.drafts.alignment import FateKind
from consult.drafts.gate.deciding import lock
from consult.drafts.gate.stating import propose
from consult.drafts.models import Fate, Version
from consult.drafts.publish import publish_version
from consult.drafts.stakes import NONE, Stakes
from consult.i18n import _

#: An old paragraph and a new one, by their ids, what became of it, and whether that is in doubt.
Stated = tuple[int | None, int | None, FateKind, bool]


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


def summary(rows: Iterable[Stated], stakes: Mapping[int, Stakes]) -> Summary:
    """Count the fates of a version; `stakes` is what hangs on each old paragraph."""
    kinds: dict[tuple[int | None, int | None], FateKind] = {}
    doubtful: set[int] = set()
    for old, new, kind, doubt in rows:
        # A split has a row for each of its parts, and is one thing all the same.
        kinds[old, new if old is None else None] = kind
        if doubt and old is not None:
            doubtful.add(old)
    along, left = NONE, NONE
    for (old, _new), kind in kinds.items():
        hanging = NONE if old is None else stakes.get(old, NONE)
        if kind is FateKind.REMOVED:
            left += hanging
        else:
            along += hanging
    counts = Counter(kinds.values())
    in_the_way = sum(bool(stakes.get(old)) for old in doubtful)
    return Summary(counts, along, left, len(doubtful), in_the_way)


def stated_rows(session: Session, version: Version) -> list[Stated]:
    """Return the fates of a version as a summary counts them. One query."""
    rows = session.execute(
        select(Fate.old_id, Fate.new_id, Fate.kind, Fate.doubtful).where(
            Fate.version_id == version.id
        )
    )
    return [(old, new, kind, doubtful) for old, new, kind, doubtful in rows]


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
    hanging on it goes as the machine proposes. Raises Refused while anything else is doubtful,
    where nothing is said about what changed, and where publishing it is refused anyway.
    """
    lock(session, version)
    propose(session, version)
    found = summary(stated_rows(session, version), stakes)
    if not what_changed.strip():
        raise Refused(_("Say what has changed, so that readers need not look for it."), "what_changed")
    if found.in_the_way:
        raise Refused(
            _(
                "Comments hang on paragraphs whose fate is doubtful (${number}). Decide those first.",
                mapping={"number": found.in_the_way},
            )
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
