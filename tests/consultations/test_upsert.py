"""A consultation made or changed by one line."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.audit import LogEntry
from consult.consultations.models import Consultation, Moderation
from consult.consultations.phases import Phase
from consult.consultations.upsert import USUAL_LENGTH, put_consultation
from consult.refusal import Refused
from tests.factories import Factory


def test_one_line_is_enough_for_an_open_consultation(db: Session) -> None:
    made = put_consultation(db, "trees", title="Trees", opened=True, site_name="Ministry of Trees")
    assert made.phase_now is Phase.OPEN
    assert made.department.name
    assert made.opens_at is not None and made.closes_at is not None
    assert abs(made.closes_at - made.opens_at - USUAL_LENGTH) < timedelta(minutes=1)


def test_said_again_it_changes_what_is_said_and_nothing_else(db: Session, make: Factory) -> None:
    parks = make.department(name="Parks")
    first = put_consultation(
        db, "trees", title="Trees", department="Parks", closes="2090-12-11", opened=True
    )
    opened_at = first.opens_at
    again = put_consultation(db, "trees", title="Street trees", moderation="report", opened=True)
    assert again is first
    assert (first.title, first.moderation, first.department, first.opens_at) == (
        "Street trees",
        Moderation.REPORT,
        parks,
        opened_at,
    )
    assert first.closes_at == datetime(2090, 12, 11, 23, 59, tzinfo=UTC)


def test_a_department_is_found_by_name_or_slug_and_made_if_new(db: Session, make: Factory) -> None:
    parks = make.department(name="Parks and Gardens", slug="parks")
    for word in ("parks", "Parks and Gardens", "Parks"):
        found = put_consultation(db, "trees", title="Trees", department=word)
        assert found.department is parks
    new = put_consultation(db, "buses", title="Buses", department="Roads")
    assert (new.department.name, new.department.slug) == ("Roads", "roads")


def test_a_closing_time_that_has_passed_closes_it_now(db: Session) -> None:
    put_consultation(db, "trees", title="Trees", opened=True)
    closed = put_consultation(db, "trees", title="Trees", closes="2020-01-01")
    assert closed.phase is Phase.CLOSED
    assert closed.closes_at is not None and clock.now() - closed.closes_at < timedelta(minutes=1)
    with pytest.raises(Refused, match="closes"):
        put_consultation(db, "trees", title="Trees", opened=True)
    again = put_consultation(
        db, "trees", title="Trees", closes="2090-01-01T12:00+01:00", opened=True
    )
    assert again.phase is Phase.OPEN
    assert again.closes_at == datetime(2090, 1, 1, 11, tzinfo=UTC)


def test_it_is_announced_and_opens_by_itself(db: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    def announce(opens: str = "", closes: str = "") -> Consultation:
        return put_consultation(
            db, "trees", title="Trees", announced=True, opens=opens, closes=closes
        )

    said = {"opens": "2090-07-01T09:00", "closes": "2090-09-01"}
    made = announce(**said)
    assert made.phase is Phase.SCHEDULED
    assert made.opens_at == datetime(2090, 7, 1, 8, tzinfo=UTC)
    assert made.closes_at == datetime(2090, 9, 1, 22, 59, tzinfo=UTC)
    logged = len(db.scalars(select(LogEntry)).all())
    for again in (said, {}, {"opens": "2090-07-01T08:00Z"}):
        assert announce(**again) is made
    assert len(db.scalars(select(LogEntry)).all()) == logged, "said twice it is done once"
    assert announce(opens="2090-08-01").opens_at == datetime(2090, 7, 31, 23, tzinfo=UTC)
    assert made.opens_at is not None
    hour = made.opens_at
    monkeypatch.setattr(clock, "now", lambda: hour)
    assert announce(opens="2090-08-01").phase is Phase.OPEN
    with pytest.raises(Refused, match="has opened already"):
        announce(opens="2090-08-02")


def test_an_announced_one_without_a_closing_date_stands_open_for_the_usual_time(
    db: Session,
) -> None:
    made = put_consultation(db, "trees", title="Trees", opens="2090-07-01", announced=True)
    assert made.opens_at is not None and made.closes_at == made.opens_at + USUAL_LENGTH


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"opens": "2020-01-01"}, "has passed"),
        ({}, "Say when it opens"),
        ({"opens": "2090-01-01", "opened": True}, "Give either --open"),
        ({"opened": True}, "Give either --open"),
        ({"opens": "2090-02-01", "closes": "2090-01-01"}, "must close after it opens"),
        ({"opens": "2090-02-01", "closes": "2020-01-01"}, "must close after it opens"),
        ({"opens": "soon"}, "opening time must be written like"),
        ({"opens": "2090-03-26T01:30"}, "clocks skip this time"),
    ],
)
def test_what_cannot_be_announced_is_refused_in_a_sentence(
    db: Session, said: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        put_consultation(db, "trees", title="Trees", announced=True, **said)


@pytest.mark.parametrize(
    "bad",
    [
        {"closes": "next Tuesday"},
        {"closes": "2026-03-29T01:30"},
        {"closes": "0001-01-01T00:00+14:00"},
        {"moderation": "never"},
        {"department": "Ω"},
        {"title": " \u200b "},
    ],
)
def test_what_cannot_be_understood_is_refused_in_a_sentence(
    db: Session, bad: dict[str, str]
) -> None:
    with pytest.raises(Refused, match=r"\w.*\.$"):
        put_consultation(
            db,
            "trees",
            title=bad.get("title", "Trees"),
            department=bad.get("department", ""),
            closes=bad.get("closes", ""),
            moderation=bad.get("moderation", ""),
        )


@pytest.mark.parametrize("slug", ["new", "Trees", "a/b", "", "x" * 61])
def test_addresses_that_cannot_be_are_refused(db: Session, slug: str) -> None:
    with pytest.raises(Refused):
        put_consultation(db, slug, title="Trees")
