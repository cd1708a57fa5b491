"""Keeping the fates of a working version: what the machine proposes and officials decided."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.alignment import Fate as Row
from consult.alignment import Part
from consult.drafts.models import Fate, Version
from consult.fates.decided_fates import Proposed, Reader, overlay
from consult.fates.proposing import is_proposed, keep_proposal, texts_of, work_out
from consult.fates.sides import Sides, parts_of, sides_of

#: An old place and a new one, either None where there is none.
Pair = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class Decision:
    """What an official decided of an old paragraph: the places it went to, and who said so when."""

    places: tuple[int, ...]
    account_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Stated:
    """The fates of a working version that are kept, and those of them that speak of what is gone."""

    fates: dict[Pair, Fate]
    lapsed: list[Fate]

    @property
    def decisions(self) -> dict[int, Decision]:
        """What was decided, by the old place. A split of which a part is gone is open again."""
        open_again = {fate.old_id for fate in self.lapsed}
        found: dict[int, Decision] = {}
        for (old, new), fate in self.fates.items():
            by, at = fate.decided_by_id, fate.decided_at
            if old is None or by is None or at is None or fate.old_id in open_again:
                continue
            before = found[old].places if old in found else ()
            found[old] = Decision((*before, *(() if new is None else (new,))), by, at)
        return found


def propose(session: Session, version: Version) -> None:
    """Bring the fates of a working version up to date with its text.

    What officials decided stays as long as the paragraphs that they spoke of are there. The first
    version of a document has no fates.
    """
    sides = sides_of(session, version)
    if sides is not None and not is_proposed(session, sides):
        take_proposal(session, sides, work_out(*texts_of(session, sides)))


def take_proposal(session: Session, sides: Sides, proposed: Proposed) -> None:
    """Keep what was worked out from `sides`, and state the fates anew."""
    keep_proposal(session, sides, proposed)
    stated = stated_of(session, sides)
    restate(session, sides, proposed, stated, stated.decisions)


def stated_of(session: Session, sides: Sides) -> Stated:
    """Return the fates that are kept, by their places in the text as it is now."""
    stated = Stated({}, [])
    for fate in session.scalars(select(Fate).where(Fate.version_id == sides.version.id)):
        old = None if fate.old_id is None else sides.old_at.get(fate.old_id, -1)
        new = None if fate.new_id is None else sides.new_at.get(fate.new_id, -1)
        if -1 in (old, new):
            stated.lapsed.append(fate)
        else:
            stated.fates[old, new] = fate
    return stated


def restate(
    session: Session,
    sides: Sides,
    proposed: Proposed,
    stated: Stated,
    decisions: Mapping[int, Decision],
) -> None:
    """Make the fates that are kept those that follow from the proposal and the decisions."""
    places = {old: decision.places for old, decision in decisions.items()}
    rows = overlay(proposed, places, reader(session, sides))
    known = dict(stated.fates)
    for row in rows:
        fate = known.pop((row.old, row.new), None) or _fate(session, sides, row)
        decision = None if row.old is None else decisions.get(row.old)
        fate.kind, fate.likeness, fate.doubtful = row.kind, row.likeness, row.doubtful
        fate.decided_by_id = None if decision is None else decision.account_id
        fate.decided_at = None if decision is None else decision.at
    for gone in (*known.values(), *stated.lapsed):
        session.delete(gone)
    session.flush()


def reader(session: Session, sides: Sides) -> Reader:
    """Return a function that reads parts of both sides by their places."""

    def read(
        olds: Collection[int], news: Collection[int]
    ) -> tuple[dict[int, Part], dict[int, Part]]:
        one = parts_of(session, sides.last, [sides.old[i].paragraph_id for i in olds])
        other = parts_of(session, sides.version, [sides.new[j].paragraph_id for j in news])
        return _placed(one.items(), sides.old_at), _placed(other.items(), sides.new_at)

    return read


def _placed(parts: Iterable[tuple[int, Part]], places: Mapping[int, int]) -> dict[int, Part]:
    return {places[paragraph]: part for paragraph, part in parts}


def _fate(session: Session, sides: Sides, row: Row) -> Fate:
    fate = Fate(
        version_id=sides.version.id,
        old_id=None if row.old is None else sides.old[row.old].paragraph_id,
        new_id=None if row.new is None else sides.new[row.new].paragraph_id,
    )
    session.add(fate)
    return fate
