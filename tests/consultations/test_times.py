"""Local times become moments, also where the clocks jump."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from consult.consultations.times import NoSuchTime, local_minute, moment_of, zone_names

LONDON = ZoneInfo("Europe/London")


def test_summer_time_counts() -> None:
    assert moment_of(datetime(2026, 7, 1, 9, 30), LONDON, later=False) == datetime(
        2026, 7, 1, 8, 30, tzinfo=UTC
    )


def test_a_time_that_the_clocks_skip_is_refused() -> None:
    for later in (False, True):
        with pytest.raises(NoSuchTime):
            moment_of(datetime(2026, 3, 29, 1, 30), LONDON, later=later)


def test_of_the_hour_that_comes_twice_either_can_be_had() -> None:
    twice = datetime(2026, 10, 25, 1, 30)
    first, second = (moment_of(twice, LONDON, later=later) for later in (False, True))
    assert (first.hour, second.hour) == (0, 1)
    assert local_minute(first, LONDON) == local_minute(second, LONDON) == twice


@pytest.mark.parametrize("year", [1, 1999, 2200, 9999])
def test_far_off_years_are_refused(year: int) -> None:
    with pytest.raises(ValueError, match=str(year)):
        moment_of(datetime(year, 1, 1), LONDON, later=False)


def test_the_zones_to_choose_from_are_places_and_utc() -> None:
    names = zone_names()
    assert {"Europe/London", "Pacific/Auckland", "UTC"} <= set(names)
    assert not {"localtime", "GB", "Etc/GMT+5"} & set(names)
