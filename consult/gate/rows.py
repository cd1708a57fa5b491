"""What the gate says of each entry: the change in one line, and the whole of it when it is opened."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from consult.alignment import FateKind
from consult.blocks.blocks import Kind
from consult.fates.comparing import Change
from consult.fates.sides import Line, Sides
from consult.fates.wording_rows import words_in
from consult.gate.entries import Entry
from consult.redline.redlining import Mark, Pairs, redlined
from consult.redline.wording_html import changed
from consult.text import excerpt
from consult.web import Request

#: Characters of longer texts are not compared word by word: both are shown whole.
LONGEST = 12_000

#: Characters of a line, and those that stand around a change in it.
LINE = 260
AROUND = 36

#: What a reader sees of a change: a redline of words, or HTML where there is more than words.
Shown = Pairs | Markup

_MORE_THAN_WORDS = (Kind.TABLE, Kind.FIGURE)


@dataclass(frozen=True, slots=True)
class Row:
    """An entry with its change in one line; `whole` has each part of it with what changed."""

    entry: Entry
    line: Pairs
    whole: tuple[tuple[Line | None, Shown], ...]


class Words:
    """The texts of both versions, read for a few entries at once, in two queries."""

    def __init__(
        self, request: Request, sides: Sides, olds: Iterable[Line], news: Iterable[Line]
    ) -> None:
        self._localizer = request.localizer
        self._old = words_in(request.db, sides.last, {line.paragraph_id for line in olds})
        self._new = words_in(request.db, sides.version, {line.paragraph_id for line in news})

    def old(self, line: Line) -> str:
        """Return the words of an old paragraph."""
        return self._old[line.paragraph_id].text

    def new(self, line: Line) -> str:
        """Return the words of a new paragraph."""
        return self._new[line.paragraph_id].text

    def whole(self, line: Line) -> Shown:
        """Return an old paragraph as readers see it."""
        said = self._old[line.paragraph_id]
        if said.kind not in _MORE_THAN_WORDS:
            return (("same", said.text),)
        as_it_is = Change(FateKind.UNCHANGED, (said,), (said,), edited=False)
        return changed(as_it_is, self._localizer)[0]

    def redline(self, olds: Sequence[Line], news: Sequence[Line]) -> tuple[Pairs, ...]:
        """Return a redline for each of `news`; where there is none, one of what is gone."""
        before = tuple(self._old[line.paragraph_id].text for line in olds)
        after = tuple(self._new[line.paragraph_id].text for line in news)
        if sum(map(len, before + after)) <= LONGEST:
            return redlined(before, after)
        gone: Pairs = tuple(("deleted", text) for text in before)
        come: list[Pairs] = [(("inserted", text),) for text in after] or [()]
        return (gone + come[0], *come[1:])

    def shown(self, olds: Sequence[Line], news: Sequence[Line]) -> Sequence[Shown]:
        """Return the same as readers see it: tables are tables, and pictures are pictures."""
        if not any(line.kind in _MORE_THAN_WORDS for line in (*olds, *news)):
            return self.redline(olds, news)
        before = tuple(self._old[line.paragraph_id] for line in olds)
        after = tuple(self._new[line.paragraph_id] for line in news)
        kind = FateKind.EDITED if olds and news else FateKind.REMOVED if olds else FateKind.NEW
        return changed(Change(kind, before, after, edited=True), self._localizer)


def rows_of(request: Request, sides: Sides, entries: Sequence[Entry]) -> list[Row]:
    """Return entries as rows."""
    olds = [line for entry in entries for line in entry.olds]
    words = Words(request, sides, olds, [line for entry in entries for line in entry.news])
    return [_row(entry, words) for entry in entries]


def _row(entry: Entry, words: Words) -> Row:
    if entry.kind is FateKind.UNCHANGED:
        return Row(entry, _beginning(words.new(entry.news[0])), ())
    if entry.kind in (FateKind.EDITED, FateKind.MOVED) and entry.likeness < 1:
        short = condensed(words.redline(entry.olds, entry.news)[0])
    else:
        short = _beginning(words.new(entry.news[0]) if entry.old is None else words.old(entry.old))
    parts: list[Line | None] = [*entry.news] or [None]
    shown = words.shown(entry.olds, entry.news)
    return Row(entry, short, tuple(zip(parts, shown, strict=True)))


def _beginning(text: str) -> Pairs:
    return (("same", excerpt(text, LINE)),)


def condensed(pairs: Pairs) -> Pairs:
    """Return what changed with a few words around it, in about one line."""
    found: list[tuple[Mark, str]] = []
    length = 0
    for number, (mark, text) in enumerate(pairs):
        if mark == "same":
            text = _shortened(text, number == 0, number == len(pairs) - 1)
        elif len(text) > LINE:
            text = excerpt(text, LINE)
        found.append((mark, text))
        length += len(text)
        if length > LINE:
            break
    return tuple(found)


def _shortened(text: str, first: bool, last: bool) -> str:
    """Leave out the middle of a stretch that did not change, at white space where there is any near."""
    if len(text) <= AROUND * (2 if first or last else 3):
        return text
    before = "" if first else text[:AROUND]
    after = "" if last else text[-AROUND:]
    before = before.rsplit(maxsplit=1)[0] if " " in before.strip() else before
    after = after.split(maxsplit=1)[1] if " " in after.strip() else after
    # What was split off keeps its white space where it touches the change.
    before = text[0] * text[:1].isspace() + before.lstrip()
    after = after.rstrip() + text[-1] * text[-1:].isspace()
    return f"{before} … {after}" if before and after else f"… {after}" if after else f"{before} …"
