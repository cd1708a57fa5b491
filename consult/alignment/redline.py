"""What changed between two texts, word by word."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Literal

from consult.alignment.runs import Row, Run, readable_runs

Change = Literal["same", "deleted", "inserted"]


def redline(old: str, new: str) -> list[tuple[Change, str]]:
    """Compare two texts word by word, in reading order, deletions before insertions.

    What is same or inserted, put together, is the new text to the letter. What is same or deleted
    is the old one but for white space and typography, which count for as little here as in the
    alignment (`words.said`) and are shown as the new text has them. No piece is empty, and no two
    of a kind follow one another.
    """
    before, after = Row(old), Row(new)
    pieces = _pieces(before, after, readable_runs(before, after))
    return [
        (kind, "".join(text for _kind, text in group))
        for kind, group in groupby((p for p in pieces if p[1]), key=lambda piece: piece[0])
    ]


def _pieces(before: Row, after: Row, runs: Sequence[Run]) -> Iterator[tuple[Change, str]]:
    """Yield every stretch of text between two words that are the same, and those words."""
    old = new = 0
    for run in runs:
        stretch = after.stretch(run.new, run.length)
        if before.stretch(run.old, run.length) == stretch:
            # As nearly always: nothing between the words differs either.
            yield from _compared(before.between(old, run.old), after.between(new, run.new))
            yield "same", stretch
            old, new = run.old + run.length, run.new + run.length
            continue
        for offset in range(run.length):
            i, j = run.old + offset, run.new + offset
            yield from _compared(before.between(old, i), after.between(new, j))
            yield "same", after.word(j)
            old, new = i + 1, j + 1
    yield from _compared(
        before.between(old, len(before.words)), after.between(new, len(after.words))
    )


def _compared(gone: str, come: str) -> Iterator[tuple[Change, str]]:
    """Compare what stands between two words: only white space at its ends can be the same."""
    if gone == come or (gone.isspace() and come.isspace()):
        yield "same", come
        return
    start = _shared_space(gone, come)
    end = _shared_space(gone[start:][::-1], come[start:][::-1])
    yield "same", come[:start]
    yield "deleted", gone[start : len(gone) - end]
    yield "inserted", come[start : len(come) - end]
    yield "same", come[len(come) - end :]


def _shared_space(one: str, other: str) -> int:
    """Count the characters of white space that both begin with."""
    shared = 0
    for left, right in zip(one, other, strict=False):
        if left != right or not left.isspace():
            break
        shared += 1
    return shared
