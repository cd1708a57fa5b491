"""Tables of a page: real ones, frames around text, and the numbers of legal lists."""

import re
from dataclasses import replace
from typing import Protocol, Self

from consult.blocks.blocks import Kind
from consult.blocks.places import Place
from consult.importing.hypertext.counting import Element
from consult.importing.hypertext.inline import Inks
from consult.importing.labels import is_only_label
from consult.importing.pieces import Cell, Piece, Table
from consult.importing.runs import Run, text_of, tidy
from consult.importing.tables import is_layout, settle_heads, unfold

_BULLET = re.compile(r"[•●▪◦‣·○■□–—*o-]")
_MOST_SPAN = 1000


class Walker(Protocol):
    """What collects the pieces of a page, tables among them, and of what stands in their cells."""

    inks: Inks
    pieces: list[Piece]
    place: Place | None

    def sub_walker(self) -> Self:
        """Return a walker for something apart from the text around it."""

    def walk(self, element: Element, ink: Run) -> None:
        """Take in what is inside an element."""

    def flush(self) -> None:
        """End the paragraph that is being collected."""


def take_table(walker: Walker, element: Element, ink: Run) -> None:
    """Add the pieces that a table element amounts to."""
    table = Table([])
    for row, in_head in _rows(element):
        cells = [_cell(walker, cell, ink) for cell in row if cell.tag in ("td", "th")]
        if not cells:
            continue
        if (in_head and table.heads == len(table.rows)) or (
            table.heads == len(table.rows) and len(cells) > 1 and all(c.header for c in cells)
        ):
            table.heads += 1
        table.rows.append(cells)
    caption = element.find("caption")
    if caption is not None:
        inner = walker.sub_walker()
        inner.walk(caption, ink)
        inner.flush()
        table.caption = [run for piece in inner.pieces for run in (*piece.runs, Run(" "))]
    walker.pieces += _pieces(table, element, walker.place)


def _pieces(table: Table, element: Element, place: Place | None) -> list[Piece]:
    if not any(cell.pieces for row in table.rows for cell in row):
        return [Piece(Kind.PARAGRAPH, table.caption, place=place)] if table.caption else []
    if _is_numbering(table):
        return [piece for row in table.rows for piece in _numbered(row)]
    if element.get("role") in ("presentation", "none") or is_layout(table):
        return unfold(table)
    return [Piece(Kind.TABLE, [], place=place, table=settle_heads(table))]


def _rows(element: Element) -> list[tuple[Element, bool]]:
    """The rows of a table, not of tables within it, and whether each is in its head."""
    rows: list[tuple[Element, bool]] = []
    for child in element:
        if child.tag == "tr":
            rows.append((child, False))
        elif child.tag in ("thead", "tbody", "tfoot"):
            rows += [(row, child.tag == "thead") for row in child if row.tag == "tr"]
    return rows


def _cell(walker: Walker, element: Element, ink: Run) -> Cell:
    inner = walker.sub_walker()
    inner.walk(element, walker.inks.ink(element, ink))
    inner.flush()
    return Cell(
        inner.pieces,
        header=element.tag == "th",
        columns=_span(element.get("colspan")),
        rows=_span(element.get("rowspan")),
    )


def _span(value: object) -> int:
    text = str(value or "").strip()
    return max(1, min(int(text), _MOST_SPAN)) if re.fullmatch(r"\d{1,9}", text) else 1


def _is_numbering(table: Table) -> bool:
    """Whether each row is a number or bullet in one cell and its text in the next.

    Law is often laid out so: "(a)" in a narrow column, a table within the cell for what is below.
    """
    if table.caption or table.heads or any(c.header for row in table.rows for c in row):
        return False
    for row in table.rows:
        filled = [cell for cell in row if cell.pieces]
        if not filled:
            continue
        if len(filled) != 2 or not _marker(filled[0]):
            return False
    # Two rows "1 | 12.5" and "2 | 13.1" are figures in a table.
    texts = [text_of(row[-1].pieces[0].runs) for row in table.rows if row[-1].pieces]
    return bool(texts) and any(len(text.split()) > 2 for text in texts)


def _marker(cell: Cell) -> str:
    """The number or bullet that is all a cell holds."""
    if len(cell.pieces) != 1 or cell.pieces[0].table is not None:
        return ""
    text = " ".join(text_of(tidy(cell.pieces[0].runs)).split())
    return text if _BULLET.fullmatch(text) or is_only_label(text) else ""


def _numbered(row: list[Cell]) -> list[Piece]:
    filled = [cell for cell in row if cell.pieces]
    if not filled:
        return []
    marker = _marker(filled[0])
    first, *others = filled[1].pieces
    if first.table is not None or first.kind is Kind.FIGURE:
        return [Piece(Kind.PARAGRAPH, [Run(marker)], place=first.place), first, *others]
    label = "" if _BULLET.fullmatch(marker) else marker
    if first.label:
        label = f"{label} {first.label}".strip()
    dotted = re.fullmatch(r"\d+(\.\d+)*\.?", label)
    kind = first.kind if first.kind is Kind.HEADING else Kind.PARAGRAPH if dotted else Kind.ITEM
    return [
        replace(first, kind=kind, label=label, level=first.level if kind is Kind.HEADING else 0),
        *others,
    ]
