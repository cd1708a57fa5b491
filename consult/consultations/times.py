"""Moments as people write them: day and time on the clocks of a time zone."""

from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

# Years in which a consultation can open or close. Far-off years overflow when they are converted.
EARLIEST, LATEST = 2000, 2199


class NoSuchTime(ValueError):
    """The clocks of the time zone never show this time: they skip it when they go forward."""


def moment_of(local: datetime, zone: ZoneInfo, *, later: bool) -> datetime:
    """Return the moment in UTC at which the clocks of `zone` show `local`, which is naive.

    In the hour that comes twice when the clocks go back, `later` chooses the second time. Raises
    NoSuchTime, and ValueError outside of the years EARLIEST to LATEST.
    """
    if not EARLIEST <= local.year <= LATEST:
        raise ValueError(f"the year {local.year} is not from {EARLIEST} to {LATEST}")
    moment = local.replace(tzinfo=zone, fold=int(later)).astimezone(UTC)
    # Python maps a time that does not exist to one that does, so going back shows the difference.
    if moment.astimezone(zone).replace(tzinfo=None) != local.replace(fold=0):
        raise NoSuchTime(f"{local} does not exist in {zone.key}")
    return moment


def local_minute(moment: datetime, zone: ZoneInfo) -> datetime:
    """Return what the clocks of `zone` show at `moment`, naive and to the minute."""
    return moment.astimezone(zone).replace(second=0, microsecond=0, tzinfo=None, fold=0)


@lru_cache(maxsize=1)
def zone_names() -> tuple[str, ...]:
    """Return the names of the time zones that one can choose, in the order of the alphabet.

    Those of the form "Europe/London" and UTC; the IANA database keeps others for old programs only.
    """
    named = (name for name in available_timezones() if "/" in name)
    return (*sorted(name for name in named if not name.startswith(("Etc/", "SystemV/"))), "UTC")
