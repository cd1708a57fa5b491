"""Phases move by hand and by the clock, and each move is in the log."""

from datetime import timedelta
from typing import Any

import pytest
from pyramid.router import Router
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.audit import LogEntry
from consult.consultations.lifecycle import move_consultation, settle
from consult.consultations.models import Consultation
from consult.consultations.moves import Move, possible
from consult.consultations.phases import Phase
from consult.refusal import Refused
from tests.factories import Factory

HOUR = timedelta(hours=1)


def logged(db: Session, consultation: Consultation) -> list[Any]:
    subject = f"consultation:{consultation.slug}"
    entries = db.scalars(select(LogEntry).where(LogEntry.subject == subject).order_by(LogEntry.id))
    return [(e.act, e.actor_id, e.detail["before"], e.detail["after"]) for e in entries]


def test_a_whole_life_by_hand(db: Session, make: Factory) -> None:
    consultation = make.consultation(Phase.DRAFT, opens_at=clock.now() + HOUR)
    actor = make.account().id
    later = clock.now() + 5 * HOUR
    for move, closes_at in (
        (Move.SCHEDULE, None),
        (Move.OPEN, None),
        (Move.CLOSE, None),
        (Move.REOPEN, later),
        (Move.CLOSE, None),
        (Move.ANSWER, None),
        (Move.RESUME, None),
    ):
        move_consultation(db, consultation, move, actor_id=actor, closes_at=closes_at)
    assert consultation.phase is consultation.phase_now is Phase.CLOSED
    assert [row[3] for row in logged(db, consultation)] == [
        "scheduled", "open", "closed", "open", "closed", "answered", "closed"
    ]  # fmt: skip
    assert {row[1] for row in logged(db, consultation)} == {actor}


def test_opening_and_closing_by_hand_set_the_dates(db: Session, make: Factory) -> None:
    consultation = make.consultation(Phase.SCHEDULED)
    before = clock.now()
    move_consultation(db, consultation, Move.OPEN)
    assert consultation.opens_at is not None and before <= consultation.opens_at <= clock.now()
    move_consultation(db, consultation, Move.CLOSE)
    assert consultation.closes_at is not None and before <= consultation.closes_at <= clock.now()


@pytest.mark.parametrize("phase", list(Phase))
def test_moves_that_the_table_does_not_have_are_refused(
    db: Session, make: Factory, phase: Phase
) -> None:
    for move in set(Move) - set(possible(phase)):
        consultation = make.consultation(phase)
        with pytest.raises(Refused, match="moved on"):
            move_consultation(db, consultation, move, closes_at=clock.now() + HOUR)
        assert consultation.phase is phase


@pytest.mark.parametrize(
    ("move", "dates", "field"),
    [
        (Move.SCHEDULE, {"opens_at": None}, "opens_at"),
        (Move.SCHEDULE, {"opens_at": -HOUR}, "opens_at"),
        (Move.SCHEDULE, {"opens_at": HOUR, "closes_at": None}, "closes_at"),
        (Move.SCHEDULE, {"opens_at": HOUR, "closes_at": HOUR}, "closes_at"),
        (Move.OPEN, {"closes_at": None}, "closes_at"),
        (Move.OPEN, {"closes_at": -HOUR}, "closes_at"),
    ],
)
def test_dates_must_be_there_and_ahead(
    db: Session, make: Factory, move: Move, dates: dict[str, Any], field: str
) -> None:
    now = clock.now()
    values = {name: step and now + step for name, step in dates.items()}
    consultation = make.consultation(Phase.DRAFT, **values)
    with pytest.raises(Refused) as refusal:
        move_consultation(db, consultation, move)
    assert refusal.value.field == field
    assert consultation.phase is Phase.DRAFT
    assert logged(db, consultation) == []


@pytest.mark.parametrize("closes_at", [None, -HOUR])
def test_reopening_needs_a_closing_date_ahead(
    db: Session, make: Factory, closes_at: timedelta | None
) -> None:
    consultation = make.consultation(Phase.CLOSED)
    when = None if closes_at is None else clock.now() + closes_at
    with pytest.raises(Refused):
        move_consultation(db, consultation, Move.REOPEN, closes_at=when)
    assert consultation.phase is Phase.CLOSED


def test_what_has_been_published_cannot_be_taken_back(db: Session, make: Factory) -> None:
    announced = make.consultation(Phase.SCHEDULED)
    make.document(consultation=announced, published=False)
    move_consultation(db, announced, Move.WITHDRAW)
    assert announced.phase is Phase.DRAFT
    public = make.consultation(Phase.OPEN)
    make.document(consultation=public)
    with pytest.raises(Refused, match="published"):
        move_consultation(db, public, Move.WITHDRAW)


def test_the_worker_writes_down_what_the_clock_has_done(
    app: Router, db: Session, make: Factory
) -> None:
    now = clock.now()
    missed = make.consultation(Phase.SCHEDULED, opens_at=now - 2 * HOUR, closes_at=now - HOUR)
    opening = make.consultation(Phase.SCHEDULED, opens_at=now - HOUR)
    waiting = make.consultation(Phase.SCHEDULED)
    db.commit()
    settle(app.registry)
    settle(app.registry)
    db.expire_all()
    assert (missed.phase, opening.phase, waiting.phase) == (
        Phase.CLOSED,
        Phase.OPEN,
        Phase.SCHEDULED,
    )
    assert logged(db, missed) == [
        ("open", None, "scheduled", "open"),
        ("close", None, "open", "closed"),
    ]
    assert len(logged(db, opening)) == 1


def test_a_move_starts_from_where_the_clock_stands(db: Session, make: Factory) -> None:
    over = make.consultation(Phase.OPEN, closes_at=clock.now() - HOUR)
    with pytest.raises(Refused):
        move_consultation(db, over, Move.CLOSE)
    move_consultation(db, over, Move.ANSWER)
    assert [row[0] for row in logged(db, over)] == ["close", "answer"]
