"""Notes go where they are called: behind the paragraph with the reference."""

from collections.abc import Iterator

from consult.drafts.importing.blocks import Kind
from consult.drafts.importing.pieces import Piece


def place_notes(pieces: list[Piece]) -> list[Piece]:
    """Move each note behind the first piece that refers to it.

    Notes that nothing refers to stay where they stood.
    """
    called = {key for piece in pieces for key in _calls(piece) if piece.kind is not Kind.NOTE}
    waiting: dict[str, list[Piece]] = {}
    for piece in pieces:
        if piece.kind is Kind.NOTE and piece.note in called:
            waiting.setdefault(piece.note, []).append(piece)
    placed: list[Piece] = []
    for piece in pieces:
        if piece.kind is Kind.NOTE and piece.note in called:
            continue
        placed.append(piece)
        _place(piece, waiting, placed)
    placed.extend(note for notes in waiting.values() for note in notes)
    return placed


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
