"""What the machine takes the fates of a working version to be: worked out once, and kept."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.alignment import Fate as Row
from consult.alignment import FateKind, Part, align
from consult.alignment.candidates import Candidates
from consult.alignment.likeness import Texts
from consult.blocks.blocks import Kind
from consult.drafts.models import Proposal
from consult.fates.decided_fates import Proposed
from consult.fates.sides import Sides, parts_of

#: Candidates that an official is offered for a doubtful paragraph, the machine's choice included.
OFFERED = 5


def is_proposed(session: Session, sides: Sides) -> bool:
    """Say whether there is a proposal for what both versions say now."""
    digest = select(Proposal.digest).where(Proposal.version_id == sides.version.id)
    return session.scalar(digest) == sides.digest


def texts_of(session: Session, sides: Sides) -> tuple[list[Part], list[Part]]:
    """Return both versions as the alignment takes them."""
    return (
        list(parts_of(session, sides.last).values()),
        list(parts_of(session, sides.version).values()),
    )


def work_out(old: Sequence[Part], new: Sequence[Part]) -> Proposed:
    """Align two versions. This takes seconds where they are long, and no database."""
    rows = align(old, new)
    return Proposed(rows, _candidates(old, new, rows))


def keep_proposal(session: Session, sides: Sides, proposed: Proposed) -> None:
    """Keep what was worked out from these sides."""
    kept = session.get(Proposal, sides.version.id)
    if kept is None:
        kept = Proposal(version_id=sides.version.id)
        session.add(kept)
    kept.digest = sides.digest
    kept.rows = [[r.old, r.new, r.kind.value, r.likeness, r.doubtful] for r in proposed.rows]
    kept.candidates = {
        str(place): [list(candidate) for candidate in those]
        for place, those in proposed.candidates.items()
    }
    session.flush()


def kept_proposal(session: Session, sides: Sides) -> Proposed:
    """Return the proposal for a version; the caller has seen that there is one."""
    kept = session.get_one(Proposal, sides.version.id)
    return Proposed([_row(values) for values in kept.rows], places_in(kept.candidates))


def candidates_of(session: Session, sides: Sides) -> dict[int, list[tuple[int, float]]]:
    """Return only what doubtful places may be."""
    kept = select(Proposal.candidates).where(Proposal.version_id == sides.version.id)
    return places_in(session.scalar(kept) or {})


def places_in(kept: dict[str, list[list[Any]]]) -> dict[int, list[tuple[int, float]]]:
    """Return candidates as they were before they were kept as JSON."""
    return {int(place): [(j, likeness) for j, likeness in those] for place, those in kept.items()}


def _row(values: list[Any]) -> Row:
    old, new, kind, likeness, doubtful = values
    return Row(old, new, FateKind(kind), likeness, doubtful)


def _candidates(
    old: Sequence[Part], new: Sequence[Part], rows: Sequence[Row]
) -> dict[int, list[tuple[int, float]]]:
    """Return for each doubtful old place what it may be: the machine's choice, then the most alike."""
    chosen: dict[int, list[int]] = {}
    for row in rows:
        if row.old is not None and row.doubtful:
            chosen.setdefault(row.old, []).extend([] if row.new is None else [row.new])
    if not chosen:
        return {}
    # What certainly stayed is somebody else, unless it says the same as something doubtful.
    said = {old[i].text for i in chosen}
    settled = {r.new for r in rows if r.kind is FateKind.UNCHANGED and not r.doubtful}
    news = [
        j
        for j, part in enumerate(new)
        if part.kind is not Kind.TITLE and (j not in settled or part.text in said)
    ]
    texts = Texts([old[i] for i in chosen], [new[j] for j in news])
    found = Candidates(texts, range(len(chosen)), range(len(news)))
    at = {j: place for place, j in enumerate(news)}
    offered = {}
    for place, (i, first) in enumerate(chosen.items()):
        those = dict.fromkeys([*(at[j] for j in first), *found.news.get(place, ())])
        offered[i] = [(news[b], texts.likeness(place, b)) for b in those][
            : max(OFFERED, len(first))
        ]
    return offered
