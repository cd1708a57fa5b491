"""What a text looks like: two texts with one skeleton can be taken for each other.

After Unicode TS 39, section 4, and stricter: letter case, accents, spaces and punctuation do not
tell two names apart either, nor do pairs of letters that together look like a third.
"""

import re
import unicodedata
from collections.abc import Iterator

from consult.accounts.glyphs import is_letter_like, readings_of, script

# A capital I looks like an l, so an i must too. "rn" looks like "m" and so on; what "ci" looks like
# is decided by the same stroke.
_PAIRS = (("i", "l"), ("rn", "m"), ("vv", "w"), ("cl", "d"))

# What is also read as one letter, but may well be meant as it stands: in small letters, with "l" for
# every upright stroke.
_PERHAPS = {
    "\\/\\/": "w",
    "/\\/\\": "m",
    "l\\/l": "m",
    "l-l": "h",
    "l\\l": "n",
    "lvl": "m",
    "\\/": "v",
    "/\\": "a",
    "()": "o",
    "[]": "o",
    "l<": "k",
    "lc": "k",
    "l3": "b",
    "l)": "d",
    "l]": "d",
    "ol": "d",
    "lo": "b",
    "cl": "a",
    "cj": "g",
    "rl": "n",
    "nn": "m",
    "uu": "w",
}
_STROKES = str.maketrans("iI1|!ıɪ", "lllllll")
_LONGEST_PAIR = max(map(len, _PERHAPS))
_SIGNS = {pair: letter for pair, letter in _PERHAPS.items() if not pair.isalnum()}
_ANY_SIGNS = re.compile(
    "|".join(
        "".join("[lI1|!i]" if c == "l" else re.escape(c) for c in pair)
        for pair in sorted(_SIGNS, key=len, reverse=True)
    )
)

# Readings that are followed up; more only come of names that nobody could read.
MOST = 64


def skeleton(text: str) -> str:
    """Return what `text` looks like; for comparison only, it reads like nonsense."""
    return _folded("".join(readings[0] for readings in _each(text)))


def readings(text: str) -> set[str]:
    """Return the skeletons of `text` in every way in which it can be read."""
    each = list(_each(text))
    signs = [character.lower()[:1].translate(_STROKES) for character in text]
    known: list[set[str]] = [set() for _ in range(len(each) + 1)]
    known[-1] = {""}
    for place in reversed(range(len(each))):
        ways = [(read, place + 1) for read in each[place]]
        for length in range(2, _LONGEST_PAIR + 1):
            pair = _PERHAPS.get("".join(signs[place : place + length]))
            if pair and place + length <= len(each):
                ways.append((pair, place + length))
        found = dict.fromkeys(read + rest for read, end in ways for rest in sorted(known[end]))
        known[place] = set(list(found)[:MOST])
    return {_folded(found) for found in known[0]} - {""}


def with_signs_read(text: str) -> str:
    """Return `text` with the letters that are put together of signs, as "()" for "o"."""
    return _ANY_SIGNS.sub(lambda match: _SIGNS[match[0].translate(_STROKES)], text)


def _each(text: str) -> Iterator[tuple[str, ...]]:
    """Yield the readings of each character."""
    base = ""
    for character in text:
        if unicodedata.category(character)[0] != "M":
            base = character
            yield readings_of(character)
        elif script(character) == "INHERITED" or script(character) != script(base or " "):
            # An accent, which scripts share, or a vowel sign on a letter that is not its script's.
            yield tuple(dict.fromkeys(["", *filter(str.isascii, readings_of(character))]))
        else:
            # The vowel signs of Indic scripts make words differ.
            yield readings_of(character)


def _folded(text: str) -> str:
    for pair, letter in _PAIRS:
        text = text.replace(pair, letter)
    return text


def likenesses(text: str) -> set[str]:
    """Return the readings of `text` as it stands and in the letter cases that it may imitate.

    Outside Latin a capital and its small letter may resemble different Latin letters.
    """
    if text.isascii():
        return readings(text)
    return {r for form in (text, text.lower(), text.upper(), text.title()) for r in readings(form)}


def words_of(text: str) -> list[str]:
    """Return the words of `text`, "SiteAdmin" as two."""
    return "".join(_spaced(text)).split()


def _spaced(text: str) -> Iterator[str]:
    before = ""
    for character in text:
        if before.islower() and character.isupper():
            yield " "
        kept = unicodedata.category(character)[0] in "LMN" or is_letter_like(character)
        yield character if kept else " "
        before = character
