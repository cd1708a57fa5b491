"""Where in a file something stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from consult.blocks.messages import Message, _


class Unit(StrEnum):
    """What a file is counted in. The values are stored: never rename one."""

    LINE = "line"
    PARAGRAPH = "paragraph"
    TABLE = "table"
    PAGE = "page"


@dataclass(frozen=True, slots=True)
class Place:
    """The line, paragraph, table or page of that number, counted from 1."""

    unit: Unit
    number: int

    @property
    def message(self) -> Message:
        """The place in words."""
        number = str(self.number)
        match self.unit:
            case Unit.LINE:
                return _("line ${number}", number=number)
            case Unit.PARAGRAPH:
                return _("paragraph ${number}", number=number)
            case Unit.TABLE:
                return _("table ${number}", number=number)
            case Unit.PAGE:
                return _("page ${number}", number=number)

    def __str__(self) -> str:
        return str(self.message)


def place_from(stored: Mapping[str, Any] | None) -> Place | None:
    """The place of which `dataclasses.asdict` made `stored`."""
    return None if stored is None else Place(Unit(stored["unit"]), stored["number"])
