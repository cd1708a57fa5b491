"""Tables of a Word file."""

from dataclasses import dataclass
from typing import Protocol

from consult.blocks.places import Place
from consult.importing import wording
from consult.importing.pieces import Cell, Table
from consult.importing.tables import settle_heads
from consult.importing.word.inline import Inline
from consult.importing.word.names import (
    Element,
    account_for,
    all_text,
    child_value,
    chosen,
    integer,
    is_on,
    local_name,
    value,
    w,
)
from consult.importing.word.paragraphs import Paragraph
from consult.importing.word.pieces import cell_pieces

_MOST_COLUMNS = 200


@dataclass(slots=True)
class _Place:
    """A cell as Word writes it: continued cells stand there too, and are merged here."""

    cell: Cell
    paragraphs: list[Paragraph]
    column: int
    continued: bool


class Body(Protocol):
    """What reads the text of a file, and so what stands in the cells of its tables."""

    inline: Inline

    def read(self, container: Element) -> list[Paragraph]:
        """Return the paragraphs within an element."""

    def has_bold_first_row(self, table: Element) -> bool:
        """Say whether a table's style sets its first row in bold, and the table makes use of that."""


def read_table(body: Body, element: Element, place: Place) -> list[Paragraph]:
    """A table as one paragraph that holds it, or, if it only frames text, that text."""
    rows: list[tuple[list[_Place], bool]] = []
    for row in _rows(element):
        properties = row.find(w("trPr"))
        if properties is not None and properties.find(w("del")) is not None:
            account_for(row)
            body.inline.tally.count(wording.deletions, bool(all_text(row).strip()), place)
            continue
        head = properties is not None and bool(is_on(properties.find(w("tblHeader"))))
        rows.append((_cells(body, row, properties), head))
    rows = [(places, head) for places, head in rows if places]
    paragraphs = [p for places, _ in rows for cell in places for p in cell.paragraphs]
    if is_frame([([place.paragraphs for place in places], head) for places, head in rows]):
        return paragraphs
    if not paragraphs:
        return []
    table = _merged(rows)
    if not table.heads and len(table.rows) > 1 and body.has_bold_first_row(element):
        table.heads = 1
    return [Paragraph([], place=place, table=settle_heads(table))]


def _rows(element: Element) -> list[Element]:
    rows = []
    for child in element:
        name = local_name(child)
        if name == "tr":
            rows.append(child)
        elif name == "AlternateContent":
            rows += _rows(chosen(child))
        elif name not in ("tblPr", "tblGrid", "del", "moveFrom", ""):
            rows += _rows(child)
    return rows


def _cells(body: Body, row: Element, properties: Element | None) -> list[_Place]:
    places: list[_Place] = []
    column = integer(child_value(properties, "gridBefore"))
    for cell in row.iter(w("tc")):
        if next((a for a in cell.iterancestors(w("tr"))), None) is not row:
            continue
        stated = cell.find(w("tcPr"))
        merge = None if stated is None else stated.find(w("vMerge"))
        columns = max(1, min(integer(child_value(stated, "gridSpan"), 1), _MOST_COLUMNS))
        paragraphs = body.read(cell)
        continued = merge is not None and value(merge) in ("", "continue")
        places.append(_Place(Cell([], columns=columns), paragraphs, column, continued))
        column += columns
    return places


def is_frame(rows: list[tuple[list[list[Paragraph]], bool]]) -> bool:
    """Whether a table is a box around text, or puts long stretches of text side by side.

    rows: what stands in each cell, and whether the row is marked as the table's head.
    """
    widest = max((len(cells) for cells, _ in rows), default=0)
    if widest < 2:
        return True
    if any(head for _, head in rows):
        return False
    cells = [cell for row, _ in rows for cell in row]
    headings = sum(p.level > 0 for cell in cells for p in cell)
    filled = [[cell for cell in row if cell] for row, _ in rows]
    if all(len(row) < 2 for row in filled):
        return True
    longest = max(len(cell) for cell in cells)
    return headings > 1 or (len(rows) == 1 and longest > 5)


def _merged(rows: list[tuple[list[_Place], bool]]) -> Table:
    """The table with cells that reach over several rows made one."""
    table = Table([])
    above: dict[int, Cell] = {}
    for places, head in rows:
        cells: list[Cell] = []
        for place in places:
            origin = above.get(place.column)
            if place.continued and origin is not None and origin.columns == place.cell.columns:
                origin.rows += 1
                origin.pieces += cell_pieces(place.paragraphs)
                continue
            place.cell.pieces = cell_pieces(place.paragraphs)
            above[place.column] = place.cell
            cells.append(place.cell)
        if head and table.heads == len(table.rows):
            table.heads += 1
        table.rows.append(cells)
    return table
