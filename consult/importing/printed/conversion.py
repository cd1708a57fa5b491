"""Passages as the paragraphs of a word processor, of which it is known how to find headings."""

import re

from consult.blocks.blocks import Kind
from consult.blocks.places import Place, Unit
from consult.importing.labels import cut_bullet, find_label
from consult.importing.pieces import Cell, Piece, Table
from consult.importing.printed.lines import Line
from consult.importing.printed.passages import GridCell, Passage, Role
from consult.importing.runs import Run, cut, text_of
from consult.importing.tables import settle_heads
from consult.importing.word.grids import is_frame
from consult.importing.word.kinds import note_of
from consult.importing.word.numbering import Number
from consult.importing.word.paragraphs import Look, Paragraph
from consult.importing.word.pieces import cell_pieces

_STYLES = {Role.QUOTATION: "quotation", Role.CODE: "code"}


class Roles:
    """A style sheet for what has no styles: the roles of passages."""

    def name(self, identity: str) -> str:
        return identity

    def is_named(self, identity: str, pattern: str) -> bool:
        return bool(identity) and bool(re.match(pattern, identity, re.IGNORECASE))


def paragraphs_in(passages: list[Passage], body: float) -> list[Paragraph]:
    """All passages but the notes, in order. body: the size of most of the text."""
    found: list[Paragraph] = []
    for passage in passages:
        if passage.role is Role.TABLE:
            found += _table(passage, body)
        elif passage.role is Role.FIGURE:
            figure = Piece(Kind.FIGURE, [Run(passage.said)], place=_place(passage))
            found.append(Paragraph([], pieces=[figure], place=_place(passage)))
        elif passage.role is not Role.NOTE and passage.runs:
            found.append(_paragraph(passage, body))
    return found


def notes_in(passages: list[Passage]) -> list[Piece]:
    """The notes as pieces, which the assembler puts behind the paragraphs that call them."""
    return [
        note_of([Paragraph(passage.runs)], passage.mark, passage.said)
        for passage in passages
        if passage.role is Role.NOTE
    ]


def count_items(paragraphs: list[Paragraph]) -> None:
    """Take plain numbers off paragraphs that count on, list by list.

    Whether they number the items of a list or the paragraphs of a text is judged by what stands
    between them, as for numbers that a word processor makes.
    """
    key = value = 0
    for paragraph in paragraphs:
        if paragraph.level or paragraph.number is not None or paragraph.table or paragraph.pieces:
            continue
        found = find_label(paragraph.text)
        if found is None or not re.fullmatch(r"\d{1,3}\.?", found.label):
            continue
        number = int(found.label.rstrip("."))
        if number not in (1, value + 1):
            continue
        key += number == 1
        value = number
        paragraph.number = Number(found.label, False, f"list {key}", 0, paragraph.indent, 1)
        paragraph.runs = cut(paragraph.runs, found.length)
        paragraph.text = paragraph.text[found.length :]


def _place(passage: Passage) -> Place:
    return Place(Unit.PAGE, passage.page)


def _paragraph(passage: Passage, body: float) -> Paragraph:
    text = passage.text
    bullet = cut_bullet(text) if passage.role in (Role.TEXT, Role.ITEM) else 0
    indent = round(20 * min((line.x0 for line in passage.lines), default=0.0))
    number = None
    if bullet:
        # Where the file says how deep an item lies, its place on the page does not matter.
        indent = 720 * passage.depth if passage.depth else indent
        number = Number("", True, "", 0, indent, 1)
    level = passage.level if passage.role is Role.HEADING else 0
    return Paragraph(
        cut(passage.runs, bullet) if bullet else passage.runs,
        text[bullet:],
        style=f"heading {level}" if level else _STYLES.get(passage.role, ""),
        level=level,
        title=passage.role is Role.TITLE,
        number=number,
        look=_look(passage, body),
        indent=indent,
        place=_place(passage),
    )


def _look(passage: Passage, body: float) -> Look:
    """body: the size of most of the text. A numbered line in slanted or slightly larger type is
    as much of a heading as one in bold."""
    if not passage.lines:
        return Look()
    sizes: dict[float, int] = {}
    for line in passage.lines:
        sizes[line.size] = sizes.get(line.size, 0) + len(line.text)
    return Look(
        size=round(2 * max(sizes, key=lambda size: sizes[size])),
        bold=all(line.bold for line in passage.lines) or _is_numbered_heading(passage, body),
        capitals=passage.text.isupper(),
        centred=_is_centred(passage.lines, passage.room),
        framed=passage.loose,
    )


def _is_numbered_heading(passage: Passage, body: float) -> bool:
    found = find_label(passage.text, heading=True) if len(passage.lines) == 1 else None
    if found is None or not re.match(r"\d|[^\W\d_]{2,} ", found.label):
        return False
    line = passage.lines[0]
    slanted = all(chunk.type.italic for chunk in line.chunks if chunk.text.strip())
    return (slanted or line.size > 1.04 * body) and len(passage.text.split()) < 14


def _is_centred(lines: list[Line], room: float) -> bool:
    """Whether each line is as far from where its column begins as from where it ends."""
    middles = {round((line.x0 + line.x1) / 2 / 6) for line in lines}
    return len(lines) > 1 and len(middles) == 1 and all(line.x1 < room - 12 for line in lines)


def _table(passage: Passage, body: float) -> list[Paragraph]:
    cells = [[(cell, paragraphs_in(cell.passages, body)) for cell in row] for row in passage.rows]
    flat = [paragraph for row in cells for _, content in row for paragraph in content]
    rows = [
        ([content for _, content in row], number < passage.heads)
        for number, row in enumerate(cells)
    ]
    if is_frame(rows):
        return flat
    if not flat:
        return []
    table = Table([[_cell(cell, content) for cell, content in row] for row in cells], passage.heads)
    return [Paragraph([], place=_place(passage), table=settle_heads(table))]


def _cell(cell: GridCell, content: list[Paragraph]) -> Cell:
    return Cell(cell_pieces(content), cell.header, cell.columns, cell.rows)


def as_line(passage: Passage) -> str:
    return " ".join(text_of(passage.runs).split())
