"""A plain text file as pieces."""

import re
from dataclasses import replace

from consult.blocks.blocks import Finding, Kind
from consult.blocks.places import Place, Unit
from consult.importing.decoding import decode
from consult.importing.labels import cut_bullet, find_label
from consult.importing.pieces import Piece, Reading
from consult.importing.plain.headings import heading_level, is_title_line
from consult.importing.plain.levels import Levels
from consult.importing.plain.pages import join_pages
from consult.importing.plain.stretches import Line, Stretch, gather, join_lines
from consult.importing.runs import Run

_UNDERLINE = re.compile(r"([=\-~_*^\"#])\1{2,}")
_NOTE = re.compile(r"\[(\d{1,3}|[*†])\][ \t]+(?=\S)")
_CALL = re.compile(r"(?<=\S)\[(\d{1,3}|[*†])\]|(?<=\w) \[(\d{1,3})\](?=[\s.,;:)]|$)")
_PAGE = re.compile(r"(?:page|seite|-)?\s*\d{1,4}\s*(?:(?:of|/|von)\s*\d{1,4}|-)?", re.IGNORECASE)


def read(data: bytes) -> Reading:
    """Read a text. Raises ImportRefused."""
    findings: list[Finding] = []
    stretches = gather(_lines(decode(data, findings), findings))
    pieces = _pieces(_underlined(stretches))
    return Reading(_called(pieces), findings)


def _lines(text: str, findings: list[Finding]) -> list[Line]:
    """The lines with their indentation."""
    lines = []
    for number, raw in join_pages(text, findings):
        spread = raw.expandtabs(8).rstrip()
        body = spread.lstrip()
        # Tabulators within a line set labels apart; those before it are its indentation.
        lines.append(Line(raw.strip(), len(spread) - len(body), number))
    return lines


def _underlined(stretches: list[Stretch]) -> list[tuple[Stretch, str]]:
    """Each stretch with the sign that underlines it, if it is a heading made so."""
    marked: list[tuple[Stretch, str]] = []
    for stretch in stretches:
        texts = [line.text for line in stretch.lines]
        rule = _UNDERLINE.fullmatch(texts[-1].replace(" ", ""))
        if rule and len(texts) > 1 and len(texts) <= 4 and not stretch.drawn:
            title = [line for line in stretch.lines if not _UNDERLINE.fullmatch(line.text)]
            marked.append((Stretch(title, True, "", True), rule[1]) if title else (stretch, ""))
        elif rule and len(texts) == 1:
            # A line below a heading of its own, or a line across the page.
            if (
                marked
                and not stretch.after_gap
                and not marked[-1][1]
                and len(marked[-1][0].lines) == 1
            ):
                marked[-1] = (replace(marked[-1][0], marker=""), rule[1])
        elif len(texts) > 1 and _UNDERLINE.fullmatch(texts[1]) and len(texts[0]) < 100:
            marked.append((Stretch(stretch.lines[:1], stretch.after_gap, "", True), texts[1][0]))
            marked.append((Stretch(stretch.lines[2:], True, "", stretch.closed), ""))
        else:
            marked.append((stretch, ""))
    return marked


def _pieces(marked: list[tuple[Stretch, str]]) -> list[Piece]:
    pieces: list[Piece] = []
    base = _body_indent([stretch for stretch, _ in marked])
    levels = Levels()
    signs: list[str] = []
    for number, (stretch, sign) in enumerate(marked):
        previous = marked[number - 1][0] if number else None
        following = marked[number + 1][0] if number + 1 < len(marked) else None
        place = Place(Unit.LINE, stretch.lines[0].number)
        if number == 0 and (sign or is_title_line(stretch, following)):
            pieces.append(Piece(Kind.TITLE, [Run(stretch.text)], place=place))
            continue
        if sign:
            signs += [] if sign in signs else [sign]
            pieces.append(
                Piece(Kind.HEADING, [Run(stretch.text)], signs.index(sign) + 1, place=place)
            )
            continue
        if level := heading_level(stretch, previous, following, base):
            levels.end()
            pieces.append(Piece(Kind.HEADING, [Run(stretch.text)], level + len(signs), place=place))
            continue
        if _PAGE.fullmatch(stretch.text) and stretch.after_gap and stretch.closed:
            continue
        pieces.append(_piece(stretch, base, levels, place))
    return pieces


def _piece(stretch: Stretch, base: int, levels: Levels, place: Place) -> Piece:
    """A stretch that is no heading."""
    if stretch.drawn:
        left = min(line.indent for line in stretch.lines)
        rows = [" " * (line.indent - left) + line.text for line in stretch.lines]
        return Piece(Kind.CODE, [Run("\n".join(rows))], place=place)
    if note := _NOTE.match(stretch.text):
        text = stretch.text[note.end() :]
        return Piece(Kind.NOTE, [Run(text)], label=note[1], place=place, typed=False, note=note[1])
    if all(line.text.startswith(">") for line in stretch.lines):
        text = join_lines([line.text.lstrip("> ") for line in stretch.lines])
        return Piece(Kind.QUOTATION, [Run(text)], place=place)
    text = stretch.text
    if not stretch.marker:
        if stretch.indent <= base and stretch.after_gap:
            levels.end()
        kept = _short_lines(stretch)
        text = "\n".join(line.text for line in stretch.lines) if kept else text
        return Piece(Kind.PARAGRAPH, [Run(text)], place=place)
    return _item(stretch, text, base, levels, place)


def _item(stretch: Stretch, text: str, base: int, levels: Levels, place: Place) -> Piece:
    numbered = find_label(text)
    bullet = 0 if numbered and numbered.label == stretch.marker else cut_bullet(text)
    if stretch.marker.startswith("o"):
        bullet = len(stretch.marker)
    decimal = re.fullmatch(r"\d{1,3}(?:\.\d{1,3})*\.?", stretch.marker)
    # "3.12", and "5." at the margin, number paragraphs; further in they number items.
    paragraph = decimal and ("." in stretch.marker[:-1] or stretch.indent <= base)
    if paragraph and not levels.holds(stretch):
        levels.end()
        kind, level = Kind.PARAGRAPH, 0
    else:
        kind, level = Kind.ITEM, levels.depth(stretch)
    if bullet:
        return Piece(kind, [Run(text[bullet:])], level, place=place, typed=False)
    length = numbered.length if numbered else 0
    label = numbered.label if numbered else ""
    return Piece(kind, [Run(text[length:])], level, label, place, typed=False)


def _body_indent(stretches: list[Stretch]) -> int:
    """How far the running text is indented: the least that a good part of it shares."""
    counts: dict[int, int] = {}
    for stretch in stretches:
        if not stretch.marker and (len(stretch.lines) > 1 or len(stretch.text) > 80):
            counts[stretch.indent] = counts.get(stretch.indent, 0) + len(stretch.text)
    total = sum(counts.values())
    return min((indent for indent, length in counts.items() if length * 10 > total), default=0)


def _short_lines(stretch: Stretch) -> bool:
    """Whether line breaks say something, as in an address."""
    lines = [line.text for line in stretch.lines]
    return len(lines) > 1 and max(map(len, lines)) < 45 and not any(x.endswith("-") for x in lines)


def _called(pieces: list[Piece]) -> list[Piece]:
    """Join references such as "[1]" in the text to the notes at its end."""
    notes = {piece.note for piece in pieces if piece.kind is Kind.NOTE}
    if not notes:
        return pieces
    called = []
    for piece in pieces:
        if piece.kind in (Kind.NOTE, Kind.CODE):
            called.append(piece)
            continue
        runs: list[Run] = []
        for run in piece.runs:
            position = 0
            for match in _CALL.finditer(run.text):
                key = match[1] or match[2]
                if key in notes:
                    runs.append(Run(run.text[position : match.start()]))
                    runs.append(Run(key, marks=frozenset({"sup"}), note=key))
                    position = match.end()
            runs.append(Run(run.text[position:]))
        called.append(replace(piece, runs=runs))
    return called
