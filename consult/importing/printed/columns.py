"""The order in which the lines of a page are read: column by column where there are columns."""

from collections.abc import Sequence
from dataclasses import dataclass

from consult.importing.printed.lines import Line

# Fewer lines side by side than this may be a table or an address.
_FEWEST = 6
_NARROWEST = 6.0
# How much of its column the lines of running text fill.
_FILLED = 0.55


@dataclass(slots=True)
class Column:
    """Lines from the top down in one column, and how far the column reaches."""

    lines: list[Line]
    x0: float
    x1: float


def in_columns(lines: Sequence[Line]) -> list[Column]:
    """The lines of a page as columns in the order of reading.

    What stretches over several columns, such as a title, divides those above from those below.
    """
    if not lines:
        return []
    x0, x1 = min(line.x0 for line in lines), max(line.x1 for line in lines)
    gutter = _gutter(lines, x0, x1)
    if gutter is None:
        return [Column(sorted(lines, key=_downwards), x0, x1)]
    found: list[Column] = []
    left: list[Line] = []
    right: list[Line] = []
    across: list[Line] = []
    for line in sorted(lines, key=_downwards):
        if line.x1 <= gutter or line.x0 >= gutter:
            if across:
                found.append(Column(across, x0, x1))
                across = []
            (left if line.x1 <= gutter else right).append(line)
            continue
        found += [column for side in (left, right) for column in in_columns(side)]
        left, right = [], []
        across.append(line)
    found += [column for side in (left, right) for column in in_columns(side)]
    if across:
        found.append(Column(across, x0, x1))
    return found


def _downwards(line: Line) -> tuple[float, float]:
    return (-round(line.y, 1), line.x0)


def _gutter(lines: Sequence[Line], x0: float, x1: float) -> float | None:
    """The middle of the blank strip between two columns; None where there is none."""
    width = x1 - x0
    best: tuple[int, float] | None = None
    for edge in sorted({round(line.x1, 1) for line in lines}):
        if not x0 + 0.15 * width < edge < x1 - 0.15 * width:
            continue
        start = min((line.x0 for line in lines if line.x0 > edge), default=edge)
        if start - edge < _NARROWEST:
            continue
        middle = (edge + start) / 2
        left = [line for line in lines if line.x1 <= middle]
        right = [line for line in lines if line.x0 >= middle]
        crossing = len(lines) - len(left) - len(right)
        if min(len(left), len(right)) < _FEWEST or 2 * crossing > len(left) + len(right):
            continue
        if not (_is_running(left, x0, edge) and _is_running(right, start, x1)):
            continue
        if best is None or crossing < best[0]:
            best = (crossing, middle)
    return None if best is None else best[1]


def _is_running(lines: Sequence[Line], x0: float, x1: float) -> bool:
    """Whether lines are text that fills its column; the cells of a table do not."""
    filled = sum(line.x1 - line.x0 > _FILLED * (x1 - x0) for line in lines)
    return filled * 2 >= len(lines)
