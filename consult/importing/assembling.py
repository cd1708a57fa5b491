"""Pieces in, the finished draft out: labels, depths, notes, title, safety and limits.

What happens here happens to every format alike.
"""

import re
import unicodedata
from dataclasses import replace

from consult.blocks.blocks import Block, Draft, Finding, ImportRefused, Kind
from consult.blocks.messages import _
from consult.importing import limits
from consult.importing.bare_numbers import label_bare_numbers, take_headings_for_numbers
from consult.importing.depths import Depths
from consult.importing.labels import Label, cut_bullet, find_label
from consult.importing.notes import place_notes
from consult.importing.pieces import Piece, Reading
from consult.importing.polishing import polish
from consult.importing.private import unknown_signs
from consult.importing.runs import Run, cut, text_of, tidy
from consult.importing.scripts import spell_scripts
from consult.importing.tables import number_of_characters, render_figure, render_table
from consult.importing.tally import Tally, shortened
from consult.importing.titles import put_title_first
from consult.importing.wording import TOO_MANY_PARAGRAPHS, links_to_top, too_long

# Labels of these forms set an item apart within a paragraph; "3.12" and "5." number paragraphs.
_ITEM_MARKS = "()"
_LONE = re.compile(r"[(（]?(?:\d{1,3}[A-Z]?|[a-z]|[ivx]{1,5})[.)）]|\d{1,3}(?:\.\d{1,3})+\.?")
_TO_TOP = re.compile(r"\W*[↑⇑⇧▲](?:\s*back)?(?:\s*to)?\s*top\W*", re.IGNORECASE)


def assemble(reading: Reading, filename: str, key: str) -> Draft:
    """Make the draft. Raises ImportRefused where nothing to read is left or a limit is passed."""
    _check_size(reading.pieces)
    for piece in reading.pieces:
        _spell_scripts(piece)
    pieces = label_bare_numbers([_labelled(piece) for piece in reading.pieces])
    findings = [*reading.findings, *unknown_signs(reading)]
    pieces = _without_links_to_top([piece for piece in pieces if _has_content(piece)], findings)
    pieces = take_headings_for_numbers(pieces)
    if not pieces:
        raise ImportRefused(
            _(
                "No text was found in this file; if it holds scanned pages or pictures, choose a"
                " file with the text itself."
            )
        )
    pieces = place_notes(_joined(pieces), findings)
    pieces = put_title_first(pieces, reading, filename, findings)
    depths = Depths()
    blocks = tuple(_block(depths.deepen(piece)) for piece in pieces)
    shown = {
        digest: image
        for digest, image in reading.images.items()
        if any(f'"figure:{digest}"' in block.html for block in blocks)
    }
    return Draft(blocks, tuple(shortened(findings)), reading.language, key, shown)


def _spell_scripts(piece: Piece) -> None:
    """Write raised figures, also in tables, so that they stay apart from others wherever they go."""
    if piece.kind is not Kind.CODE:
        piece.runs = spell_scripts(piece.runs)
    if piece.table is not None:
        piece.table.caption = spell_scripts(piece.table.caption)
        for row in piece.table.rows:
            for cell in row:
                for inner in cell.pieces:
                    _spell_scripts(inner)


def _check_size(pieces: list[Piece]) -> None:
    if len(pieces) > limits.MAX_BLOCKS:
        raise ImportRefused(TOO_MANY_PARAGRAPHS)
    for piece in pieces:
        if number_of_characters(piece) > limits.MAX_BLOCK_CHARACTERS:
            raise ImportRefused(too_long(piece.place))


def _labelled(piece: Piece) -> Piece:
    """Take a typed label or bullet off the text of a piece."""
    if piece.kind in (Kind.CODE, Kind.TABLE, Kind.FIGURE):
        return piece
    runs = tidy(piece.runs)
    text = text_of(runs)
    if piece.typed and not piece.label and piece.kind is not Kind.TITLE:
        bullet = cut_bullet(text) if piece.kind in (Kind.PARAGRAPH, Kind.ITEM) else 0
        if bullet and not runs[0].note:
            return replace(piece, kind=Kind.ITEM, runs=cut(runs, bullet))
        found = find_label(_with_tabulator(runs, text), heading=piece.kind is Kind.HEADING)
        if found:
            return _with_second_label(_with_label(replace(piece, runs=runs), found))
    return replace(piece, runs=runs)


def _with_tabulator(runs: list[Run], text: str) -> str:
    """The text, with the blank behind a bold number made a mark of what the author meant."""
    if len(runs) > 1 and "strong" in runs[0].marks and "strong" not in runs[1].marks:
        first = runs[0].text
        cut_off = text[len(first) :] if first[-1] in " \t" else text[len(first) + 1 :]
        if runs[1].text[:1] in (" ", "\t") or first[-1] in " \t":
            return f"{first.rstrip()}\t{cut_off}"
    return text


def _with_label(piece: Piece, found: Label) -> Piece:
    kind = piece.kind
    marked = found.label[0] in _ITEM_MARKS or found.label[-1] in _ITEM_MARKS
    lettered = found.label[:-1].isalpha() and found.label.endswith(".")
    if kind in (Kind.PARAGRAPH, Kind.QUOTATION) and (marked or lettered):
        # A quotation too: many use its sign to set the items of a list further in.
        kind = Kind.ITEM
    rest = cut(piece.runs, found.length)
    return replace(piece, kind=kind, label=found.label, runs=rest, whole=piece.runs)


def _with_second_label(piece: Piece) -> Piece:
    """ "3. (a) The search ...": the first item stands on the line of its paragraph's number."""
    found = find_label(text_of(piece.runs))
    if piece.kind is Kind.PARAGRAPH and found and re.fullmatch(r"—?\((?:a|i|1|A)\)", found.label):
        gap = "" if found.label.startswith("—") else " "
        label = f"{piece.label}{gap}{found.label}"
        return replace(piece, label=label, runs=cut(piece.runs, found.length))
    return piece


def _has_content(piece: Piece) -> bool:
    """Whether there is something to read: lines across the page and stray signs are nothing."""
    if piece.table is not None or piece.kind in (Kind.FIGURE, Kind.CODE):
        return piece.kind is not Kind.CODE or bool(piece.runs)
    text = text_of(piece.runs)
    return any(character.isalnum() or unicodedata.category(character) == "So" for character in text)


def _without_links_to_top(pieces: list[Piece], findings: list[Finding]) -> list[Piece]:
    """Leave out lines that are a site's arrow back to the top of its page."""
    kept, tally = [], Tally()
    for piece in pieces:
        if piece.table is None and _TO_TOP.fullmatch(text_of(piece.runs).strip()):
            tally.count(links_to_top, place=piece.place)
        else:
            kept.append(piece)
    findings += tally.findings()
    return kept


def _joined(pieces: list[Piece]) -> list[Piece]:
    """Make one of a number and the text that stands by itself on the next line.

    Headings are set so, "Article 5" above "Scope", and items in some layouts of law.
    """
    joined: list[Piece] = []
    for piece in pieces:
        before = joined[-1] if joined else None
        if (
            before is not None
            and before.kind is piece.kind is Kind.HEADING
            and before.level == piece.level
            and not before.label
            and not piece.label
            and (label := _whole_label(before))
        ):
            joined[-1] = replace(piece, label=label, place=before.place)
        elif before is not None and _is_lone_number(before) and _takes_number(piece):
            runs = [*before.runs, Run("\t"), *piece.runs]
            joined[-1] = _labelled(replace(before, runs=runs))
        else:
            joined.append(piece)
    return joined


def _is_lone_number(piece: Piece) -> bool:
    """Whether a paragraph holds "(a)" or "3.12" and nothing else. "12" may be a page's number."""
    text = text_of(piece.runs).strip()
    return piece.kind is Kind.PARAGRAPH and not piece.label and bool(_LONE.fullmatch(text))


def _takes_number(piece: Piece) -> bool:
    return piece.kind is Kind.PARAGRAPH and not piece.label and piece.table is None


def _whole_label(piece: Piece) -> str:
    """The text of a piece if it is a label and nothing else, with no note called from it."""
    if any(run.note for run in piece.runs):
        return ""
    text = " ".join(text_of(piece.runs).split())
    found = find_label(text + "\tX")
    return text if found and found.length == len(text) + 1 else ""


def _block(piece: Piece) -> Block:
    if piece.table is not None:
        html, text = polish(render_table(piece.table))
    elif piece.picture is not None:
        html, text = polish(render_figure(piece))
    elif piece.kind is Kind.CODE:
        html, text = polish(piece.runs, keep_blanks=True)
    else:
        html, text = polish(piece.runs)
    return Block(piece.kind, piece.level, piece.label, html, text, piece.place)
