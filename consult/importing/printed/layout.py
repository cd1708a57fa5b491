"""Passages of a file that does not say what its parts are: by where everything stands."""

from collections import Counter
from dataclasses import dataclass, field

from consult.importing.printed.channels import channels_of
from consult.importing.printed.columns import Column, in_columns
from consult.importing.printed.footnotes import body_size, take_notes
from consult.importing.printed.furniture import Page
from consult.importing.printed.grids import Grid, Place, grids_of
from consult.importing.printed.letters import Chunk
from consult.importing.printed.lines import Line, lines_of
from consult.importing.printed.margins import in_margins, with_side_notes
from consult.importing.printed.paragraphs import (
    Spacing,
    is_tabular,
    paragraphs_of,
    spacing_of,
)
from consult.importing.printed.passages import GridCell, Passage, Role
from consult.importing.printed.sheets import Sheet
from consult.importing.printed.unruled import with_tables


@dataclass(slots=True)
class Laid:
    """A page taken apart: its ruled tables, the lines that stand in none, and its side notes."""

    page: Page
    grids: list[Grid] = field(default_factory=list)
    beside: list[Line] = field(default_factory=list)


def lay(sheets: list[Sheet]) -> list[Laid]:
    """Find lines and tables on each page."""
    taken = [grids_of(sheet.rules, sheet.chunks, sheet.number) for sheet in sheets]
    seen = Counter(_shape(grid) for grids, _ in taken for grid in grids)
    marginal = _marginal([chunks for _grids, chunks in taken])
    laid = []
    for sheet, (grids, chunks) in zip(sheets, taken, strict=True):
        # A table in the same place on page after page is a letterhead.
        running = [grid for grid in grids if seen[_shape(grid)] > max(2, len(sheets) // 3)]
        chunks = chunks + [c for grid in running for place in grid.places for c in place.chunks]
        beside = lines_of(chunk for chunk in chunks if id(chunk) in marginal)
        chunks = [chunk for chunk in chunks if id(chunk) not in marginal]
        lines = lines_of(chunks, channels_of(chunks))
        page = Page(sheet.number, lines, sheet.top, sheet.bottom)
        laid.append(Laid(page, [grid for grid in grids if grid not in running], beside))
    return laid


def _marginal(pages: list[list[Chunk]]) -> set[int]:
    """Which chunks are side notes, by identity. What most pages have in a margin is none."""
    weights: Counter[float] = Counter()
    for page in pages:
        for chunk in page:
            weights[chunk.type.size] += len(chunk.text.strip())
    body = max(weights, key=lambda size: weights[size], default=10.0)
    found = [chunk for page in pages for chunk in in_margins(page, body)]
    seen = Counter(chunk.text.strip() for chunk in found)
    most = max(2, len(pages) // 3)
    return {id(chunk) for chunk in found if seen[chunk.text.strip()] <= most}


def _shape(grid: Grid) -> tuple[int, ...]:
    return tuple(round(place / 4) for place in (*grid.xs, *grid.ys))


def passages_by_place(laid: list[Laid]) -> tuple[list[Passage], list[int]]:
    """The passages in the order of reading, and the pages with what may be tables without rules."""
    body = body_size([line for one in laid for line in one.page.lines])
    arranged = [in_columns(one.page.lines) for one in laid]
    spacing = spacing_of([column for columns in arranged for column in columns])
    passages: list[Passage] = []
    doubtful: list[int] = []
    for one, columns in zip(laid, arranged, strict=True):
        notes = take_notes(columns, body)
        found = [
            (column, passage) for column in columns for passage in paragraphs_of(column, spacing)
        ]
        text = with_tables(_with_ruled(found, one.grids, spacing))
        passages += [*with_side_notes(text, one.beside), *notes]
        if _has_rows(columns):
            doubtful.append(one.page.number)
    return passages, doubtful


def _has_rows(columns: list[Column]) -> bool:
    """Whether three lines in a row have gaps as between the cells of a table."""
    streak = 0
    for column in columns:
        heights = Counter(round(line.y) for line in column.lines)
        for line in column.lines:
            tabular = is_tabular(line) or heights[round(line.y)] > 2
            streak = streak + 1 if tabular else 0
            if streak > 3:
                return True
    return False


def _with_ruled(
    found: list[tuple[Column, Passage]], grids: list[Grid], spacing: Spacing
) -> list[Passage]:
    """The passages of a page with its tables before the first that stands below them."""
    passages: list[Passage] = []
    waiting = sorted(grids, key=lambda grid: -grid.y)
    for column, passage in found:
        while waiting and _is_above(waiting[0], column, passage):
            passages.append(_table(waiting.pop(0), spacing))
        passages.append(passage)
    return passages + [_table(grid, spacing) for grid in waiting]


def _is_above(grid: Grid, column: Column, passage: Passage) -> bool:
    beside = grid.x0 < column.x1 and grid.x1 > column.x0
    return beside and grid.ys[-1] >= passage.lines[0].y


def _table(grid: Grid, spacing: Spacing) -> Passage:
    rows: list[list[GridCell]] = [[] for _ in range(len(grid.ys) - 1)]
    for place in sorted(grid.places, key=lambda place: (place.row, place.column)):
        rows[place.row].append(_cell(grid, place, spacing))
    kept = [row for row in rows if any(cell.passages for cell in row)]
    return Passage([], grid.page, Role.TABLE, rows=kept)


def _cell(grid: Grid, place: Place, spacing: Spacing) -> GridCell:
    lines = lines_of(_visible(place.chunks))
    x0, x1 = grid.xs[place.column], grid.xs[place.column + place.columns]
    passages = paragraphs_of(_filled(lines, x0, x1), spacing) if lines else []
    return GridCell(passages, columns=place.columns, rows=place.rows)


def _filled(lines: list[Line], x0: float, x1: float) -> Column:
    """A cell as a column: text ends as far from its right edge as it begins from its left one."""
    left = min(line.x0 for line in lines)
    return Column(lines, left, max(x1 - (left - x0), *(line.x1 for line in lines)))


def _visible(chunks: list[Chunk]) -> list[Chunk]:
    return [chunk for chunk in chunks if chunk.text.strip()]
