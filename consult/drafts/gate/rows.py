"""What the gate says of each entry: the change in one line, and the whole of it when it is opened."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from consult.drafts.alignment import FateKind
from consult.drafts.alignment.redline import Change as Mark
from consult.drafts.gate.entries import Entry
from consult.drafts.gate.sides import Line, Sides, parts_of
from consult.drafts.redlining import Pairs, redlined
from consult.text import excerpt

#: Characters of longer texts are not compared word by word: both are shown whole.
LONGEST = 12_000

#: Characters of a line, and those that stand around a change in it.
LINE = 260
AROUND = 36


@dataclass(frozen=True, slots=True)
class Row:
    """An entry with its change in one line; `whole` has a redline for each part of it."""

    entry: Entry
    line: Pairs
    whole: tuple[tuple[Line | None, Pairs], ...]


class Words:
    """The texts of both versions, read for a few entries at once, in two queries."""

    def __init__(
        self, session: Session, sides: Sides, olds: Iterable[Line], news: Iterable[Line]
    ) -> None:
        self._old = parts_of(session, sides.last, {line.paragraph_id for line in olds})
        self._new = parts_of(session, sides.version, {line.paragraph_id for line in news})

    def old(self, line: Line) -> str:
        """Return what an old paragraph says."""
        return self._old[line.paragraph_id].text

    def new(self, line: Line) -> str:
        """Return what a new paragraph says."""
        return self._new[line.paragraph_id].text

    def redline(self, olds: Sequence[Line], news: Sequence[Line]) -> tuple[Pairs, ...]:
        """Return a redline for each of `news`; where there is none, one of what is gone."""
        before = tuple(self._old[line.paragraph_id].text for line in olds)
        after = tuple(self._new[line.paragraph_id].text for line in news)
        if sum(map(len, before + after)) <= LONGEST:
            return redlined(before, after)
        gone: Pairs = tuple(("deleted", text) for text in before)
        come: list[Pairs] = [(("inserted", text),) for text in after] or [()]
        return (gone + come[0], *come[1:])


def rows_of(session: Session, sides: Sides, entries: Sequence[Entry]) -> list[Row]:
    """Return entries as rows."""
    olds = [line for entry in entries for line in entry.olds]
    words = Words(session, sides, olds, [line for entry in entries for line in entry.news])
    return [_row(entry, words) for entry in entries]


def _row(entry: Entry, words: Words) -> Row:
    if entry.kind is FateKind.UNCHANGED:
        return Row(entry, _beginning(words.new(entry.news[0])), ())
    pairs = words.redline(entry.olds, entry.news)
    if entry.kind in (FateKind.EDITED, FateKind.MOVED) and entry.likeness < 1:
        short = condensed(pairs[0])
    else:
        short = _beginning(words.new(entry.news[0]) if entry.old is None else words.old(entry.old))
    parts: list[Line | None] = [*entry.news] or [None]
    return Row(entry, short, tuple(zip(parts, pairs, strict=True)))


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
