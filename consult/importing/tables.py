"""Tables: what is one, and what it looks like in HTML."""

from markupsafe import Markup

from consult.blocks.blocks import Kind
from consult.importing.pieces import Cell, Piece, Table
from consult.importing.runs import render, tidy


def number_of_characters(piece: Piece) -> int:
    """How long a piece is, everything in a table counted."""
    if piece.table is None:
        said = 0 if piece.picture is None else len(piece.picture.description)
        return said + sum(len(run.text) for run in piece.runs)
    cells = (cell for row in piece.table.rows for cell in row)
    return sum(number_of_characters(inner) for cell in cells for inner in cell.pieces)


def is_layout(table: Table) -> bool:
    """Whether a table only puts things side by side or into a box.

    Tables with one column (a box around paragraphs) and tables whose cells hold headings or long
    stretches of text are read as the paragraphs in them.
    """
    if table.caption or any(cell.header for row in table.rows for cell in row):
        return False
    if max((len(row) for row in table.rows), default=0) < 2:
        return True
    cells = [cell for row in table.rows for cell in row]
    headings = sum(piece.kind is Kind.HEADING for cell in cells for piece in cell.pieces)
    longest = max(len(cell.pieces) for cell in cells)
    return bool(headings) or (len(table.rows) == 1 and longest > 3)


def settle_heads(table: Table) -> Table:
    """Drop rows of the head that are empty; take a first row in bold type as the head."""
    while table.heads and not any(cell.pieces for cell in table.rows[0]):
        table.rows.pop(0)
        table.heads -= 1
    if not table.heads and len(table.rows) > 1:
        first, second = table.rows[0], table.rows[1]
        if (
            len(first) > 1
            and all(_is_bold(c) for c in first)
            and not all(_is_bold(c) for c in second)
        ):
            table.heads = 1
    return table


def _is_bold(cell: Cell) -> bool:
    runs = [run for piece in cell.pieces for run in tidy(piece.runs)]
    return bool(runs) and all("strong" in run.marks for run in runs)


def unfold(table: Table) -> list[Piece]:
    """The pieces of a table that is none, row by row."""
    return [piece for row in table.rows for cell in row for piece in cell.pieces]


def render_table(table: Table) -> str:
    """A table as HTML; heads get a scope, so that a screen reader can say what a cell is about."""
    parts = ["<table>"]
    caption = render(tidy(table.caption))
    if caption:
        parts.append(f"<caption>{caption}</caption>")
    if table.heads:
        parts.append("<thead>")
        parts.extend(_row(row, True) for row in table.rows[: table.heads])
        parts.append("</thead>")
    if table.rows[table.heads :]:
        parts.append("<tbody>")
        parts.extend(_row(row, False) for row in table.rows[table.heads :])
        parts.append("</tbody>")
    return "".join([*parts, "</table>"])


def _row(row: list[Cell], head: bool) -> str:
    return f"<tr>{''.join(_cell(cell, head) for cell in row)}</tr>"


def _cell(cell: Cell, head: bool) -> str:
    content = _content(cell.pieces)
    # An empty corner is the head of nothing; a screen reader would announce it as one.
    name = "th" if content and (cell.header or head) else "td"
    attributes = ""
    if name == "th":
        attributes += f' scope="{"col" if head else "row"}"'
    if cell.columns > 1:
        attributes += f' colspan="{cell.columns}"'
    if cell.rows > 1:
        attributes += f' rowspan="{cell.rows}"'
    return f"<{name}{attributes}>{content}</{name}>"


def _content(pieces: list[Piece]) -> str:
    """One paragraph stands bare in its cell; several are set apart, bullets as a list."""
    if len(pieces) == 1 and not _is_bullet(pieces[0]) and pieces[0].table is None:
        return _line(pieces[0])
    parts: list[str] = []
    in_list = False
    for piece in pieces:
        if _is_bullet(piece) != in_list:
            in_list = not in_list
            parts.append("<ul>" if in_list else "</ul>")
        element = "li" if in_list else "p"
        lines = [_line(piece)] if piece.table is None else _flat(piece.table)
        parts.extend(f"<{element}>{line}</{element}>" for line in lines)
    if in_list:
        parts.append("</ul>")
    return "".join(parts)


def _is_bullet(piece: Piece) -> bool:
    return piece.kind is Kind.ITEM and not piece.label


def _flat(table: Table) -> list[str]:
    """A table within a cell as one line for each of its rows; tables do not nest on small screens."""
    return [
        " | ".join(_line(piece) for cell in row for piece in cell.pieces if piece.table is None)
        for row in table.rows
    ]


def render_figure(piece: Piece) -> str:
    """A picture, and its caption below it. Its address is made when the draft is stored."""
    picture = piece.picture
    if picture is None:
        return render(tidy(piece.runs))
    # Quoted in an attribute these would still end a tag for whoever looks for one.
    said = picture.description.replace("<", "‹").replace(">", "›")
    tag = Markup('<img src="figure:{}" alt="{}" width="{}" height="{}">')
    made = tag.format(picture.digest, said, picture.width, picture.height)
    return str(made) + render(tidy(piece.runs))


def _line(piece: Piece) -> str:
    if piece.picture is not None:
        return render_figure(piece)
    return " ".join(part for part in (piece.label, render(tidy(piece.runs))) if part)
