"""The part of a text that shows why it was found, with the found words marked."""

from collections.abc import Iterator
from typing import NamedTuple

from markupsafe import Markup

from consult.search.query import Phrase, Prefix, Query, Term, Word
from consult.search.word_analysis import Token, stem, tokens

# Beyond this a text is not looked through: a list of hits has to be quick.
_LOOKED_THROUGH = 50_000
_ELLIPSIS = "…"


class Mark(NamedTuple):
    """A stretch of the text that answers a term."""

    start: int
    end: int
    term: Term


def highlight(text: str, query: Query, length: int = 240) -> Markup:
    """About `length` characters of `text` as HTML: everything escaped, found words in `<mark>`.

    The stretch with the most different terms is taken, the earliest of several; without any, the
    beginning. Where something is left out stands an ellipsis. The text may be of any script and
    direction: show it in an element with `dir="auto"`.
    """
    text = text[:_LOOKED_THROUGH]
    found = list(tokens(text))
    marks = _marks(found, query)
    start, end = _window(text, found, marks, length)
    pieces: list[str] = [_ELLIPSIS] if start else []
    position = start
    for mark in marks:
        if position <= mark.start and mark.end <= end:
            pieces.append(text[position : mark.start])
            pieces.append(Markup("<mark>{}</mark>").format(text[mark.start : mark.end]))
            position = mark.end
    pieces.append(text[position:end])
    if end < len(text):
        pieces.append(_ELLIPSIS)
    # Joining escapes whatever is no markup.
    return Markup("").join(pieces)


def _marks(found: list[Token], query: Query) -> list[Mark]:
    marks = [mark for term in query.wanted() for mark in _of(term, found)]
    return sorted(marks, key=lambda mark: (mark.start, -mark.end))


def _of(term: Term, found: list[Token]) -> Iterator[Mark]:
    match term:
        case Word(text):
            wanted = stem(text)
            for token in found:
                if stem(token.word) == wanted:
                    yield Mark(token.start, token.end, term)
        case Prefix(text):
            for token in found:
                if token.word.startswith(text):
                    yield Mark(token.start, token.end, term)
        case Phrase(words):
            for first in range(len(found) - len(words) + 1):
                run = found[first : first + len(words)]
                if run[0].word == words[0] and all(
                    token.word == word for token, word in zip(run, words, strict=True)
                ):
                    yield Mark(run[0].start, run[-1].end, term)


def _window(text: str, found: list[Token], marks: list[Mark], length: int) -> tuple[int, int]:
    """Where the shown part begins and ends, at edges of words where there are any."""
    if len(text) <= length:
        return 0, len(text)
    first = _best(marks, length)
    start = 0
    if first and first.end > length:
        # A third of the room goes to what leads up to the mark.
        earliest = min(first.start - length // 3, len(text) - length)
        start = next(token.start for token in found if token.start >= earliest)
    if start + length >= len(text):
        return start, len(text)
    ends = [token.end for token in found if start < token.end <= start + length]
    return start, max(ends, default=start + length)


def _best(marks: list[Mark], length: int) -> Mark | None:
    """The mark that has the most different terms within reach after it."""
    best, most = None, 0
    for number, mark in enumerate(marks):
        near = {mark.term}
        for other in marks[number + 1 :]:
            if other.end > mark.start + length * 2 // 3:
                break
            near.add(other.term)
        if len(near) > most:
            best, most = mark, len(near)
    return best
