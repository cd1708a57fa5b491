"""From paragraphs with all their looks to pieces with a kind."""

import re

from consult.blocks.blocks import Kind
from consult.importing.pieces import Piece
from consult.importing.word.paragraphs import Paragraph

# Two texts whose indents differ by less than this (a tenth of an inch) are equally far in.
_STEP = 144


class Items:
    """Knows how deep items lie, from how far they and those before them are indented."""

    def __init__(self) -> None:
        self._open: list[tuple[int, str, int]] = []

    def end(self) -> None:
        self._open = []

    def depth(self, paragraph: Paragraph) -> int:
        number = paragraph.number
        key, level = ("", 0) if number is None else (number.list_key, number.level)
        place = (paragraph.indent, key, level)
        for depth, (indent, other, other_level) in enumerate(self._open):
            same_list = key and other == key
            further_in = paragraph.indent >= indent + _STEP
            if not (level > other_level if same_list else further_in):
                self._open[depth:] = [place]
                return depth + 1
        self._open.append(place)
        return len(self._open)


def cell_pieces(paragraphs: list[Paragraph]) -> list[Piece]:
    """The content of a cell: paragraphs, items and tables, with numbers in front."""
    pieces: list[Piece] = []
    for paragraph in paragraphs:
        if paragraph.pieces:
            pieces += [p for p in paragraph.pieces if p.picture or (p.runs and p.runs[0].text)]
        elif paragraph.table is not None:
            pieces.append(Piece(Kind.TABLE, [], table=paragraph.table))
        else:
            number = paragraph.number
            kind = Kind.ITEM if number is not None and number.bullet else Kind.PARAGRAPH
            pieces.append(Piece(kind, paragraph.runs, label="" if number is None else number.label))
    return pieces


def is_listed(paragraph: Paragraph) -> bool:
    """Whether a paragraph's automatic number makes it an item: bullets, letters, brackets.

    "1.1" numbers paragraphs. So does "1." unless its list runs through without text between,
    which the caller looks at.
    """
    number = paragraph.number
    if number is None:
        return False
    if number.bullet:
        return True
    return number.parts < 2 and not re.fullmatch(r"\d+\.?|.*[^\W\d_]{2,}.*\d.*", number.label)
