"""Headings that a file has as bold paragraphs, because a word processor's file was made into it."""

from consult.blocks.blocks import Finding, Kind
from consult.blocks.messages import Message, ngettext
from consult.importing.pieces import Piece
from consult.importing.runs import text_of, tidy
from consult.importing.tally import Tally
from consult.importing.word.headings import infer_by_look
from consult.importing.word.numbering import Number
from consult.importing.word.paragraphs import Look, Paragraph


def infer_headings(pieces: list[Piece], findings: list[Finding], *, levelled: bool) -> list[Piece]:
    """Make headings of short paragraphs in bold, unless the file marks most headings itself.

    levelled: whether the levels of those that it marks can be relied on; others are levelled by
    their looks together with the bold ones.
    """
    headings = sum(piece.kind is Kind.HEADING for piece in pieces)
    paragraphs = [_paragraph(piece, levelled) for piece in pieces]
    inferred = infer_by_look(paragraphs)
    bold = len(inferred) - (0 if levelled else headings)
    if bold <= headings:
        return pieces
    tally = Tally()
    for piece, paragraph in zip(pieces, paragraphs, strict=True):
        if paragraph.level:
            tally.count(_lines_in_bold, piece.kind is not Kind.HEADING, piece.place)
            piece.kind, piece.level = Kind.HEADING, paragraph.level
    findings += tally.findings()
    return pieces


def _lines_in_bold(number: int) -> Message:
    return ngettext(
        "${number} line in bold type was read as a heading.",
        "${number} lines in bold type were read as headings.",
        number,
    )


def _paragraph(piece: Piece, levelled: bool) -> Paragraph:
    """A piece as a word processor's paragraph, of which it is known what a heading looks like."""
    runs = tidy(piece.runs)
    text = text_of(runs)
    paragraph = Paragraph(runs, text, place=piece.place)
    bold = bool(runs) and all("strong" in run.marks or not run.text.strip() for run in runs)
    if piece.kind is Kind.HEADING:
        paragraph.level = piece.level if levelled else 0
        paragraph.look = Look(bold=True, capitals=text.isupper())
    elif piece.kind is Kind.PARAGRAPH:
        paragraph.look = Look(bold=bold, capitals=text.isupper())
    else:
        paragraph.pieces = [piece]
    if piece.label:
        paragraph.number = Number(piece.label, False, "", 0, 0, 1)
    return paragraph
