"""The pages of a file with all that is read from them at once."""

from dataclasses import dataclass, field

import pypdfium2.raw as pdfium

from consult.blocks.blocks import ImportRefused
from consult.blocks.messages import _
from consult.importing.printed.letters import Chunk, mirror, read_letters
from consult.importing.printed.lines import is_leftward
from consult.importing.printed.links import linked, read_links
from consult.importing.printed.opening import SCANNED, UNREADABLE, page_of
from consult.importing.printed.rules import Rules, read_rules
from consult.importing.printed.tags import Tag, read_tags

# Fewer letters than this on a page that holds a picture are a stamp on a scanned page.
_STAMP = 40


@dataclass(slots=True)
class Sheet:
    """One page. invisible: letters that are laid under a picture, as text recognition does."""

    number: int
    chunks: list[Chunk] = field(default_factory=list)
    rules: Rules = field(default_factory=Rules)
    tags: Tag = field(default_factory=lambda: Tag("Document"))
    top: float = 842.0
    bottom: float = 0.0
    letters: int = 0
    unknown: int = 0
    turned: int = 0
    invisible: int = 0


def read_sheets(document: object) -> list[Sheet]:
    """All pages of a file, measured from the side on which its lines begin."""
    sheets = [_sheet(document, number + 1) for number in range(pdfium.FPDF_GetPageCount(document))]
    _check(sheets)
    if is_leftward(chunk for sheet in sheets for chunk in sheet.chunks):
        for sheet in sheets:
            mirror(sheet.chunks)
            sheet.rules = sheet.rules.mirrored()
    return sheets


def _sheet(document: object, number: int) -> Sheet:
    sheet = Sheet(number)
    with page_of(document, number) as page:
        if page is None:
            return sheet
        letters = read_letters(page, number)
        sheet.letters, sheet.unknown = letters.number, letters.unknown
        sheet.turned, sheet.chunks = letters.turned, letters.chunks
        sheet.invisible = sum(len(c.text) for c in letters.chunks if c.type.invisible)
        quarter = letters.chunks[0].type.turned if letters.chunks else 0
        sheet.bottom, sheet.top = _ends(page, quarter)
        sheet.tags = read_tags(page)
        sheet.rules = read_rules(page)
        if quarter == 0:
            sheet.chunks = linked(letters.chunks, read_links(document, page))
        else:
            # Lines and links lie as the page does, not as its text.
            sheet.rules = Rules(pictures=sheet.rules.pictures)
    return sheet


def _ends(page: object, quarter: int) -> tuple[float, float]:
    """Where a page ends at the foot and at the top, seen as its text is read."""
    box = pdfium.FS_RECTF()
    if not pdfium.FPDF_GetPageBoundingBox(page, box):
        return 0.0, pdfium.FPDF_GetPageHeightF(page)
    ends = {
        0: (box.bottom, box.top),
        1: (-box.right, -box.left),
        2: (-box.top, -box.bottom),
        3: (box.left, box.right),
    }[max(quarter, 0)]
    return min(ends), max(ends)


def _check(sheets: list[Sheet]) -> None:
    letters = sum(sheet.letters for sheet in sheets)
    unknown = sum(sheet.unknown for sheet in sheets)
    pictured = [sheet for sheet in sheets if sheet.rules.pictures]
    if unknown > 0.2 * (letters + unknown) and unknown > 50:
        raise ImportRefused(UNREADABLE)
    stamped = sum(sheet.letters < _STAMP for sheet in pictured)
    if pictured and (letters == 0 or 3 * stamped > 2 * len(sheets)):
        raise ImportRefused(SCANNED)
    if letters == 0:
        raise ImportRefused(
            _("This PDF file holds no text; choose the document that it was made from.")
        )
