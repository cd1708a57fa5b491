"""How a text becomes words: the one set of rules for the index, the query and the highlights.

A word is folded (compatibility forms, case, accents of Latin, Greek and Cyrillic, vowel points of
Hebrew and Arabic), so that "Café" and "cafe" are one word. Combining marks that carry meaning, as
in Devanagari, stay. Scripts that set no spaces between words (Chinese, Japanese, Thai ...) and
Hangul, whose particles cling to the noun, give one word for each character: a run of them is
looked for as a phrase, which finds exactly what n-grams of two would find.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from whoosh.lang.porter import stem as porter_stem

# Nobody looks for a word longer than this; pasted data would only swell the index.
LONGEST_WORD = 64

_SPACELESS = (
    "\u0e01-\u0e30\u0e32\u0e33\u0e40-\u0e46"  # Thai
    "\u0e81-\u0eb0\u0eb2\u0eb3\u0ec0-\u0ec6"  # Lao
    "\u1000-\u102a\u1780-\u17b3"  # Myanmar, Khmer
    "\u3005\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"  # Han
    "\uac00-\ud7a3"  # Hangul
)
# Joiners and the soft hyphen stand inside words and are not part of their spelling.
_JOINERS = "\u00ad\u200c\u200d\u2060"
_DROPPED = re.compile(
    "[\u00ad\u200b-\u200f\u2060\ufe00-\ufe0f"
    "\u0300-\u036f"  # accents
    "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"  # Hebrew points
    "\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed]"  # Arabic
)
_UNDECOMPOSED = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "æ": "ae", "œ": "oe"})


def _ranges_of_marks() -> str:
    """The combining marks as ranges of a character class, since `\\w` of `re` leaves them out."""
    ranges: list[list[int]] = []
    for code in (*range(0x300, 0x1F000), *range(0xE0100, 0xE01F0)):
        if not unicodedata.category(chr(code)).startswith("M"):
            continue
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)


_MARKS = _ranges_of_marks()
# "3.12", "1,000" and "v1.2" are one word each: a number is not cut at its points.
_WORD = re.compile(
    rf"[{_SPACELESS}][{_MARKS}]*"
    rf"|[^\W_{_SPACELESS}](?:[^\W_{_SPACELESS}]|[{_MARKS}{_JOINERS}]|(?<=\d)[.,](?=\d))*"
)
_SPACELESS_WORD = re.compile(f"[{_SPACELESS}]")


class Token(NamedTuple):
    """A folded word and where its spelling stands in the text."""

    word: str
    start: int
    end: int


def tokens(text: str) -> Iterator[Token]:
    """The words of `text` in order; whatever is not a word is passed over."""
    for match in _WORD.finditer(text):
        if word := fold(match.group()):
            yield Token(word, match.start(), match.end())


@lru_cache(maxsize=65536)
def fold(spelling: str) -> str:
    """The form under which a word is kept; empty if nothing of it carries meaning."""
    if spelling.isascii():
        return spelling[:LONGEST_WORD].lower()
    decomposed = unicodedata.normalize("NFKD", spelling[:LONGEST_WORD]).casefold()
    bare = _DROPPED.sub("", unicodedata.normalize("NFKD", decomposed))
    return unicodedata.normalize("NFC", bare).translate(_UNDECOMPOSED)[:LONGEST_WORD]


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The English stem (Porter, 1980) of a folded word; other scripts and numbers stay as they are.

    Words of other languages written in ASCII are cut too, in the index as in the query, so they
    are still found; the order of the results prefers the spelling that was typed.
    """
    return str(porter_stem(word)) if word.isascii() and word.isalpha() else word


def is_spaceless(word: str) -> bool:
    """Whether the word is one character of a script without spaces."""
    return _SPACELESS_WORD.match(word) is not None
