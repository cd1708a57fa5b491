"""The words of a paragraph that a comment is about.

A quote is kept as the W3C Web Annotation Data Model has it: a TextQuoteSelector (`exact`,
`prefix`, `suffix`; section 4.2.4) refined by a TextPositionSelector (`start`; section 4.2.5).
Offsets count code points of the wording's plain text, as `consult.text.plain_text` gives it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice, takewhile

from markupsafe import Markup

from consult.text.folding import find_folded, fold
from consult.text.markup import stored, written
from consult.text.runs import Piece, placed

#: Characters that a quote may have; who means more means the whole paragraph.
MAX_QUOTE = 1_000

#: Characters kept of what stands before and after a quote.
CONTEXT = 32

# A phrase that stands in one paragraph more often than this is a letter or a space.
_MAX_OCCURRENCES = 500

_QUOTED = Markup('<mark class="quoted">{}</mark>')


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a wording's plain text, with those around them and where they begin."""

    exact: str
    prefix: str
    suffix: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.exact)


class QuoteNotFound(ValueError):
    """The words do not stand in the text, or there are none, or too many."""


def find(text: str, exact: str, prefix: str = "", suffix: str = "") -> Quote:
    """Find the words that a person gave in a wording's plain text.

    White space never matters. Words that stand there as given come first, then those that
    differ in typography only, then in case. Among several occurrences that one wins whose
    surroundings agree best with `prefix` and `suffix`, else the first. What the result holds is
    cut from the text itself. Raises QuoteNotFound.
    """
    wanted = " ".join(exact.split())
    if not wanted:
        raise QuoteNotFound("no words to look for")
    if len(wanted) > MAX_QUOTE:
        raise QuoteNotFound(f"a quote has at most {MAX_QUOTE} characters, not {len(wanted)}")
    places = _places(text, wanted)
    if not places:
        raise QuoteNotFound("these words do not stand in the text")
    before, after = _context(prefix)[-CONTEXT:], _context(suffix)[:CONTEXT]
    start, end = max(places, key=lambda place: _agreement(text, place, before, after))
    return Quote(
        exact=text[start:end],
        prefix=text[max(0, start - CONTEXT) : start],
        suffix=text[end : end + CONTEXT],
        start=start,
    )


def _places(text: str, wanted: str) -> list[tuple[int, int]]:
    for occurrences in (
        _verbatim(text, wanted),
        find_folded(text, wanted),
        find_folded(text, wanted, case=True),
    ):
        places = list(islice(occurrences, _MAX_OCCURRENCES))
        if places:
            return places
    return []


def _verbatim(text: str, wanted: str) -> Iterator[tuple[int, int]]:
    start = text.find(wanted)
    while start >= 0:
        yield start, start + len(wanted)
        start = text.find(wanted, start + 1)


def _context(text: str) -> str:
    return fold(text[:MAX_QUOTE], case=True).strip()


def _agreement(text: str, place: tuple[int, int], before: str, after: str) -> int:
    """Count the characters next to a place that agree with folded ones given."""
    start, end = place
    standing_before = _context(text[max(0, start - CONTEXT) : start])
    standing_after = _context(text[end : end + CONTEXT])
    return _common(reversed(standing_before), reversed(before)) + _common(standing_after, after)


def _common(one: Iterable[str], other: Iterable[str]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def spans(text: str, quotes: Iterable[Quote]) -> list[tuple[int, int]]:
    """Where those of the quotes stand that are in this text: sorted, merged, not overlapping.

    A quote stands where it was made or, in another version of the text, at the only place that
    has its words; where that is not certain it does not stand.
    """
    merged: list[tuple[int, int]] = []
    for start, end in sorted(filter(None, (_standing(text, quote) for quote in quotes))):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _standing(text: str, quote: Quote) -> tuple[int, int] | None:
    if not quote.exact:
        return None
    if text.startswith(quote.exact, quote.start):
        return quote.start, quote.end
    places = list(islice(_verbatim(text, quote.exact), 2))
    return places[0] if len(places) == 1 else None


def highlight(html: str, ranges: Sequence[tuple[int, int]]) -> Markup:
    """Wrap ranges of plain_text(html) in <mark class="quoted">, inside sanitised HTML.

    A mark ends at each tag and begins again behind it, so that the result is as well formed as
    what came in, and has the same plain text.
    """
    wanted = bytearray(len(html) + 1)
    for start, end in ranges:
        start, end = max(start, 0), min(end, len(html))
        if start < end:
            wanted[start:end] = b"\x01" * (end - start)
    if not any(wanted):
        return stored(html)
    found = list(placed(html))
    apart = [True, *(run.separates for run, _pieces in found), True]
    parts = []
    for number, (run, pieces) in enumerate(found):
        flags = _flags(pieces, wanted, apart[number], apart[number + 2])
        marked = not run.name and any(flags)
        parts.append(_marked(run.text, flags) if marked else stored(run.html))
    return Markup("").join(parts)


def _flags(
    pieces: Sequence[Piece], wanted: bytearray, apart_before: bool, apart_behind: bool
) -> bytearray:
    """Say of each character of a run of text whether it is wanted."""
    flags = bytearray()
    for number, (text, start, blank) in enumerate(pieces):
        at_edge = (number == 0 and apart_before) or (number == len(pieces) - 1 and apart_behind)
        if not blank:
            flags += wanted[start : start + len(text)]
        elif at_edge or not start:
            # White space at the edge of a block is none that anybody sees.
            flags += bytes(len(text))
        else:
            flags += wanted[start : start + 1] * len(text)
    return flags


def _marked(text: str, flags: bytearray) -> Markup:
    pieces = []
    for flag, positions in groupby(range(len(text)), key=lambda position: flags[position]):
        piece = written("".join(text[position] for position in positions))
        pieces.append(_QUOTED.format(piece) if flag else piece)
    return Markup("").join(pieces)
