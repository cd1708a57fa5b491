"""Paragraph numbers without a mark: "1 The Code applies", "2 It binds", "3 Its aim"."""

import re
from dataclasses import replace

from consult.drafts.importing.blocks import Kind
from consult.drafts.importing.pieces import Piece
from consult.drafts.importing.runs import cut, text_of, tidy

_NUMBERED = re.compile(r"(\d{1,3})[ \xa0\t]+(?=[^\W\d_a-z]|[“‘\"'(\[])")
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
