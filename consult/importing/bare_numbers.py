"""Paragraph numbers without a mark: "1 The Code applies", "2 It binds", "3 Its aim".

Or each as a heading of its own above its paragraph.
"""

import re
from dataclasses import replace

from consult.blocks.blocks import Kind
from consult.importing.pieces import Piece
from consult.importing.runs import cut, text_of, tidy

_NUMBERED = re.compile(r"(\d{1,3})[ \xa0\t]+(?=[^\W\d_a-z]|[“‘\"'(\[])")
_NUMBER_ALONE = re.compile(r"(\d{1,3})\.?")
# With fewer in a row, a number is taken for a part of its sentence.
_FEWEST = 3


def label_bare_numbers(pieces: list[Piece]) -> list[Piece]:
    """Take numbers off paragraphs that count from 1 upwards without a gap."""
    labelled = list(pieces)
    chain: list[int] = []
    for number, piece in enumerate(pieces):
        if piece.kind is not Kind.PARAGRAPH or piece.label or not piece.typed:
            continue
        match = _NUMBERED.match(text_of(tidy(piece.runs)))
        if not match:
            continue
        if int(match[1]) == len(chain) + 1:
            chain.append(number)
        elif int(match[1]) == 1:
            _take_off(labelled, chain)
            chain = [number]
    _take_off(labelled, chain)
    return labelled


def _take_off(pieces: list[Piece], chain: list[int]) -> None:
    if len(chain) < _FEWEST:
        return
    for number in chain:
        runs = tidy(pieces[number].runs)
        match = _NUMBERED.match(text_of(runs))
        if match:
            pieces[number] = replace(pieces[number], label=match[1], runs=cut(runs, match.end()))


def take_headings_for_numbers(pieces: list[Piece]) -> list[Piece]:
    """Number paragraphs by the headings above them that are nothing but "1", "2", "3" ...

    They are chapters, not numbers, where worded headings stand at their level too.
    """
    numbers = [place for place, piece in enumerate(pieces) if _number_alone(piece)]
    levels = {pieces[place].level for place in numbers}
    worded = {
        piece.level for piece in pieces if piece.kind is Kind.HEADING and not _number_alone(piece)
    }
    counted = [_number_alone(pieces[place]).rstrip(".") for place in numbers]
    if (
        len(numbers) < _FEWEST
        or len(levels) > 1
        or not any(level < min(levels) for level in worded)
        or levels & worded
        or counted != [str(number) for number in range(1, len(numbers) + 1)]
    ):
        return pieces
    taken: list[Piece] = []
    heads = set(numbers)
    for place, piece in enumerate(pieces):
        if place - 1 in heads and piece.kind is Kind.PARAGRAPH and not piece.label:
            head = taken.pop()
            piece = replace(piece, label=_number_alone(head), place=head.place)
        taken.append(piece)
    return taken


def _number_alone(piece: Piece) -> str:
    """The text of a heading that is a number and nothing else; empty for all other pieces."""
    if piece.kind is not Kind.HEADING or piece.label or any(run.note for run in piece.runs):
        return ""
    text = text_of(piece.runs).strip()
    return text if _NUMBER_ALONE.fullmatch(text) else ""
