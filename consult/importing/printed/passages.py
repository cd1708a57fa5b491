"""Passages: paragraphs in the making, whichever way they were found on the pages."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from consult.importing.labels import cut_bullet, find_label
from consult.importing.printed.joining import Words, join, joined
from consult.importing.printed.lines import Line
from consult.importing.runs import Run, text_of, tidy

ENDED = re.compile(r"[.!?:;。؟।…][\"'”’»)\]]*$")
# No line that has room for no other word is as short as this.
_SHORT = 40
_CONTENTS_LINE = re.compile(
    r".*\S\s*(?:(?:[.·…_]\s?){3,}|\t)\s*(?:\d{1,4}|[ivxlc]{1,6})\s*", re.IGNORECASE
)
_PICTURE_BULLET = re.compile(r"[•●▪◦‣·∙○■□▫◆◇►▶➢➤✓✔❖⁃]")


class Role(Enum):
    TEXT = auto()
    TITLE = auto()
    HEADING = auto()
    ITEM = auto()
    QUOTATION = auto()
    CODE = auto()
    FIGURE = auto()
    NOTE = auto()
    TABLE = auto()


@dataclass(slots=True)
class GridCell:
    passages: list["Passage"]
    header: bool = False
    columns: int = 1
    rows: int = 1


@dataclass(slots=True)
class Passage:
    """lines: empty for tables and figures. room: where its column ends, for the last line.

    level: of a heading. depth: of an item. said: the alternative text of a picture. begun, unended:
    whether the file says that it goes on from the page before, or on the next. mark: of a note.
    loose: whether it is a scrap, such as a word in a drawing, that cannot be a heading.
    """

    lines: list[Line]
    page: int
    role: Role = Role.TEXT
    level: int = 0
    depth: int = 0
    said: str = ""
    begun: bool = False
    unended: bool = False
    room: float = 0.0
    mark: str = ""
    loose: bool = False
    rows: list[list[GridCell]] = field(default_factory=list)
    heads: int = 0
    runs: list[Run] = field(default_factory=list)

    @property
    def text(self) -> str:
        return text_of(self.runs)


def settle(passages: Sequence[Passage], words: Words) -> None:
    """Work out the text of passages from their lines, those in tables too."""
    for passage in passages:
        if passage.role is Role.CODE:
            passage.runs = _as_listing(passage.lines)
        else:
            passage.runs = tidy(joined(passage.lines, words))
        for row in passage.rows:
            for cell in row:
                settle(cell.passages, words)


def _as_listing(lines: Sequence[Line]) -> list[Run]:
    left = min((line.x0 for line in lines), default=0.0)
    runs = []
    for line in lines:
        # Letters of fixed width are about six tenths as wide as they are high.
        blanks = " " * min(40, round((line.x0 - left) / (0.6 * line.size)))
        runs.append(Run(f"{blanks}{line.text.rstrip()}\n"))
    return runs


def is_fixed(lines: Sequence[Line]) -> bool:
    """Whether all letters are of a fixed width, as programs and their output are set."""
    return all(chunk.type.fixed for line in lines for chunk in line.chunks if chunk.text.strip())


def begins_item(text: str) -> bool:
    """Whether a line begins with a bullet or with a number or letter that may be a label."""
    text = text.lstrip()
    return begins_bullet(text) or bool(cut_bullet(text)) or find_label(text) is not None


def begins_bullet(text: str) -> bool:
    """Whether a line begins with a sign that can be nothing but a bullet."""
    return bool(_PICTURE_BULLET.match(text))


def is_contents_line(text: str) -> bool:
    """Whether a line leads, by dots or a gap, to the number of a page."""
    return bool(_CONTENTS_LINE.fullmatch(text.strip()))


def over_pages(passages: Sequence[Passage], words: Words) -> list[Passage]:
    """Join what a page or column breaks: the parts of a paragraph, and of a table."""
    whole: list[Passage] = []
    for passage in passages:
        before = _last_of_text(whole, passage)
        if before is not None and _goes_on(before, passage):
            before.runs = tidy(join(before.runs, passage.runs, words))
            before.lines, before.room = passage.lines, passage.room
            before.unended = passage.unended
        elif before is not None and _is_same_table(before, passage):
            before.rows += _without_heads(before, passage)
        else:
            whole.append(passage)
    return whole


def _last_of_text(whole: list[Passage], passage: Passage) -> Passage | None:
    """What stood last before a passage; notes stand at the foot of their page."""
    if passage.role is Role.NOTE:
        return None
    for before in reversed(whole):
        if before.role is not Role.NOTE:
            return before
    return None


def _goes_on(before: Passage, passage: Passage) -> bool:
    if not before.lines or not passage.lines:
        return False
    if before.role not in (Role.TEXT, Role.ITEM, Role.QUOTATION):
        return False
    last, first = before.lines[-1], passage.lines[0]
    if before.unended and passage.begun and first.page == last.page + 1:
        return True
    # Further down on the same page nothing came between.
    if passage.role not in (Role.TEXT, Role.ITEM) or passage.loose or before.loose:
        return False
    if last.page == first.page and last.y > first.y:
        return False
    text, following = before.text.rstrip(), passage.text
    if abs(last.size - first.size) > 0.08 * last.size or ENDED.search(text):
        return False
    if last.bold != first.bold or begins_item(following):
        return False
    if is_contents_line(text):
        return False
    # A line that ends early was the last of its paragraph, unless the sentence clearly goes on.
    full = before.room - last.x1 < 4 * last.size and len(text) > _SHORT
    return full or following[:1].islower()


def _is_same_table(before: Passage, passage: Passage) -> bool:
    if before.role is not Role.TABLE or passage.role is not Role.TABLE:
        return False
    if before.unended and passage.begun:
        return True
    width = max(len(row) for row in before.rows)
    return passage.page == before.page + 1 and width == max(len(row) for row in passage.rows)


def _without_heads(before: Passage, passage: Passage) -> list[list[GridCell]]:
    """The rows of a table that goes on, without heads that are there once more."""
    rows = passage.rows
    before.page = passage.page
    while rows and before.rows and _texts(rows[0]) == _texts(before.rows[0]):
        before.heads = before.heads or 1
        rows = rows[1:]
    return rows


def _texts(row: list[GridCell]) -> list[str]:
    return ["".join(passage.text for passage in cell.passages) for cell in row]
