"""The words of a name: where each stands, and what it can be read as."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from consult.accounts.glyphs import is_letter_like
from consult.accounts.skeletons import likenesses, skeleton

# Signs and words after which something else begins.
_APART = re.compile(r"[,;:/|()\[\]{}«»<>~•·–—]|\s-+\s")
_LEADS = frozenset(map(skeleton, ["at", "from"]))
_POSSESSIVE = re.compile(r"['’`´]s\b", re.IGNORECASE)
_MOST_WORDS = 30
_MOST_AROUND = 3  # words before or behind a name that are tried with and without


@dataclass(frozen=True, slots=True)
class Word:
    """A word; `apart`: something that stands by itself begins with it."""

    start: int
    end: int
    apart: bool
    looks: frozenset[str]
    number: bool

    def among(self, words: frozenset[str]) -> bool:
        """Return whether it can be read as one of these, given as skeletons."""
        return not self.looks.isdisjoint(words)


def plain(name: str) -> str:
    """Return a name without the endings of "Sam's"."""
    return _POSSESSIVE.sub("", name)


def ways_to_split(name: str) -> Iterator[Sequence[Word]]:
    """Yield the words of a name, and again where "SamWhitlock" or "Sam2" can be taken for two."""
    words = split(name)
    yield words
    finer = split(name, finer=True)
    if len(finer) > len(words):
        yield finer


# Departments are split again for each name that is compared with them.
@lru_cache(maxsize=1000)
def split(name: str, *, finer: bool = False) -> tuple[Word, ...]:
    """Return the words of a name; `finer`: cut also before capitals and at numbers."""
    words: list[Word] = []
    for start, end in _bounds(name, finer=finer):
        between = name[words[-1].end : start] if words else ""
        apart = bool(_APART.search(between)) or bool(words and words[-1].among(_LEADS))
        number = unicodedata.normalize("NFKC", name[start:end]).isdecimal()
        looks = frozenset(likenesses(name[start:end]))
        words.append(Word(start, end, apart, looks, number))
    return tuple(word for word in words if word.looks)[:_MOST_WORDS]


def _bounds(name: str, *, finer: bool) -> Iterator[tuple[int, int]]:
    start, before = 0, ""
    for place, character in enumerate(name + " "):
        inside = unicodedata.category(character)[0] in "LMN" or is_letter_like(character)
        cut = finer and _begins_another(before, character)
        if (not inside or cut) and start < place:
            # A sign that can stand for a letter is no word by itself.
            if any(unicodedata.category(c)[0] in "LN" for c in name[start:place]):
                yield start, place
            start = place
        if not inside:
            start = place + 1
        before = character


def _begins_another(before: str, character: str) -> bool:
    camel = before.islower() and character.isupper()
    return camel or before.isdecimal() != character.isdecimal()


def text_of(name: str, words: Sequence[Word], first: int, last: int) -> str:
    """Return these words with all that stands between and around them but other words."""
    if first >= last:
        return ""
    start = words[first - 1].end if first else 0
    end = words[last].start if last < len(words) else len(name)
    return name[start:end]


def runs(before: Sequence[bool], behind: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Yield beginning and end of the runs of words that are left where some go, or all that can.

    `before` and `behind` say of each word whether it can go from the front and from the end.
    """
    length = len(before)
    most = next((n for n, goes in enumerate(before) if not goes), length)
    least = length - next((n for n, goes in enumerate(reversed(behind)) if not goes), length)
    firsts = {*range(min(most, _MOST_AROUND) + 1), most}
    lasts = {*range(max(least, length - _MOST_AROUND), length + 1), least}
    yield from ((a, b) for a in sorted(firsts) for b in sorted(lasts) if a < b)
