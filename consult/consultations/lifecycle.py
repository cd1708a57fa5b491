"""Moving a consultation through its phases: the one function that does it, and the clock's."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from pyramid.config import Configurator
from pyramid.i18n import TranslationString
from pyramid.registry import Registry
from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from consult import audit, clock
from consult.consultations.facts import AHEAD, Facts, check, facts_of
from consult.consultations.models import Consultation
from consult.consultations.moves import BY_CLOCK, MOVES, Move
from consult.consultations.phases import Phase
from consult.db import registry_of, session_scope
from consult.i18n import _
from consult.refusal import Refused

Guard = Callable[[Session, Consultation], TranslationString | None]


def add_withdrawal_guard(config: Configurator, guard: Guard) -> None:
    """Register what a room above can have against going back to draft.

    The guard returns its reason as a sentence, or None.
    """
    config.registry.setdefault("withdrawal guards", []).append(guard)


def move_consultation(
    session: Session,
    consultation: Consultation,
    move: Move,
    *,
    actor_id: int | None = None,
    closes_at: datetime | None = None,
    left: Mapping[str, int] | None = None,
) -> Phase:
    """Make `move`, log it and return the phase that it led to.

    Opening and closing by hand happen now, and the date says so. Reopening takes a new closing
    date, `closes_at`. `left` is what was still open, for the log (`loose_ends`). Raises Refused
    where the table has no such move from here, where a date is missing or past, and where something
    has been published that withdrawing would take back.
    """
    moment = consultation.asked_at or clock.now()
    write_down(session, consultation, moment)
    try:
        target = MOVES[consultation.phase, move]
    except KeyError:
        raise Refused(
            _("The consultation has moved on in the meantime, so this cannot be done any more.")
        ) from None
    if move is Move.WITHDRAW:
        _ask_guards(session, consultation)
    facts = _dated(facts_of(consultation), move, moment, closes_at)
    if target in AHEAD:
        check(facts, target, moment)
    consultation.opens_at, consultation.closes_at = facts.opens_at, facts.closes_at
    _go(session, consultation, move, actor_id, left)
    return target


def _dated(facts: Facts, move: Move, moment: datetime, closes_at: datetime | None) -> Facts:
    """Return `facts` with the date that a move sets."""
    match move:
        case Move.OPEN:
            return replace(facts, opens_at=moment)
        case Move.CLOSE:
            return replace(facts, closes_at=moment)
        case Move.REOPEN:
            return replace(facts, closes_at=closes_at)
        case _:
            return facts


def _ask_guards(session: Session, consultation: Consultation) -> None:
    for guard in registry_of(session).get("withdrawal guards", ()):
        reason = guard(session, consultation)
        if reason is not None:
            raise Refused(reason)


def _go(
    session: Session,
    consultation: Consultation,
    move: Move,
    actor_id: int | None,
    left: Mapping[str, int] | None = None,
) -> None:
    before = consultation.phase
    consultation.phase = MOVES[before, move]
    session.flush()
    audit.append(
        session,
        actor_id,
        move.value,
        f"consultation:{consultation.slug}",
        before=before.value,
        after=consultation.phase.value,
        opens_at=_iso(consultation.opens_at),
        closes_at=_iso(consultation.closes_at),
        **({"left": dict(left)} if left else {}),
    )


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def write_down(session: Session, consultation: Consultation, moment: datetime) -> None:
    """Store and log, step by step, the phases that the clock has brought by `moment`."""
    while consultation.phase_at(moment) is not consultation.phase:
        _go(session, consultation, BY_CLOCK[consultation.phase], None)


def settle(registry: Registry) -> None:
    """Write down what the clock has done to all consultations; the worker's tick.

    Nobody's permissions wait for this: phases are read from the dates. It is for the log and for
    whatever follows what is stored.
    """
    moment = clock.now()
    due = select(Consultation).where(
        or_(
            and_(Consultation.phase == Phase.SCHEDULED, Consultation.opens_at <= moment),
            and_(Consultation.phase == Phase.OPEN, Consultation.closes_at <= moment),
        )
    )
    with registry["sessions"]() as session:
        if session.scalar(due.with_only_columns(Consultation.id).limit(1)) is None:
            return
    with session_scope(registry["sessions"]) as session:
        # Several workers may look at the same time; whoever comes second leaves it to the first.
        for consultation in session.scalars(due.with_for_update(skip_locked=True)).all():
            write_down(session, consultation, moment)
