"""Tables as they stand in sanitised HTML, taken apart."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from consult.text.plain import plain_text
from consult.text.runs import Run, runs

_SPAN = re.compile(r'\b(colspan|rowspan)="([0-9]+)"')

#: Wider or taller than this no cell is; browsers have such limits too.
_WIDEST = 1000


@dataclass(frozen=True)
class Cell:
    """A cell: its tag, the HTML in it, and over how many columns and rows it reaches."""

    name: str
    opening: str
    html: str
    across: int = 1
    down: int = 1

    @cached_property
    def text(self) -> str:
        """What a reader sees of it, on one line."""
        return plain_text(self.html)


@dataclass(frozen=True)
class Row:
    """A row, and whether it stands in the head, the body ("thead", "tbody") or neither ("")."""

    section: str
    cells: tuple[Cell, ...]

    @cached_property
    def text(self) -> str:
        """What its cells say, one after another."""
        return " ".join(cell.text for cell in self.cells if cell.text)

    @property
    def width(self) -> int:
        return sum(cell.across for cell in self.cells)


@dataclass(frozen=True)
class Table:
    """A caption, None where there is none, and rows."""

    caption: str | None
    rows: tuple[Row, ...]

    @property
    def width(self) -> int:
        return max(row.width for row in self.rows)

    @cached_property
    def plain(self) -> bool:
        """True where every row has a cell for each column, and no cell reaches beyond its own."""
        cells = (cell for row in self.rows for cell in row.cells)
        spans = any(cell.across != 1 or cell.down != 1 for cell in cells)
        return not spans and len({len(row.cells) for row in self.rows}) == 1

    @cached_property
    def blocks(self) -> tuple[tuple[Row, ...], ...]:
        """The rows in runs that no cell reaches out of; mostly that is each by itself."""
        found: list[list[Row]] = []
        reach = 0
        for place, row in enumerate(self.rows):
            if place >= reach or row.section != found[-1][-1].section:
                found.append([])
                reach = place
            found[-1].append(row)
            down = max((cell.down or _WIDEST for cell in row.cells), default=1)
            reach = max(reach, place + down)
        return tuple(map(tuple, found))


def read_table(html: str) -> Table | None:
    """Return the table that `html` is; None where it is something else, or has no rows."""
    try:
        table = _Reader(html).table()
    except _Odd:
        return None
    return table if table.rows and all(row.cells for row in table.rows) else None


class _Odd(ValueError):
    """This is no table like those that importing makes."""


class _Reader:
    """Reads tags and what is between them, from left to right."""

    def __init__(self, html: str) -> None:
        self._runs = list(_outer(html))
        self._at = 0

    def table(self) -> Table:
        """Read all of it."""
        self._take("table")
        caption = self._content("caption") if self._sees("caption") else None
        rows: list[Row] = []
        while not self._sees("/table"):
            section = next((name for name in ("thead", "tbody") if self._sees(name)), "")
            if section:
                self._take(section)
            while self._sees("tr"):
                rows.append(self._row(section))
            if section:
                self._take(f"/{section}")
            elif not self._sees("thead", "tbody", "/table"):
                raise _Odd
        self._take("/table")
        if self._at < len(self._runs):
            raise _Odd
        return Table(caption, tuple(rows))

    def _row(self, section: str) -> Row:
        self._take("tr")
        cells = []
        while not self._sees("/tr"):
            name = "th" if self._sees("th") else "td"
            opening = self._runs[self._at].html if self._at < len(self._runs) else ""
            spans = {which: int(number) for which, number in _SPAN.findall(opening)}
            across = min(spans.get("colspan", 1) or 1, _WIDEST)
            cells.append(Cell(name, opening, self._content(name), across, spans.get("rowspan", 1)))
        self._take("/tr")
        return Row(section, tuple(cells))

    def _content(self, name: str) -> str:
        """Read an element, and return what is in it."""
        self._take(name)
        start = self._at
        while self._at < len(self._runs) and self._runs[self._at].name != f"/{name}":
            self._at += 1
        html = "".join(run.html for run in self._runs[start : self._at])
        self._take(f"/{name}")
        return html

    def _sees(self, *names: str) -> bool:
        return self._at < len(self._runs) and self._runs[self._at].name in names

    def _take(self, name: str) -> None:
        if not self._sees(name):
            raise _Odd
        self._at += 1
        # Between elements of a table stands nothing but white space.
        structural = name.lstrip("/") not in ("td", "th", "caption") or name.startswith("/")
        while structural and self._at < len(self._runs) and self._runs[self._at].html.isspace():
            self._at += 1


def _outer(html: str) -> Iterator[Run]:
    """Yield tags and what is between them; a table in a cell, with all that is in it, as one run."""
    depth, inner = 0, ""
    for run in runs(html):
        depth += (run.name == "table") - (run.name == "/table")
        if depth > 1 or inner:
            inner += run.html
            if depth == 1:
                # Whatever is read of it is its HTML, as if it were words.
                yield Run(inner, "", "")
                inner = ""
        else:
            yield run
