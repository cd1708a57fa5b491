"""Lines become paragraphs, by the gaps between them, by where they begin and where they end."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from consult.importing.labels import is_only_label
from consult.importing.printed.columns import Column
from consult.importing.printed.letters import HYPHEN
from consult.importing.printed.lines import Line
from consult.importing.printed.passages import (
    ENDED,
    Passage,
    Role,
    begins_bullet,
    begins_item,
    is_contents_line,
    is_fixed,
)

# Shares of the size of letters: an indent that means something; how much wider than usual a gap
# between two lines is that divides paragraphs.
_INDENT = 0.7
_GAP = 1.28
# How much of its column a line takes up at least that was broken for its length.
_WIDE = 0.65
_CLAUSE_ENDS = (".", ";", ":", ",", "—", "–", " and", " or", ")")


@dataclass(slots=True)
class Spacing:
    """How far apart the lines of a paragraph are, by the size of their letters."""

    usual: dict[float, float]

    def of(self, size: float) -> float:
        return self.usual.get(size, 1.25 * size)


def spacing_of(columns: Sequence[Column]) -> Spacing:
    """Learn it from lines that follow each other."""
    gaps: dict[float, Counter[float]] = {}
    for column in columns:
        for line, following in pairwise(column.lines):
            gap = round(2 * (line.y - following.y)) / 2
            if line.size == following.size and 0.9 * line.size < gap < 2.2 * line.size:
                gaps.setdefault(line.size, Counter())[gap] += 1
    return Spacing({size: _usual(found) for size, found in gaps.items()})


def _usual(gaps: Counter[float]) -> float:
    """The least gap that is common; that between paragraphs may be as frequent as within them."""
    most = max(gaps.values())
    return min(gap for gap, times in gaps.items() if 3 * times >= most)


def paragraphs_of(column: Column, spacing: Spacing) -> list[Passage]:
    """The paragraphs of a column."""
    rows = _rows(column.lines)
    column = Column(rows, column.x0, _right_edge(rows))
    passages: list[Passage] = []
    current: list[Line] = []
    edges = _edges(rows, column, spacing)
    for row in rows:
        if current and not _goes_on(current, row, Column(rows, column.x0, edges[row]), spacing):
            passages.append(_passage(current, column))
            current = []
        current.append(row)
    if current:
        passages.append(_passage(current, column))
    return passages


def _right_edge(lines: Sequence[Line]) -> float:
    """How far lines reach: what only one of them exceeds is a word that could not be broken."""
    ends = sorted((line.x1 for line in lines), reverse=True)
    for end, following in pairwise(ends):
        if end - following < 0.6 * lines[0].size:
            return end
    return ends[0]


def _edges(rows: Sequence[Line], column: Column, spacing: Spacing) -> dict[Line, float]:
    """How far the text reaches around each line: what is set in on both sides ends earlier."""
    edges: dict[Line, float] = {}
    block: list[Line] = []
    for row, following in [*pairwise(rows), (rows[-1], None)]:
        block.append(row)
        if (
            following is not None
            and row.y - following.y <= _GAP * spacing.of(row.size)
            and abs(row.x0 - following.x0) <= _INDENT * row.size
            and row.size == following.size
        ):
            continue
        edge = max(line.x1 for line in block)
        inset = block[0].x0 > column.x0 + row.size and len(block) > 2
        wide = edge - block[0].x0 > 0.7 * (column.x1 - block[0].x0)
        edges |= dict.fromkeys(block, edge if inset and wide else column.x1)
        block = []
    return edges


def _passage(lines: list[Line], column: Column) -> Passage:
    role = Role.CODE if is_fixed(lines) else Role.TEXT
    return Passage(lines, lines[0].page, role, room=column.x1, loose=is_tabular(lines[0]))


def _rows(lines: Sequence[Line]) -> list[Line]:
    """What stands on one line far apart, such as a number and its text, as one line."""
    rows: list[Line] = []
    for line in lines:
        last = rows[-1] if rows else None
        if last is not None and abs(last.y - line.y) < 0.3 * line.size and line.x0 >= last.x1:
            rows[-1] = Line([*last.chunks, *line.chunks], [*(last.parts or [last]), line])
        else:
            rows.append(line)
    return rows


def is_tabular(line: Line) -> bool:
    """Whether several things stand on a line, not counting a number or bullet before the first."""
    return len(line.parts) - (len(line.parts) > 0 and _is_mark(line.parts[0])) > 1


def _is_mark(part: Line) -> bool:
    """Whether what stands apart at the beginning of a line is a number, letter or bullet."""
    text = part.text.strip()
    return len(text) < 4 or is_only_label(text)


def _goes_on(current: list[Line], line: Line, column: Column, spacing: Spacing) -> bool:
    last = current[-1]
    gap = last.y - line.y
    if gap > _GAP * spacing.of(line.size) or gap < 0:
        return False
    if abs(last.size - line.size) > 0.08 * last.size:
        return False
    if is_tabular(last) or is_tabular(line) or is_contents_line(last.text):
        return False
    text, before = line.text.strip(), last.text.rstrip()
    centred = _is_centred(last, column) and _is_centred(line, column)
    full = (
        centred
        or before.endswith(("-", HYPHEN))
        or not _would_fit(line, last, column)
        or _breaks_a_sentence(last, line, column)
    )
    if last.bold != line.bold and (not full or ENDED.search(before)):
        return False
    if begins_bullet(text):
        return False
    if begins_item(text) and not (full and _is_mid_sentence(current, line)):
        return False
    if not full:
        return False
    if centred:
        return not ENDED.search(before) or not (line.bold or line.size > spacing_size(spacing))
    return _is_aligned(current, line)


def spacing_size(spacing: Spacing) -> float:
    """The largest size of which it is known how its lines are spaced."""
    return max(spacing.usual, default=0.0)


def _is_mid_sentence(current: list[Line], line: Line) -> bool:
    """Whether "(b)" or "2010." at the start of a line is only where the line happened to break."""
    last = current[-1]
    if last.text.rstrip().endswith(_CLAUSE_ENDS):
        return False
    body = current[1] if len(current) > 1 else None
    return line.x0 > current[0].x0 + 1 if body is None else abs(line.x0 - body.x0) < 2


def _would_fit(line: Line, last: Line, column: Column) -> bool:
    """Whether the first word of a line would have had room on the one before."""
    # A no-break space does what it is called.
    first = re.split(r"[ \t]", line.text.strip(), maxsplit=1)[0]
    width = (line.x1 - line.x0) * len(first) / max(len(line.text.strip()), 1)
    return column.x1 - last.x1 > width + 0.8 * last.size


def _breaks_a_sentence(last: Line, line: Line, column: Column) -> bool:
    """Whether a line stops early in a sentence, as where lines were counted out in letters."""
    wide = last.x1 - column.x0 > _WIDE * (column.x1 - column.x0)
    unended = last.text.rstrip()[-1:].isalnum() and line.text.lstrip()[:1].islower()
    return wide and unended and not begins_item(line.text.strip())


def _is_centred(line: Line, column: Column) -> bool:
    left, right = line.x0 - column.x0, column.x1 - line.x1
    return left > 2 * line.size and abs(left - right) < 0.08 * (column.x1 - column.x0)


def _is_aligned(current: list[Line], line: Line) -> bool:
    """Whether a line begins where the next line of its paragraph would."""
    last = current[-1]
    shift = line.x0 - last.x0
    if abs(shift) <= _INDENT * line.size:
        return True
    if len(current) > 1:
        return False
    if shift < 0:
        return True
    # Further in than the first line: behind its number or bullet, or as lists of sources are set.
    return begins_item(last.text) or not ENDED.search(last.text.rstrip())
