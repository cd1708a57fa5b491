"""A redline laid over the HTML of the new wording, so that links, emphasis and tables stay."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from markupsafe import Markup

from consult.alignment.marking import to_html
from consult.redline.redlining import Pairs
from consult.text.markup import stored, written
from consult.text.runs import Piece, placed


def over_html(html: str, pairs: Pairs, *, deleted: str, inserted: str) -> Markup:
    """Mark in sanitised HTML what was inserted, and put in what was deleted.

    `pairs` is a redline whose new text is `plain_text(html)`. An insertion ends at each tag and
    begins again behind it, and what was deleted stands where the redline has it, so the result is as
    well formed as what came in. `deleted` and `inserted` are said to those who do not see it.
    """
    if "<" not in html:
        return to_html(pairs, deleted=deleted, inserted=inserted)
    return _Overlay(pairs, deleted, inserted).over(html)


class _Overlay:
    """Walks through the text of some HTML; `place` counts characters of its plain text."""

    def __init__(self, pairs: Pairs, deleted: str, inserted: str) -> None:
        self._deleted: dict[int, str] = {}
        self._starts: list[int] = []
        self._marks: list[str] = []
        self._spoken = {"deleted": deleted, "inserted": inserted}
        end = 0
        for mark, words in pairs:
            if mark == "deleted":
                self._deleted[end] = self._deleted.get(end, "") + words
                continue
            self._starts.append(end)
            self._marks.append(mark)
            end += len(words)
        self.place = 0

    def over(self, html: str) -> Markup:
        """Return the HTML with the redline in it."""
        parts = [Markup("")]
        last = 0
        for run, pieces in placed(html):
            if run.name:
                parts.append(stored(run.html) + self._described(pieces))
            elif run.html.isspace():
                parts.append(stored(run.html))
            else:
                last = len(parts)
                parts.append(self._written(self._pieces(pieces)))
        # What was deleted at the end stands behind the last words.
        rest = [("deleted", self._deleted[place]) for place in sorted(self._deleted)]
        parts[last] += self._written(rest)
        return Markup("").join(parts)

    def _described(self, description: Sequence[Piece]) -> Markup:
        """Return the description of a picture with what changed in it; nothing where that is none."""
        pieces = list(self._pieces(description))
        changed = any(mark != "same" for mark, _words in pieces)
        return self._written(pieces) + " " if changed else Markup("")

    def _pieces(self, pieces: Sequence[Piece]) -> Iterator[tuple[str, str]]:
        """Yield the text of pieces, each stretch of it with its mark."""
        for text, start, blank in pieces:
            yield from self._gone()
            if blank:
                yield self._mark() if self.place else "same", text
                continue
            self.place = start
            end = start + len(text)
            while text:
                yield from self._gone()
                stop = min(self._next(), end)
                length = stop - self.place
                yield self._mark(), text[:length]
                self.place, text = stop, text[length:]
        if pieces and not pieces[-1].blank:
            # What was deleted right behind these words belongs to them, not into a tag that follows.
            yield from self._gone()

    def _mark(self) -> str:
        number = bisect_right(self._starts, self.place) - 1
        return self._marks[number] if number >= 0 else "same"

    def _next(self) -> int:
        """Return the next place where something begins; what was deleted stands at such a place."""
        number = bisect_right(self._starts, self.place)
        return self._starts[number] if number < len(self._starts) else 1 << 31

    def _gone(self) -> Iterator[tuple[str, str]]:
        words = self._deleted.pop(self.place, "")
        if words:
            yield "deleted", words

    def _written(self, pieces: Iterable[tuple[str, str]]) -> Markup:
        made = []
        for mark, group in groupby(pieces, key=lambda piece: piece[0]):
            words = "".join(text for _mark, text in group)
            if mark == "same" or (mark == "inserted" and words.isspace()):
                made.append(written(words))
            else:
                made.append(to_html([(mark, words)], **self._spoken))
        return Markup("").join(made)
