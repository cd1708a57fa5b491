"""Tables without ruled lines, where each row is one line with its cells below each other."""

from collections.abc import Sequence
from itertools import pairwise

from consult.importing.printed.lines import Line
from consult.importing.printed.paragraphs import is_tabular
from consult.importing.printed.passages import GridCell, Passage, Role, is_contents_line

_FEWEST_ROWS = 3


def with_tables(passages: Sequence[Passage]) -> list[Passage]:
    """The passages with runs of lines that have as many cells as each other made tables."""
    found: list[Passage] = []
    run: list[Passage] = []
    for passage in passages:
        if run and not _is_next_row(run[-1], passage):
            found += _settled(run)
            run = []
        if _cells(passage):
            run.append(passage)
        else:
            found.append(passage)
    return found + _settled(run)


def _cells(passage: Passage) -> list[Line]:
    """The cells of a passage that is one line of several; none for others."""
    if passage.role is not Role.TEXT or len(passage.lines) != 1:
        return []
    line = passage.lines[0]
    return line.parts if is_tabular(line) and not is_contents_line(line.text) else []


def _is_next_row(row: Passage, passage: Passage) -> bool:
    """Whether each cell of a line lies below one of the line before, and near it."""
    above, below = _cells(row), _cells(passage)
    if len(above) != len(below):
        return False
    gap = row.lines[0].y - passage.lines[0].y
    if not 0 < gap < 4 * row.lines[0].size:
        return False
    # What stands in one column overlaps with nothing of the next.
    edges = [(min(a.x0, b.x0), max(a.x1, b.x1)) for a, b in zip(above, below, strict=True)]
    return all(left[1] <= right[0] for left, right in pairwise(edges))


def _settled(run: list[Passage]) -> list[Passage]:
    if len(run) < _FEWEST_ROWS:
        return run
    rows = [
        [GridCell([Passage([cell], row.page, room=cell.x1)]) for cell in _cells(row)] for row in run
    ]
    return [Passage([], run[0].page, Role.TABLE, rows=rows)]
