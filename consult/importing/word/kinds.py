"""What the paragraphs of a word processor are: title, headings, items, quotations and the rest."""

import re
from collections.abc import Sequence
from typing import Protocol

from consult.blocks.blocks import Finding, Kind
from consult.blocks.messages import Message, _, ngettext
from consult.importing.pieces import Piece
from consult.importing.runs import Run, cut, tidy, unmarked
from consult.importing.tally import Tally
from consult.importing.word.headings import find_title, infer_by_look, settle_styled
from consult.importing.word.paragraphs import Paragraph
from consult.importing.word.pieces import Items, is_listed

_SECOND = re.compile(r"(—\((?:1|a|i|A)\))\s+")
_CODE = r"(?:source code|html preformatted|preformatted text|code)$"


class Named(Protocol):
    """A style sheet that can be asked for the names of styles."""

    def name(self, identity: str) -> str:
        """The name of a style; empty if there is no such style."""

    def is_named(self, identity: str, pattern: str) -> bool:
        """Whether the style or one that it is based on has such a name."""


def pieces_of(
    paragraphs: list[Paragraph], listed: dict[str, int], styles: Named, findings: list[Finding]
) -> list[Piece]:
    """The paragraphs of a whole text as pieces.

    listed: styles to which the file gives a level apart from their definitions.
    """
    names = {p.style: styles.name(p.style) for p in paragraphs}
    for name in settle_styled(paragraphs, listed, names):
        message = _(
            "Paragraphs in the style “${style}” are sentences and were read as text, not headings.",
            style=name,
        )
        findings.append(Finding(None, message))
    if not any(p.title for p in paragraphs) and not any(p.level == 1 for p in paragraphs[:3]):
        title = find_title(paragraphs)
        if title is not None:
            title.title, title.level = True, 0
            message = _("The largest line of the cover was taken as the title.")
            findings.append(Finding(title.place, message))
    inferred = infer_by_look(paragraphs)
    tally = Tally()
    for paragraph in inferred:
        tally.count(_lines_in_larger_type, place=paragraph.place)
    findings += tally.findings()
    return _kinds(paragraphs, styles)


def _lines_in_larger_type(number: int) -> Message:
    return ngettext(
        "${number} line in bold or larger type was read as a heading.",
        "${number} lines in bold or larger type were read as headings.",
        number,
    )


def note_of(paragraphs: Sequence[Paragraph], mark: str, key: str) -> Piece:
    """A note as one piece; its paragraphs are its lines."""
    runs: list[Run] = []
    for paragraph in paragraphs:
        label = [] if paragraph.number is None else [Run(f"{paragraph.number.label} ")]
        runs += [Run("\n"), *label, *paragraph.runs]
        if paragraph.table is not None:
            cells = [cell for row in paragraph.table.rows for cell in row]
            runs += [r for cell in cells for piece in cell.pieces for r in (*piece.runs, Run(" "))]
    place = paragraphs[0].place if paragraphs else None
    return Piece(Kind.NOTE, runs, label=mark, place=place, typed=False, note=key)


def _kinds(paragraphs: Sequence[Paragraph], styles: Named) -> list[Piece]:
    pieces: list[Piece] = []
    items = Items()
    through = _running_lists(paragraphs)
    for place, paragraph in enumerate(paragraphs):
        if paragraph.pieces:
            pieces += paragraph.pieces
        elif paragraph.table is not None:
            pieces.append(Piece(Kind.TABLE, [], place=paragraph.place, table=paragraph.table))
        else:
            piece = _piece(paragraph, place in through, items, styles)
            if piece.kind is Kind.CODE and pieces and pieces[-1].kind is Kind.CODE:
                # Each line of a listing is a paragraph of its own.
                pieces[-1].runs += [Run("\n"), *piece.runs]
            else:
                pieces.append(piece)
    return pieces


def _piece(paragraph: Paragraph, listed: bool, items: Items, styles: Named) -> Piece:
    """A paragraph with its kind. listed: whether its number "1." is that of an item."""
    label = "" if paragraph.number is None else paragraph.number.label
    piece = Piece(Kind.PARAGRAPH, paragraph.runs, label=label, place=paragraph.place)
    if label and (second := _SECOND.match(paragraph.text)):
        # "1." is worked out, and "—(1)" stands behind it in the text: both are the number.
        piece.label, piece.runs = label + second[1], cut(tidy(piece.runs), second.end())
    style = paragraph.style
    if paragraph.title:
        piece.kind = Kind.TITLE
    elif paragraph.level:
        piece.kind, piece.level = Kind.HEADING, paragraph.level
        items.end()
    elif not label and styles.is_named(style, _CODE):
        piece.kind = Kind.CODE
    elif listed or is_listed(paragraph) or styles.is_named(style, r"list (?:bullet|number)"):
        piece.kind, piece.level = Kind.ITEM, items.depth(paragraph)
    elif styles.is_named(style, r"(?:intense )?quot(?:e|ations?)$|block ?(?:text|quote)"):
        piece.kind = Kind.QUOTATION
        piece.runs = unmarked(piece.runs, "em") if _all_slanted(piece.runs) else piece.runs
    elif paragraph.number is not None:
        items.end()
    return piece


def _all_slanted(runs: list[Run]) -> bool:
    return all("em" in run.marks or not run.text.strip() for run in runs)


def _running_lists(paragraphs: Sequence[Paragraph]) -> set[int]:
    """Places of paragraphs "1.", "2." whose list runs through without text in between.

    Such a list is a list; numbers that go on behind headings and other text count paragraphs.
    """
    places: dict[str, list[int]] = {}
    for place, paragraph in enumerate(paragraphs):
        number = paragraph.number
        if number and not paragraph.level and re.fullmatch(r"\d+\.?", number.label):
            places.setdefault(f"{number.list_key}/{number.level}", []).append(place)
    through: set[int] = set()
    for found in places.values():
        between = [p for p in range(found[0], found[-1]) if p not in found]
        broken = sum(not _belongs_to_item(paragraphs[p], paragraphs[found[0]]) for p in between)
        if broken * 3 < len(found):
            through.update(found)
    return through


def _belongs_to_item(paragraph: Paragraph, item: Paragraph) -> bool:
    if paragraph.level:
        return False
    number, level = paragraph.number, item.number.level if item.number else 0
    if number is not None and (number.bullet or number.level > level):
        return True
    return paragraph.indent > item.indent
