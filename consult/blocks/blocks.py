"""What comes out of an import: the blocks of a draft and a report on how they were found."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from consult.blocks.messages import Message, message_from
from consult.blocks.places import Place, place_from


class Kind(StrEnum):
    """What a block is to a reader. The values are stored and printed: never rename one."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    TABLE = "table"
    FIGURE = "figure"
    NOTE = "note"
    QUOTATION = "quotation"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph-to-be.

    level: 1 to 6 for headings (counted below the title), nesting depth from 1 for items, else 0.
    label: the number or letter as the reader of the file saw it ("3.12", "(a)", "Article 5").
    html: sanitised inner HTML without the element that the kind calls for; a table's is the
    `<table>` itself, code is escaped text with its line breaks, a figure's is the picture as
    `<img src="figure:DIGEST">` with its description and size, and its caption; or, where the
    picture could not be kept, its description, which may be empty. The label is neither in html nor in text.
    place: where in the file it stood; None where that is not known.
    """

    kind: Kind
    level: int
    label: str
    html: str
    text: str
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was changed, left out or is doubtful; `str()` gives it in English.

    place: None where the whole file is meant. unseen: what was left out stays in the file, where
    its authors may have forgotten it: comments, tracked changes, hidden words.
    """

    place: Place | None
    message: Message
    unseen: bool = False

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" if self.place else str(self.message)


def finding_from(stored: Mapping[str, Any]) -> Finding:
    """The finding of which `dataclasses.asdict` made `stored`."""
    return Finding(place_from(stored["place"]), message_from(stored["message"]), stored["unseen"])


@dataclass(frozen=True, slots=True)
class Draft:
    """A file as blocks; the first is always the title.

    language: BCP 47 tag if the file states one. format: a key of `formats.FORMATS`. images: PNG
    and JPEG files by their digest, to which figures refer.
    """

    blocks: tuple[Block, ...]
    findings: tuple[Finding, ...]
    language: str | None
    format: str
    images: dict[str, bytes] = field(default_factory=dict)


class ImportRefused(Exception):
    """The file gives no draft; `message` is one sentence for the person who chose the file."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message
