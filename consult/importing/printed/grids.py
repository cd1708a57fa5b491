"""Tables whose cells are ruled: where they are, and what stands in each cell."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from consult.importing.printed.letters import Chunk
from consult.importing.printed.rules import Rules

# How far ends of lines may miss each other.
_NEAR = 3.0


@dataclass(slots=True)
class Place:
    """A cell with the chunks in it: its row and column, and how many of them it takes up."""

    row: int
    column: int
    rows: int = 1
    columns: int = 1
    chunks: list[Chunk] = field(default_factory=list)


@dataclass(eq=False)
class Grid:
    """A ruled table: xs from left to right, ys from the top down. Equal only to itself."""

    xs: list[float]
    ys: list[float]
    page: int
    places: list[Place] = field(default_factory=list)

    @property
    def x0(self) -> float:
        return self.xs[0]

    @property
    def x1(self) -> float:
        return self.xs[-1]

    @property
    def y(self) -> float:
        return self.ys[0]


def grids_of(rules: Rules, chunks: list[Chunk], page: int) -> tuple[list[Grid], list[Chunk]]:
    """The tables on a page, with their text, and the chunks that stand in none."""
    grids = [
        grid
        for level, upright in _connected(rules)
        if (grid := _grid(level, upright, page)) is not None
    ]
    # An outer frame may hold a table; the inner one has the text.
    grids.sort(key=lambda grid: (grid.x1 - grid.x0) * (grid.ys[0] - grid.ys[-1]))
    left = chunks
    for grid in grids:
        left = _fill(grid, left)
    found = [grid for grid in grids if _is_table(grid)]
    kept = {id(grid) for grid in found}
    left = left + [
        chunk
        for grid in grids
        if id(grid) not in kept
        for place in grid.places
        for chunk in place.chunks
    ]
    return found, left


def _connected(rules: Rules) -> list[tuple[list[tuple[float, ...]], list[tuple[float, ...]]]]:
    """Lines that touch or cross each other, group by group."""
    lines: list[tuple[float, ...]] = [*rules.level, *rules.upright]
    parents = list(range(len(lines)))

    def root(number: int) -> int:
        while parents[number] != number:
            parents[number] = parents[parents[number]]
            number = parents[number]
        return number

    if len(lines) > 3_000:
        return []
    across = len(rules.level)
    for one, (left, right, y) in enumerate(rules.level):
        for other, (low, high, x) in enumerate(rules.upright, start=across):
            if left - _NEAR <= x <= right + _NEAR and low - _NEAR <= y <= high + _NEAR:
                parents[root(one)] = root(other)
    groups: dict[int, tuple[list[tuple[float, ...]], list[tuple[float, ...]]]] = {}
    for number, line in enumerate(lines):
        groups.setdefault(root(number), ([], []))[number >= across].append(line)
    return [group for group in groups.values() if group[0] and group[1]]


def _grid(
    level: Sequence[tuple[float, ...]], upright: Sequence[tuple[float, ...]], page: int
) -> Grid | None:
    ends = [end for line in level for end in line[:2]]
    xs = _places([line[2] for line in upright] + [min(ends), max(ends)])
    ys = _places([line[2] for line in level] + [e for line in upright for e in line[:2]])[::-1]
    if len(xs) < 3 or len(ys) < 3 or len(xs) > 60:
        return None
    grid = Grid(xs, ys, page)
    taken: set[tuple[int, int]] = set()
    for row in range(len(ys) - 1):
        for column in range(len(xs) - 1):
            if (row, column) in taken:
                continue
            place = _spread(grid, row, column, level, upright, taken)
            grid.places.append(place)
    return grid


def _places(values: Sequence[float]) -> list[float]:
    """The values in order, those that are near each other as one."""
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > _NEAR:
            places.append(value)
    return places


def _spread(
    grid: Grid,
    row: int,
    column: int,
    level: Sequence[tuple[float, ...]],
    upright: Sequence[tuple[float, ...]],
    taken: set[tuple[int, int]],
) -> Place:
    """The cell that begins at a place: it goes on until a line ends it."""
    place = Place(row, column)
    middle = (grid.ys[row] + grid.ys[row + 1]) / 2
    while (
        column + place.columns < len(grid.xs) - 1
        and (row, column + place.columns) not in taken
        and not _is_ruled(upright, grid.xs[column + place.columns], middle)
    ):
        place.columns += 1
    centres = [(grid.xs[c] + grid.xs[c + 1]) / 2 for c in range(column, column + place.columns)]
    while row + place.rows < len(grid.ys) - 1 and not any(
        _is_ruled(level, grid.ys[row + place.rows], centre) for centre in centres
    ):
        place.rows += 1
    taken.update(
        (r, c) for r in range(row, row + place.rows) for c in range(column, column + place.columns)
    )
    return place


def _is_ruled(lines: Sequence[tuple[float, ...]], at: float, point: float) -> bool:
    return any(
        abs(line[2] - at) <= _NEAR and line[0] - _NEAR <= point <= line[1] + _NEAR for line in lines
    )


def _fill(grid: Grid, chunks: list[Chunk]) -> list[Chunk]:
    """Give cells their text; the chunks that stand outside the table."""
    cells = {
        (r, c): place
        for place in grid.places
        for r in range(place.row, place.row + place.rows)
        for c in range(place.column, place.column + place.columns)
    }
    outside = []
    for chunk in chunks:
        row = _step(grid.ys, -(chunk.y + 0.3 * chunk.type.size), down=True)
        if row is None or chunk.x1 < grid.x0 or chunk.x0 > grid.x1:
            outside.append(chunk)
            continue
        for column, part in _parts(grid, chunk).items():
            place = cells.get((row, column))
            (outside if place is None else place.chunks).append(part)
    return outside


def _parts(grid: Grid, chunk: Chunk) -> dict[int, Chunk]:
    """A chunk divided where a line between two columns runs through it."""
    parts: dict[int, Chunk] = {}
    for letter in chunk.letters:
        column = _step(grid.xs, (letter.x0 + letter.x1) / 2, down=False)
        column = -1 if column is None else column
        if column not in parts:
            parts[column] = Chunk(
                [], chunk.y, chunk.type, chunk.tag, chunk.page, chunk.href, chunk.mirrored
            )
        parts[column].letters.append(letter)
    return parts


def _step(places: Sequence[float], value: float, down: bool) -> int | None:
    """Between which two places a value lies; None outside of them."""
    ordered = [-place for place in places] if down else places
    for number in range(len(ordered) - 1):
        if ordered[number] <= value < ordered[number + 1]:
            return number
    return None


def _is_table(grid: Grid) -> bool:
    """Whether there is text in two columns and two rows at least; a frame has it in one."""
    filled = [place for place in grid.places if any(c.text.strip() for c in place.chunks)]
    return len({p.row for p in filled}) > 1 and len({p.column for p in filled}) > 1
