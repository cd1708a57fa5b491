"""Characters that mean nothing outside the font that they were set in."""

import re
from collections.abc import Iterator

from consult.blocks.blocks import Finding
from consult.importing import wording
from consult.importing.pieces import Piece, Reading
from consult.importing.runs import text_of

# Unicode's area for private use, where fonts of symbols put their signs.
_PRIVATE = re.compile("[\ue000-\uf8ff]")


def unknown_signs(reading: Reading) -> list[Finding]:
    """One finding for each sign that nobody can tell, at each place."""
    told = []
    for piece in reading.pieces:
        for sign in dict.fromkeys(_PRIVATE.findall("".join(_texts(piece)))):
            told.append(Finding(piece.place, wording.sign_of_font(f"{ord(sign):04X}", "", "")))
    return told


def _texts(piece: Piece) -> Iterator[str]:
    """The text of a piece, and of all that is in its table."""
    yield text_of(piece.runs)
    if piece.table is not None:
        yield text_of(piece.table.caption)
        for row in piece.table.rows:
            for cell in row:
                for inner in cell.pieces:
                    yield from _texts(inner)
