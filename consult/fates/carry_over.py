"""Carrying decisions over to a draft that is imported in place of the one they were made on."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from consult.drafts.models import Version
from consult.fates.fate_store import Decision, restate, stated_of
from consult.fates.proposing import kept_proposal
from consult.fates.sides import sides_of


@dataclass(frozen=True, slots=True)
class Carried:
    """What was decided of an old paragraph, by the words of what it became."""

    paragraph_id: int
    digests: tuple[str, ...]
    decision: Decision


def take_decisions(session: Session, version: Version) -> list[Carried]:
    """Return the decisions on a working version, before its text is thrown away."""
    sides = sides_of(session, version)
    if sides is None:
        return []
    return [
        Carried(
            sides.old[old].paragraph_id,
            tuple(sides.new[new].digest for new in decision.places),
            decision,
        )
        for old, decision in stated_of(session, sides).decisions.items()
    ]


def put_decisions(session: Session, version: Version, carried: Sequence[Carried]) -> None:
    """Decide the same of another text, where it says just the same.

    What was said to be removed stays so, unless the machine is sure that it is there again.
    """
    sides = sides_of(session, version)
    if sides is None or not carried:
        return
    places: dict[str, list[int]] = {}
    for place, line in enumerate(sides.new):
        places.setdefault(line.digest, []).append(place)
    proposed = kept_proposal(session, sides)
    sure = {row.old for row in proposed.rows if row.new is not None and not row.doubtful}
    decisions: dict[int, Decision] = {}
    for one in carried:
        old = sides.old_at.get(one.paragraph_id)
        those = [places.get(digest, []) for digest in one.digests]
        if old is None or any(len(found) != 1 for found in those) or (not those and old in sure):
            continue
        news = tuple(sorted(found[0] for found in those))
        decisions[old] = Decision(news, one.decision.account_id, one.decision.at)
    restate(session, sides, proposed, stated_of(session, sides), decisions)
