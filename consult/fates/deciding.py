"""Officials decide what became of paragraphs, and take decisions back."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.blocks.blocks import Kind
from consult.drafts.models import Fate, Version, VersionState
from consult.fates.fate_store import Decision, restate, stated_of
from consult.fates.proposing import (
    is_proposed,
    keep_proposal,
    kept_proposal,
    texts_of,
    work_out,
)
from consult.fates.sides import Sides, sides_of
from consult.i18n import _
from consult.refusal import Refused

#: From this likeness on what the machine proposes can be confirmed all at once.
SURE = 0.9


def decide(
    session: Session, version: Version, choices: Mapping[int, Collection[int]], *, account_id: int
) -> datetime:
    """Say of old paragraphs what became of each: paragraphs of the working version, or none.

    `choices` holds ids of paragraphs. Whoever decided it before is overruled. Returns the moment
    under which all of it can be taken back. Raises Refused where one of them is in neither version,
    and where the title would become something else.
    """
    sides, decisions = _open(session, version)
    moment = clock.now()
    for old, news in choices.items():
        place, places = _places(sides, old, news)
        decisions[place] = Decision(places, account_id, moment)
    _close(session, sides, decisions)
    return moment


def take_back(session: Session, version: Version, paragraphs: Collection[int]) -> None:
    """Forget what was decided of these old paragraphs: what the machine proposes stands again."""
    sides, decisions = _open(session, version)
    for paragraph in paragraphs:
        decisions.pop(sides.old_at.get(paragraph, -1), None)
    _close(session, sides, decisions)


def confirm_alike(
    session: Session, version: Version, *, account_id: int, least: float = SURE
) -> int:
    """Confirm the doubtful proposals from a likeness on; return of how many paragraphs."""
    doubtful = session.scalars(
        select(Fate).where(
            Fate.version_id == version.id,
            Fate.doubtful,
            Fate.likeness >= least,
            Fate.old_id.is_not(None),
        )
    )
    choices: dict[int, list[int]] = {}
    for fate in doubtful:
        if fate.old_id is not None and fate.new_id is not None:
            choices.setdefault(fate.old_id, []).append(fate.new_id)
    if choices:
        decide(session, version, choices, account_id=account_id)
    return len(choices)


def last_decided(session: Session, version: Version, account_id: int) -> list[int]:
    """Return the old paragraphs of which `account_id` decided last, at one stroke."""
    rows = session.execute(
        select(Fate.old_id, Fate.decided_at)
        .where(Fate.version_id == version.id, Fate.decided_by_id == account_id)
        .distinct()
    ).all()
    last = max((at for _old, at in rows if at is not None), default=None)
    return [old for old, at in rows if at == last and old is not None]


def lock(session: Session, version: Version) -> None:
    """Hold a working version until the transaction ends. Raises Refused once it is published."""
    session.refresh(version, with_for_update={"of": Version})
    if version.state is not VersionState.WORKING:
        raise Refused(_("This version has been published already."))


def _open(session: Session, version: Version) -> tuple[Sides, dict[int, Decision]]:
    """Return both versions and what was decided so far."""
    lock(session, version)
    sides = sides_of(session, version)
    if sides is None:
        raise Refused(_("This is the first version, so there is nothing to decide."))
    if not is_proposed(session, sides):
        keep_proposal(session, sides, work_out(*texts_of(session, sides)))
    return sides, dict(stated_of(session, sides).decisions)


def _close(session: Session, sides: Sides, decisions: Mapping[int, Decision]) -> None:
    restate(session, sides, kept_proposal(session, sides), stated_of(session, sides), decisions)


def _places(sides: Sides, old: int, news: Collection[int]) -> tuple[int, tuple[int, ...]]:
    place = sides.old_at.get(old)
    places = tuple(sorted({sides.new_at.get(new, -1) for new in news}))
    if place is None or -1 in places:
        raise Refused(_("The draft was changed in the meantime, and this paragraph is not in it."))
    titles = sides.old[place].kind is Kind.TITLE, *(sides.new[j].kind is Kind.TITLE for j in places)
    if len(set(titles)) > 1 or (titles[0] and not places):
        raise Refused(
            _("The title stays the title, whatever it says: what is said of the draft hangs on it.")
        )
    return place, places
