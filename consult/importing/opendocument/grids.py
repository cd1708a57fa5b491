"""Tables of an OpenDocument text."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from consult.blocks.places import Place
from consult.importing import wording
from consult.importing.opendocument.inline import Inline
from consult.importing.opendocument.names import integer, name_of, q, value
from consult.importing.opendocument.styles import Styles
from consult.importing.pieces import Cell, Table
from consult.importing.tables import settle_heads
from consult.importing.trees import Element, all_text
from consult.importing.word.grids import is_frame
from consult.importing.word.paragraphs import Paragraph
from consult.importing.word.pieces import cell_pieces

# A row or cell may be stated once and repeated; spreadsheets fill up their last row so.
_MOST_REPEATED = 50
_MOST_SPAN = 1000


@dataclass(slots=True)
class _Row:
    cells: list[tuple[Cell, list[Paragraph]]]
    head: bool


class Body(Protocol):
    """What reads the text of a file, and so what stands in the cells of its tables."""

    inline: Inline
    styles: Styles

    def read(self, container: Iterable[Element]) -> list[Paragraph]:
        """Return the paragraphs within an element."""


def read_table(body: Body, element: Element, place: Place) -> list[Paragraph]:
    """A table as one paragraph that holds it, or, if it only frames text, that text."""
    rows = [row for row in _rows(body, element, place, head=False) if row.cells]
    while rows and not any(paragraphs for _, paragraphs in rows[-1].cells):
        rows.pop()
    paragraphs = [p for row in rows for _, content in row.cells for p in content]
    if is_frame([([content for _, content in row.cells], row.head) for row in rows]):
        return paragraphs
    if not paragraphs:
        return []
    table = Table([])
    for row in rows:
        for cell, content in row.cells:
            cell.pieces = cell_pieces(content)
        if row.head and table.heads == len(table.rows):
            table.heads += 1
        table.rows.append([cell for cell, _ in row.cells])
    if (
        not table.heads
        and len(rows) > 1
        and _is_head(body, rows[0])
        and not _is_head(body, rows[1])
    ):
        table.heads = 1
    return [Paragraph([], place=place, table=settle_heads(table))]


def _is_head(body: Body, row: _Row) -> bool:
    """Whether all that stands in a row is set in the style for heads of tables."""
    styles = [p.style for _, content in row.cells for p in content]
    return bool(styles) and all(body.styles.is_named(s, "table[ _]heading") for s in styles)


def _rows(body: Body, element: Element, place: Place, head: bool) -> list[_Row]:
    rows: list[_Row] = []
    for child in element:
        name = name_of(child)
        if name == "table:table-row":
            if value(child, "table:visibility") in ("collapse", "filter"):
                words = len(all_text(child).split())
                body.inline.tally.count(wording.hidden_words, words, place)
                continue
            times = _times(child, "table:number-rows-repeated")
            rows += [_Row(_cells(body, child), head) for _ in range(times)]
        elif name in ("table:table-rows", "table:table-row-group"):
            rows += _rows(body, child, place, head)
        elif name == "table:table-header-rows":
            rows += _rows(body, child, place, head=True)
    return rows


def _times(element: Element, attribute: str) -> int:
    """How often a row or cell stands there. One without text may as well be left out, and one
    with tables in it would be there times without number."""
    times = integer(value(element, attribute), 1)
    if (
        times == 1
        or not all_text(element)
        or next(element.iter(q("table:table")), None) is not None
    ):
        return 1
    return max(1, min(times, _MOST_REPEATED))


def _cells(body: Body, row: Element) -> list[tuple[Cell, list[Paragraph]]]:
    cells = []
    for child in row:
        # Cells that a spanned one covers are stated, and not there in HTML.
        if name_of(child) != "table:table-cell":
            continue
        for _ in range(_times(child, "table:number-columns-repeated")):
            cell = Cell(
                [],
                columns=_span(child, "table:number-columns-spanned"),
                rows=_span(child, "table:number-rows-spanned"),
            )
            cells.append((cell, body.read(child)))
    return cells


def _span(cell: Element, attribute: str) -> int:
    return max(1, min(integer(value(cell, attribute), 1), _MOST_SPAN))
