"""The title of a draft, and headings counted from below it."""

import re
from dataclasses import replace
from pathlib import PurePath

from consult.blocks.blocks import Finding, Kind
from consult.blocks.messages import _, ngettext
from consult.importing.pieces import Piece, Reading
from consult.importing.runs import Run, text_of, tidy, unmarked

# A first heading with one of these words is the first chapter, not the name of the document.
_CHAPTERS = frozenset(
    {
        *("introduction", "foreword", "preface", "summary", "executive summary", "background"),
        *("contents", "table of contents", "purpose", "overview", "scope", "preamble", "context"),
        *("abstract", "einleitung", "vorwort", "avant-propos", "préambule", "introducción"),
        *("definitions", "glossary", "acknowledgements", "about this document", "general"),
    }
)
# A title may stand below a few lines on a cover, not in the middle of the text.
_COVER = 15


def put_title_first(
    pieces: list[Piece], reading: Reading, filename: str, findings: list[Finding]
) -> list[Piece]:
    """The pieces with the title at the head and the shallowest headings on level 1."""
    number = _find_title(pieces, reading)
    if number is not None:
        title = pieces[number]
        rest = pieces[:number] + pieces[number + 1 :]
        before = sum(piece.kind is not Kind.FIGURE for piece in pieces[:number])
        if before:
            message = ngettext(
                "The title stood below ${number} line and is now first.",
                "The title stood below ${number} lines and is now first.",
                before,
            )
            findings.append(Finding(title.place, message))
    else:
        title, rest = _made_title(pieces, reading, filename, findings), pieces
    # What is a number before a heading is a part of the name of a document.
    runs = title.whole or ([Run(f"{title.label} ")] if title.label else []) + title.runs
    runs = tidy(unmarked(runs, "strong"))
    title = replace(title, kind=Kind.TITLE, level=0, label="", runs=runs)
    return [title, *_levelled([_not_title(piece) for piece in rest])]


def _find_title(pieces: list[Piece], reading: Reading) -> int | None:
    """Where in the pieces the title stands."""
    for number, piece in enumerate(pieces):
        if piece.kind is Kind.TITLE:
            return number
    headings = [n for n, piece in enumerate(pieces) if piece.kind is Kind.HEADING]
    if not headings or headings[0] > _COVER:
        return None
    first = headings[0]
    if reading.title and not reading.title_source:
        # Front matter names the document; a heading that says the same again is that title.
        return first if _same(text_of(pieces[first].runs), reading.title) else None
    above = [n for n in headings[1:] if pieces[n].level <= pieces[first].level]
    if pieces[first].level > 1 and (above or first):
        return None
    if above and (pieces[first].label or _is_chapter(pieces[first])):
        return None
    if reading.title and (_is_chapter(pieces[first]) or above):
        # One of several chapters; what the file says of itself decides.
        return first if _is_named(pieces[first], reading.title) else None
    return first


def _is_chapter(piece: Piece) -> bool:
    return text_of(piece.runs).strip(" :.").casefold() in _CHAPTERS


def _is_named(piece: Piece, title: str) -> bool:
    """Whether a stated title, which may go on with a site's name, is that of a heading."""
    name = re.sub(r"\W+", "", text_of(piece.runs)).casefold()
    return bool(name) and re.sub(r"\W+", "", title).casefold().startswith(name)


def _same(one: str, other: str) -> bool:
    return re.sub(r"\W+", "", one).casefold() == re.sub(r"\W+", "", other).casefold()


def _made_title(
    pieces: list[Piece], reading: Reading, filename: str, findings: list[Finding]
) -> Piece:
    """A title from outside the text, with a word in the report where a person should look."""
    title = " ".join(reading.title.split())
    if not title:
        title = _from_filename(filename)
        message = _(
            "No title was found in the text; “${title}” was made from the file's name.", title=title
        )
        findings.append(Finding(None, message))
    elif reading.title_source:
        findings.append(Finding(None, reading.title_source))
    return Piece(Kind.TITLE, tidy([Run(title)]))


def _from_filename(filename: str) -> str:
    stem = PurePath(filename.replace("\\", "/")).stem
    # Dots in versions and hyphens in dates belong to them.
    words = " ".join(re.sub(r"(?<=\d)[.-](?=\d)|([_\W]+)", _gap, stem).split())
    return words[:1].upper() + words[1:] if words else "Untitled draft"


def _gap(match: re.Match[str]) -> str:
    return " " if match[1] else match[0]


def _not_title(piece: Piece) -> Piece:
    """Further lines in the title's style are headings or lines of a cover, read as paragraphs."""
    return replace(piece, kind=Kind.PARAGRAPH) if piece.kind is Kind.TITLE else piece


def _levelled(pieces: list[Piece]) -> list[Piece]:
    levels = [piece.level for piece in pieces if piece.kind is Kind.HEADING]
    shallowest = min(levels, default=1)
    return [
        replace(piece, level=min(6, piece.level - shallowest + 1), runs=_weightless(piece.runs))
        if piece.kind is Kind.HEADING
        else piece
        for piece in pieces
    ]


def _weightless(runs: list[Run]) -> list[Run]:
    """A heading that is bold from end to end says nothing with it."""
    wholly = all("strong" in run.marks or not run.text.strip() for run in runs)
    return tidy(unmarked(runs, "strong")) if wholly else runs
