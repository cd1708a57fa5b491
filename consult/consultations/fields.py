"""A control that several of our forms have: day and time on the clocks of a time zone."""

from typing import Any

from wtforms import DateTimeLocalField

from consult.forms import optional
from consult.i18n import _

# What browsers send, and what people type where a browser gives them a line of text.
WRITTEN = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S"]


def local_time_field(label: Any) -> DateTimeLocalField:
    """Return a field whose data is naive, to the second, or None where nothing was typed."""
    # The published types of WTForms are older than its 3.3, which brought this argument.
    return DateTimeLocalField(  # type: ignore[call-arg]
        label,
        [optional],
        format=WRITTEN,
        invalid_value_message=_(
            "Write day and time like 2026-12-11 17:00, or choose them from the calendar."
        ),
    )
