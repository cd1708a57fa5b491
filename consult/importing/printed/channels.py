"""Blank strips that run down a page between columns, however narrow they are."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from consult.importing.printed.letters import Chunk

# The gap, in sizes of letters, that may lie between columns, and the fewest lines that have it at
# the same place. In a paragraph the blanks of so many lines do not lie below each other.
_GAP = 0.6
_FEWEST = 6


@dataclass(frozen=True, slots=True)
class Channel:
    """x: where it is. low, high: from where to where on the page."""

    x: float
    low: float
    high: float

    def parts(self, left: float, right: float, y: float) -> bool:
        """Whether it lies between two places on one line."""
        return self.low <= y <= self.high and left <= self.x <= right


@dataclass(slots=True)
class _Row:
    y: float
    spans: list[tuple[float, float]]
    size: float

    def gap_at(self, x: float) -> bool:
        return any(
            left[1] <= x <= right[0] and right[0] - left[1] >= _GAP * self.size
            for left, right in pairwise(self.spans)
        )

    def crosses(self, x: float) -> bool:
        return any(left < x < right for left, right in self.spans)


def channels_of(chunks: Sequence[Chunk]) -> list[Channel]:
    """The strips on a page."""
    rows = _rows(chunks)
    starts: Counter[int] = Counter()
    for row in rows:
        for left, right in pairwise(row.spans):
            if right[0] - left[1] >= _GAP * row.size:
                starts[round(right[0] / 2)] += 1
    found: list[Channel] = []
    for place, times in starts.items():
        # Lines that begin half a point off are counted to the next place.
        if times + starts[place - 1] + starts[place + 1] >= _FEWEST:
            found += _runs(rows, 2 * place - 2.5)
    return found


def _runs(rows: Sequence[_Row], x: float) -> list[Channel]:
    """The stretches of a page on which no line crosses a place and enough leave it blank."""
    found: list[Channel] = []
    held: list[_Row] = []
    for row in [*rows, None]:
        if row is not None and not row.crosses(x):
            held.append(row)
            continue
        beside = [other for other in held if other.gap_at(x)]
        if len(beside) >= _FEWEST:
            found.append(Channel(x, held[-1].y - 1, held[0].y + 1))
        held = []
    return found


def _rows(chunks: Sequence[Chunk]) -> list[_Row]:
    """What stands on one line, from the top down, as stretches without wide gaps."""
    rows: list[_Row] = []
    for chunk in sorted(chunks, key=lambda c: -c.y):
        if not chunk.text.strip():
            continue
        if not rows or rows[-1].y - chunk.y > 0.35 * chunk.type.size:
            rows.append(_Row(chunk.y, [], chunk.type.size))
        rows[-1].spans.append((chunk.x0, chunk.x1))
    for row in rows:
        row.spans = _merged(sorted(row.spans), _GAP * row.size)
    return rows


def _merged(spans: Sequence[tuple[float, float]], gap: float) -> list[tuple[float, float]]:
    merged: list[tuple[float, float]] = []
    for left, right in spans:
        if merged and left - merged[-1][1] < gap:
            merged[-1] = (merged[-1][0], max(right, merged[-1][1]))
        else:
            merged.append((left, right))
    return merged
