"""Which rows of a table are which of the next one, and which columns."""

from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile

from consult.alignment import Part
from consult.alignment.chain import Pair, heaviest_chain
from consult.alignment.likeness import Texts
from consult.blocks.blocks import Kind
from consult.redline.tables.reading import Row, Table

#: Two that begin otherwise and have less of their words in common are not one.
_ALIKE = 0.65

#: What it weighs that two begin with the same cell: by its head a row or a column is known.
_HEAD = 0.5

#: What tips the scales among equals: that two stand as far along.
_TIP = 0.01

#: So many pairs are compared word by word; of more only those that begin with the same cell and
#: stand near one another, so many on either side.
_COMPARED = 10_000
_NEAR = 20

#: An old place and a new one, None where one came or went.
Step = tuple[int | None, int | None]


@dataclass(frozen=True)
class Line:
    """A row or a column: the text of its first cell, and of all of them; in_head: of a table's head."""

    head: str
    text: str
    in_head: bool = False


def columns(old: Table, new: Table) -> list[Step]:
    """Return what became of the columns of two plain tables.

    Between columns that are known as many as there were are the same ones, whatever they say now.
    """
    olds, news = _upright(old), _upright(new)
    return list(_steps(_pairs(olds, news), len(olds), len(news), one_for_one=True))


def rows(olds: Sequence[Line], news: Sequence[Line]) -> list[Step]:
    """Return what became of rows. Where both tables have a head, no row leaves it."""
    i, j = (sum(line.in_head for line in side) for side in (olds, news))
    if not i or not j:
        i = j = 0
    pairs = _pairs(olds[:i], news[:j])
    pairs += [(i + a, j + b) for a, b in _pairs(olds[i:], news[j:])]
    return list(_steps(pairs, len(olds), len(news), one_for_one=False))


def line_of(block: Sequence[Row], kept: Sequence[int] | None = None) -> Line:
    """Return what is compared of rows that belong together: all of it, or some columns only."""
    cells = [
        cell
        for row in block
        for cell in (row.cells if kept is None else [row.cells[place] for place in kept])
    ]
    text = _joined(cell.text for cell in cells)
    return Line(cells[0].text if cells else "", text, block[0].section == "thead")


def _upright(table: Table) -> list[Line]:
    return [
        Line(cells[0].text, _joined(cell.text for cell in cells))
        for cells in zip(*(row.cells for row in table.rows), strict=True)
    ]


def _joined(texts: Iterator[str]) -> str:
    return " ".join(text for text in texts if text)


def _pairs(olds: Sequence[Line], news: Sequence[Line]) -> list[Pair]:
    """Return those that are one and stand in one order, so that they have the most in common."""
    first = _alike(olds, news)
    last = _alike(olds[first:][::-1], news[first:][::-1])
    inner = _Inner(olds[first : len(olds) - last], news[first : len(news) - last])
    found = heaviest_chain(inner.weighed())
    pairs = [(i, i) for i in range(first)]
    pairs += [(first + i, first + j) for i, j in found]
    return pairs + [(len(olds) - n, len(news) - n) for n in range(last, 0, -1)]


def _alike(olds: Sequence[Line], news: Sequence[Line]) -> int:
    pairs = zip(olds, news, strict=False)
    return sum(1 for _pair in takewhile(lambda pair: pair[0].text == pair[1].text, pairs))


class _Inner:
    """What is left between those that are the same at the beginning and at the end."""

    def __init__(self, olds: Sequence[Line], news: Sequence[Line]) -> None:
        self.olds, self.news = olds, news

    @cached_property
    def texts(self) -> Texts:
        old, new = (
            [Part(Kind.PARAGRAPH, 0, "", line.text) for line in side]
            for side in (self.olds, self.news)
        )
        return Texts(old, new)

    def weighed(self) -> Iterator[tuple[int, int, float]]:
        """Yield pairs that may be one, with how much speaks for it."""
        few = len(self.olds) * len(self.news) <= _COMPARED
        for j, new in enumerate(self.news):
            for i in range(len(self.olds)) if few else self._near(j):
                same = bool(new.head) and self.olds[i].head == new.head
                likeness = self.texts.likeness(i, j)
                if same or likeness >= _ALIKE:
                    yield i, j, likeness + _HEAD * same + _TIP * (i == j)

    @cached_property
    def _by_head(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for i, old in enumerate(self.olds):
            found.setdefault(old.head, []).append(i)
        return found

    def _near(self, j: int) -> Sequence[int]:
        """Return those that begin as a new one does, the few that stand about as far along."""
        those = self._by_head.get(self.news[j].head, [])
        at = bisect(those, j * len(self.olds) // len(self.news))
        return those[max(0, at - _NEAR) : at + _NEAR]


def _steps(pairs: Sequence[Pair], olds: int, news: int, *, one_for_one: bool) -> Iterator[Step]:
    """Yield both sides in one order, what went before what came."""
    last_i = last_j = 0
    for i, j in (*pairs, (olds, news)):
        gone, come = range(last_i, i), range(last_j, j)
        if one_for_one and len(gone) == len(come):
            yield from zip(gone, come, strict=True)
        else:
            yield from ((old, None) for old in gone)
            yield from ((None, new) for new in come)
        if i < olds or j < news:
            yield i, j
        last_i, last_j = i + 1, j + 1
