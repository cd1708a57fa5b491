"""Two tables written as one: what came and what went is marked cell by cell."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from markupsafe import Markup

from consult.alignment.redline import redline
from consult.redline.over_html import over_html
from consult.redline.tables.matching import Step, columns, line_of, rows
from consult.redline.tables.reading import Cell, Row, Table, read_table
from consult.text.markup import stored, written

Mark = Literal["deleted", "inserted"]

#: The element that marks words, and the class of cells that came or went whole.
_ELEMENTS: dict[Mark, tuple[str, str]] = {"deleted": ("del", "went"), "inserted": ("ins", "came")}

#: A row to be written: the part of the table in which it stands, and its cells as HTML.
Written = tuple[str, Markup]

_WHOLE = Markup('<{0}><span class="vh">{1} </span>{2}</{0}>')
_CELL = Markup("{}{}</{}>")


@dataclass(frozen=True, slots=True)
class Marks:
    """What is said, to those who do not see it, before words that were deleted and inserted."""

    deleted: str
    inserted: str

    def whole(self, mark: Mark, html: str) -> Markup:
        """Mark all of some sanitised HTML; nothing where there is nothing in it."""
        if not html or html.isspace():
            return stored(html)
        element, _class = _ELEMENTS[mark]
        spoken = self.deleted if mark == "deleted" else self.inserted
        return _WHOLE.format(element, written(spoken), stored(html))

    def between(self, old: str, new: str) -> Markup:
        """Mark in some HTML what changed from `old`, which is HTML too."""
        one, other = Cell("", "", old).text, Cell("", "", new).text
        if one == other:
            return stored(new)
        pairs = tuple(redline(one, other))
        return over_html(new, pairs, deleted=self.deleted, inserted=self.inserted)


def over_table(old: str, new: str, marks: Marks) -> Markup | None:
    """Return the table `new` with what changed from `old`; None where one of them is no table.

    Rows and columns that went stand where they stood. Where columns came or went and cells reach
    over several, no shape has room for both: then the old table stands before the new one.
    """
    before, after = read_table(old), read_table(new)
    if before is None or after is None:
        return None
    caption = _caption(before, after, marks)
    if before.plain and after.plain:
        steps = columns(before, after)
        if any(None not in step for step in steps):
            return _written(caption, _Grid(before, after, steps, marks).rows())
    elif before.width == after.width:
        return _written(caption, _blocks(before, after, marks))
    return _whole(before, "deleted", marks) + _whole(after, "inserted", marks)


def whole_table(html: str, mark: Mark, marks: Marks) -> Markup | None:
    """Return a table all of which came or went; None where it is no table."""
    table = read_table(html)
    return None if table is None else _whole(table, mark, marks)


def _whole(table: Table, mark: Mark, marks: Marks) -> Markup:
    caption = None if table.caption is None else marks.whole(mark, table.caption)
    return _written(caption, [_all_of(row, mark, marks) for row in table.rows])


def _caption(before: Table, after: Table, marks: Marks) -> Markup | None:
    if before.caption is None and after.caption is None:
        return None
    return marks.between(before.caption or "", after.caption or "")


def _written(caption: Markup | None, rows_: Sequence[Written]) -> Markup:
    html = Markup("") if caption is None else Markup("<caption>{}</caption>").format(caption)
    # A row that went keeps to the part of the table in which it stood; the head comes first.
    headed = any(section for section, _cells in rows_)
    placed = [(section or ("tbody" if headed else ""), cells) for section, cells in rows_]
    placed.sort(key=lambda row: row[0] != "thead")
    for section, group in groupby(placed, key=lambda row: row[0]):
        inner = Markup("").join(Markup("<tr>{}</tr>").format(cells) for _section, cells in group)
        html += Markup("<{0}>{1}</{0}>").format(section, inner) if section else inner
    return Markup("<table>{}</table>").format(html)


def _all_of(row: Row, mark: Mark, marks: Marks) -> Written:
    cells = Markup("").join(_apart(cell, mark, marks) for cell in row.cells)
    return row.section, cells


def _apart(cell: Cell, mark: Mark, marks: Marks) -> Markup:
    """Write a cell that came or went whole."""
    _element, name = _ELEMENTS[mark]
    opening = Markup('{} class="{}">').format(stored(cell.opening[:-1]), name)
    return _CELL.format(opening, marks.whole(mark, cell.html), cell.name)


def _both(old: Cell, new: Cell, marks: Marks) -> Markup:
    """Write a cell that stayed, with what changed in it."""
    return _CELL.format(stored(new.opening), marks.between(old.html, new.html), new.name)


def _blocks(before: Table, after: Table, marks: Marks) -> list[Written]:
    """Return the rows of two tables of one width; those that one cell ties together stay together."""
    olds, news = before.blocks, after.blocks
    written: list[Written] = []
    for i, j in rows([line_of(block) for block in olds], [line_of(block) for block in news]):
        old, new = olds[i] if i is not None else (), news[j] if j is not None else ()
        if _shape(old) == _shape(new):
            written += [
                _row_of_both(one, other, marks) for one, other in zip(old, new, strict=True)
            ]
        else:
            written += [_all_of(row, "deleted", marks) for row in old]
            written += [_all_of(row, "inserted", marks) for row in new]
    return written


def _shape(block: Sequence[Row]) -> list[list[tuple[int, int]]]:
    return [[(cell.across, cell.down) for cell in row.cells] for row in block]


def _row_of_both(old: Row, new: Row, marks: Marks) -> Written:
    cells = zip(old.cells, new.cells, strict=True)
    return new.section, Markup("").join(_both(one, other, marks) for one, other in cells)


class _Grid:
    """Two plain tables, laid over one another column by column."""

    def __init__(self, before: Table, after: Table, steps: Sequence[Step], marks: Marks) -> None:
        self.before, self.after, self.steps, self.marks = before, after, steps, marks

    def rows(self) -> list[Written]:
        """Return the rows of both, in one order."""
        kept = [(i, j) for i, j in self.steps if i is not None and j is not None]
        olds = [line_of([row], [i for i, _j in kept]) for row in self.before.rows]
        news = [line_of([row], [j for _i, j in kept]) for row in self.after.rows]
        return [self._row(*step) for step in rows(olds, news)]

    def _row(self, i: int | None, j: int | None) -> Written:
        old = None if i is None else self.before.rows[i]
        new = None if j is None else self.after.rows[j]
        row = new or old
        assert row is not None
        return row.section, Markup("").join(self._cells(old, new))

    def _cells(self, old: Row | None, new: Row | None) -> Iterator[Markup]:
        for a, b in self.steps:
            one = old.cells[a] if old is not None and a is not None else None
            other = new.cells[b] if new is not None and b is not None else None
            if one is not None and other is not None:
                yield _both(one, other, self.marks)
            elif other is not None:
                yield _apart(other, "inserted", self.marks)
            elif one is not None:
                yield _apart(one, "deleted", self.marks)
            else:
                # A row that went has nothing in a column that came, and the other way round.
                yield Markup("<td></td>")
