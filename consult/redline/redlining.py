"""The redline of wordings that belong together, and where words of the old ones stand in the new."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from consult.alignment.redline import Change, redline
from consult.text.folding import find_folded, fold, fold_typography

Mark = Change

#: Words with their marks in reading order, deletions before insertions.
Pairs = tuple[tuple[Mark, str], ...]

# So many characters do not stand in two drafts by chance; so many say that a stretch stayed.
_KNOWN = 40
_STAYED = 16


def redlined(olds: tuple[str, ...], news: tuple[str, ...]) -> tuple[Pairs, ...]:
    """Compare texts that were one another; return a redline for each of `news`.

    Several on one side were split or merged, so they are compared one after another, and the
    result is cut where each new one ends. Without any new one there is one redline, all deleted.
    """
    return tuple(map(tuple, _cut(_compared(olds, news), [len(text) for text in news] or [0])))


@lru_cache(maxsize=512)
def _compared(olds: tuple[str, ...], news: tuple[str, ...]) -> Pairs:
    return tuple(redline(" ".join(olds), " ".join(news)))


def _cut(pairs: Pairs, lengths: Sequence[int]) -> list[list[tuple[Mark, str]]]:
    """Cut a redline into pieces whose new texts have these lengths, one character between them."""
    pieces: list[list[tuple[Mark, str]]] = [[]]
    room = lengths[0]
    for mark, words in pairs:
        if mark == "deleted":
            pieces[-1].append((mark, words))
            continue
        while words:
            if room and words:
                pieces[-1].append((mark, words[:room]))
            room, words = max(0, room - len(words)), words[room:]
            if words:
                words = words[1:]
                room = lengths[len(pieces)]
                pieces.append([])
    return pieces + [[] for _empty in lengths[len(pieces) :]]


@dataclass(frozen=True, slots=True)
class Place:
    """Where words stand: in which of several texts, and where there they begin and end."""

    which: int
    start: int
    end: int


@lru_cache(maxsize=2048)
def place_now(olds: tuple[str, ...], old: Place, news: tuple[str, ...]) -> Place | None:
    """Return where words of one of `olds` stand in `news`; None if that is not certain.

    It is certain of words that, with what is around them, are long enough to be known and stand once
    on both sides, be it in other typography; and of words in a stretch, not too short, that the
    redline leaves as it is. Other words that read the same are never taken for them.
    """
    place = _place(olds, old, news)
    if place is None or not _same_edges(olds[old.which], old, news[place.which], place):
        return None
    return place


def _same_edges(before: str, old: Place, after: str, new: Place) -> bool:
    """Say whether both places begin and end between words, or both within one."""
    return _within_word(before, old.start) == _within_word(after, new.start) and _within_word(
        before, old.end
    ) == _within_word(after, new.end)


def _within_word(text: str, place: int) -> bool:
    return 0 < place < len(text) and text[place - 1].isalnum() and text[place].isalnum()


def _place(olds: tuple[str, ...], old: Place, news: tuple[str, ...]) -> Place | None:
    text = olds[old.which]
    exact = text[old.start : old.end]
    if not exact:
        return None
    for before, after in ((0, 0), (0, _KNOWN), (_KNOWN, 0), (_KNOWN, _KNOWN)):
        start = max(0, old.start - before)
        window = text[start : old.end + after]
        found = _once(window, olds, news) if len(window) >= _KNOWN else None
        if found is not None:
            begin = found.start + old.start - start
            return Place(found.which, begin, begin + len(exact))
    return _carried(olds, old, news) or _alike(exact, olds, news)


def stands_somewhere(exact: str, news: tuple[str, ...]) -> bool:
    """Say whether such words stand in one of `news` at all, be it in other typography."""
    return any(next(find_folded(text, exact), None) is not None for text in news)


def _once(words: str, olds: tuple[str, ...], news: tuple[str, ...]) -> Place | None:
    if sum(_count(text, words) for text in olds) != 1:
        return None
    found = [(which, text.find(words)) for which, text in enumerate(news) if words in text]
    if len(found) != 1 or _count(news[found[0][0]], words) != 1:
        return None
    which, start = found[0]
    return Place(which, start, start + len(words))


def _count(text: str, words: str) -> int:
    """Count occurrences up to two, overlapping ones too."""
    first = text.find(words)
    return 0 if first < 0 else 1 if text.find(words, first + 1) < 0 else 2


def _alike(exact: str, olds: tuple[str, ...], news: tuple[str, ...]) -> Place | None:
    if len(exact) < _KNOWN and fold(" ".join(olds)) != fold(" ".join(news)):
        return None
    if sum(len(list(islice(find_folded(text, exact), 2))) for text in olds) != 1:
        return None
    places = [
        Place(which, start, end)
        for which, text in enumerate(news)
        for start, end in islice(find_folded(text, exact), 2)
    ]
    return places[0] if len(places) == 1 else None


def _carried(olds: tuple[str, ...], old: Place, news: tuple[str, ...]) -> Place | None:
    whole = (" ".join(olds),), (" ".join(news),)
    start = sum(len(text) + 1 for text in olds[: old.which]) + old.start
    end = start + old.end - old.start
    exact = whole[0][0][start:end]
    before = after = 0
    for mark, words in _compared(olds, news):
        if mark == "same" and before <= start and end <= before + len(words):
            # A short stretch may be like another by chance, and a longer one may stand twice.
            long = len(words) >= min(_STAYED, len(olds[old.which]) / 2)
            place = _within(news, after + start - before, end - start)
            if place is None or not long or not (_once(words, *whole) or _once(exact, *whole)):
                return None
            # Where typography differs the redline does not count all characters of the old text.
            now = news[place.which][place.start : place.end]
            return place if fold_typography(now) == fold_typography(exact) else None
        before += len(words) if mark != "inserted" else 0
        after += len(words) if mark != "deleted" else 0
    return None


def _within(news: tuple[str, ...], start: int, length: int) -> Place | None:
    """Turn a place in all of `news`, one after another, into one in one of them."""
    for which, text in enumerate(news):
        if start + length <= len(text):
            return Place(which, start, start + length) if start >= 0 else None
        start -= len(text) + 1
    return None
