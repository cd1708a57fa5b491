"""What became of the wordings of one version in another, adjacent or not."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from consult.alignment.chain import heaviest_chain
from consult.alignment.fates import FateKind
from consult.alignment.tokens import said
from consult.drafts.models import Version
from consult.fates.tracing import Trail
from consult.fates.wording_rows import Words, words_of

#: What became of paragraphs that concerns their commenters also where not a word is another.
APART = (FateKind.SPLIT, FateKind.MERGED, FateKind.REMOVED)


@dataclass(frozen=True, slots=True)
class Change:
    """Wordings of two versions that belong together; also such as did not change at all."""

    kind: FateKind
    olds: tuple[Words, ...]
    news: tuple[Words, ...]
    edited: bool  # whether the words are others; moved or split ones may be the same

    @property
    def renumbered(self) -> bool:
        """True where one paragraph stayed one and has another number now."""
        single = len(self.olds) == len(self.news) == 1
        return single and self.olds[0].label != self.news[0].label

    @property
    def concerns(self) -> bool:
        """True where whoever had commented has reason to look: more than a move or a number."""
        return bool(self.olds) and (self.edited or self.kind in APART)

    def holds(self, paragraph: int) -> bool:
        """Say whether it is about this paragraph, by its id."""
        return any(words.paragraph_id == paragraph for words in (*self.olds, *self.news))


def compare(
    trail: Trail, olds: Sequence[Words], news: Sequence[Words], since: int, until: int
) -> list[Change]:
    """Return what became of all of `olds` and where all of `news` came from.

    `olds` are wordings of version `since`, `news` of `until`, each in order and whole families of
    them. Every wording is in one change.
    """
    groups = list(_families(trail, olds, news, since, until))
    in_place = _in_place(groups) if until - since > 1 else set()
    changes = []
    for one, other in groups:
        moved = len(one) == len(other) == 1 and trail.moved(one[0].paragraph_id, since, until)
        if moved and until - since > 1:
            # Moved there and back again, or with everything around it, is not moved.
            moved = (one[0].position, other[0].position) not in in_place
        changes.append(_change(one, other, moved))
    return changes


def change_at(
    trail: Trail,
    words: Mapping[tuple[int, int], Words],
    paragraph: int,
    since: int,
    until: int,
) -> Change | None:
    """Return what became of a paragraph between two versions, of which one at least has it.

    words: by version number and paragraph id, at least those of its family. In a working version a
    paragraph may stand for another wording than the one that it was, and then it is what it was.
    """
    there = [paragraph]
    if (since, paragraph) in words or (until, paragraph) not in words:
        there = trail.forth(there, since, until)
    olds, news = trail.family(there, since, until) if there else ([paragraph], [])
    changes = compare(trail, _at(words, olds, since), _at(words, news, until), since, until)
    return next((change for change in changes if change.holds(paragraph)), None)


def change_in(session: Session, version: Version, trail: Trail, paragraph: int) -> Change | None:
    """Return what `version` does to a paragraph that it or the version before has. One query."""
    until = version.number
    there = trail.forth([paragraph], until - 1, until)
    kin = {paragraph, *there}
    for here in ([paragraph], there):
        for side in trail.family(here, until - 1, until):
            kin.update(side)
    words = {(w.number, w.paragraph_id): w for w in words_of(session, version.document_id, kin)}
    return change_at(trail, words, paragraph, until - 1, until)


def _at(
    words: Mapping[tuple[int, int], Words], paragraphs: Iterable[int], number: int
) -> list[Words]:
    found = [words[number, p] for p in paragraphs if (number, p) in words]
    return sorted(found, key=lambda one: one.position)


def _families(
    trail: Trail, olds: Sequence[Words], news: Sequence[Words], since: int, until: int
) -> Iterator[tuple[tuple[Words, ...], tuple[Words, ...]]]:
    before = {words.paragraph_id: words for words in olds}
    after = {words.paragraph_id: words for words in news}
    seen: set[int] = set()
    for new in news:
        if new.paragraph_id in seen:
            continue
        came, went = trail.family([new.paragraph_id], since, until)
        seen.update(went)
        yield _placed(came, before), _placed(went, after) or (new,)
    for old in olds:
        went = trail.forth([old.paragraph_id], since, until)
        if not any(paragraph in after for paragraph in went):
            yield (old,), ()


def _placed(paragraphs: Iterable[int], known: dict[int, Words]) -> tuple[Words, ...]:
    found = [known[paragraph] for paragraph in paragraphs if paragraph in known]
    return tuple(sorted(found, key=lambda words: words.position))


def _change(olds: tuple[Words, ...], news: tuple[Words, ...], moved: bool) -> Change:
    edited = _differ(olds, news)
    if not olds:
        kind = FateKind.NEW
    elif not news:
        kind = FateKind.REMOVED
    elif len(olds) > 1:
        kind = FateKind.MERGED
    elif len(news) > 1:
        kind = FateKind.SPLIT
    elif moved:
        kind = FateKind.MOVED
    else:
        kind = FateKind.EDITED if edited else FateKind.UNCHANGED
    return Change(kind, olds, news, edited)


def _differ(olds: tuple[Words, ...], news: tuple[Words, ...]) -> bool:
    if len(olds) == len(news) == 1 and olds[0].text == news[0].text:
        return False
    return _said(olds) != _said(news)


def _said(side: tuple[Words, ...]) -> str:
    return " ".join(said(words.kind, words.text) for words in side)


def _in_place(groups: Iterable[tuple[tuple[Words, ...], tuple[Words, ...]]]) -> set[Any]:
    return set(
        heaviest_chain(
            (one[0].position, other[0].position, 1.0 + len(other[0].text))
            for one, other in groups
            if one and other
        )
    )


@dataclass(frozen=True, slots=True)
class Line:
    """A wording in its place when two versions are read as one.

    It is of the new version or, where `gone`, of the old one: it was removed, or stood here and
    stands elsewhere now.
    """

    change: Change
    words: Words
    gone: bool = False


def in_reading_order(changes: Iterable[Change]) -> list[Line]:
    """Return every wording of the new version, and what is gone behind what stood before it."""
    placed: list[tuple[int, int, Line]] = []
    leaving: list[tuple[int, Line | None, int]] = []
    for change in changes:
        placed += [(new.position, 0, Line(change, new)) for new in change.news]
        left = set(_left(change))
        for old in change.olds:
            line = Line(change, old, gone=True) if old in left else None
            stays = 0 if line or not change.news else change.news[-1].position
            leaving.append((old.position, line, stays))
    last = 0
    for position, line, stays in sorted(leaving, key=lambda entry: entry[0]):
        last = max(last, stays)
        if line is not None:
            placed.append((last, position, line))
    return [line for _new, _old, line in sorted(placed, key=lambda entry: entry[:2])]


def _left(change: Change) -> Sequence[Words]:
    """Return those old wordings whose place has nothing any more that came of them."""
    if change.kind in (FateKind.REMOVED, FateKind.MOVED):
        return change.olds
    if change.kind is FateKind.MERGED:
        here = {new.paragraph_id for new in change.news}
        rest = [old for old in change.olds if old.paragraph_id not in here]
        return rest if len(rest) < len(change.olds) else rest[1:]
    return ()
