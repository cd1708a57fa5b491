"""Notes go where they are called: behind the paragraph with the reference."""

import re
from collections.abc import Iterator

from consult.blocks.blocks import Finding, Kind
from consult.blocks.messages import _
from consult.importing.pieces import Piece
from consult.importing.runs import text_of

_HEADING = re.compile(
    r"(?:foot|end)?notes?|references|notes and references|anmerkungen|fußnoten|notas|voetnoten",
    re.IGNORECASE,
)


def place_notes(pieces: list[Piece], findings: list[Finding]) -> list[Piece]:
    """Move each note behind the first piece that refers to it.

    Notes that nothing refers to stay where they stood. A heading "Notes" with nothing left below
    it goes, which the report says.
    """
    called = {key for piece in pieces for key in _calls(piece) if piece.kind is not Kind.NOTE}
    waiting: dict[str, list[Piece]] = {}
    for piece in pieces:
        if piece.kind is Kind.NOTE and piece.note in called:
            waiting.setdefault(piece.note, []).append(piece)
    placed: list[Piece] = []
    emptied = _emptied_headings(pieces, called)
    for number in emptied:
        message = _(
            "Notes now stand behind their paragraphs; the heading “${heading}” was left out.",
            heading=text_of(pieces[number].runs),
        )
        findings.append(Finding(pieces[number].place, message))
    for number, piece in enumerate(pieces):
        if number in emptied or (piece.kind is Kind.NOTE and piece.note in called):
            continue
        placed.append(piece)
        _place(piece, waiting, placed)
    placed.extend(note for notes in waiting.values() for note in notes)
    return placed


def _emptied_headings(pieces: list[Piece], called: set[str]) -> list[int]:
    """Headings over nothing but notes that move away."""
    emptied = []
    for number, piece in enumerate(pieces):
        if piece.kind is not Kind.HEADING or not _HEADING.fullmatch(
            text_of(piece.runs).strip(" :")
        ):
            continue
        below = number + 1
        while (
            below < len(pieces) and pieces[below].kind is Kind.NOTE and pieces[below].note in called
        ):
            below += 1
        ended = below == len(pieces) or pieces[below].kind is Kind.HEADING
        if below > number + 1 and ended:
            emptied.append(number)
    return emptied


def _place(piece: Piece, waiting: dict[str, list[Piece]], placed: list[Piece]) -> None:
    """Append the notes called from a piece, each followed by the notes called from it."""
    open_calls = list(_calls(piece))
    while open_calls:
        notes = waiting.pop(open_calls.pop(0), [])
        placed.extend(notes)
        open_calls[:0] = [key for note in notes for key in _calls(note)]


def _calls(piece: Piece) -> Iterator[str]:
    """The keys of the notes that a piece refers to, in order."""
    for run in piece.runs:
        if run.note:
            yield run.note
    if piece.table is not None:
        for row in piece.table.rows:
            for cell in row:
                for inner in cell.pieces:
                    yield from _calls(inner)
