"""Text made comparable: the same words typed on another keyboard or copied from another file."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

_SPACE = re.compile(r"\s+")

# What nobody sees: soft hyphens, joiners, marks of direction, byte order marks.
_UNSEEN = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")

_TYPOGRAPHY = {
    ord(character): plain
    for plain, characters in {
        "'": "\u2018\u2019\u201a\u201b\u2032\u2035\u2039\u203a\u00b4\u0060",
        '"': "\u201c\u201d\u201e\u201f\u2033\u2036\u00ab\u00bb",
        "-": "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d",
    }.items()
    for character in characters
}

# Ordering combining marks costs the square of their number, so clusters have an end.
_LONGEST_CLUSTER = 32


def fold(text: str, *, case: bool = False) -> str:
    """Fold typography, compatibility forms (Unicode NFKD), white space, and if asked the case.

    Two texts that fold to the same look the same to somebody who wants to quote them.
    """
    text = unicodedata.normalize("NFKD", _plain(text))
    return unicodedata.normalize("NFKD", text.casefold()) if case else text


def fold_typography(text: str) -> str:
    """Fold typography, white space and canonical forms (Unicode NFC), and nothing that is read.

    Unlike `fold` it keeps what compatibility forms say: "10\u00b2" is not "102".
    """
    return unicodedata.normalize("NFC", _plain(text))


def _plain(text: str) -> str:
    return _SPACE.sub(" ", _UNSEEN.sub("", text)).translate(_TYPOGRAPHY)


_fold_cluster = lru_cache(maxsize=4096)(fold)


def find_folded(text: str, wanted: str, *, case: bool = False) -> Iterator[tuple[int, int]]:
    """Yield where in a text the words stand that fold like the wanted ones.

    Ranges are offsets in code points of the text as it is, from the first. None begins or ends
    within a character and its combining marks.
    """
    needle = fold(wanted, case=case).strip()
    if not needle:
        return
    folded, starts, ends = _fold_keeping_places(text, case)
    place = folded.find(needle)
    while place >= 0:
        start, end = starts[place], ends[place + len(needle) - 1]
        if start is not None and end is not None:
            yield start, end
        place = folded.find(needle, place + 1)


def _fold_keeping_places(text: str, case: bool) -> tuple[str, list[int | None], list[int | None]]:
    """Fold a text; for each character of the result say where its cluster begins and ends.

    A cluster that folds to several characters has its beginning at the first of them only and
    its end at the last.
    """
    folded: list[str] = []
    starts: list[int | None] = []
    ends: list[int | None] = []
    for start, end in _clusters(text):
        piece = _fold_cluster(text[start:end], case=case)
        if not piece or (piece == " " and folded and folded[-1] == " "):
            continue
        folded.append(piece)
        inner: list[int | None] = [None] * (len(piece) - 1)
        starts += [start, *inner]
        ends += [*inner, end]
    return "".join(folded), starts, ends


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    while start < len(text):
        end = start + 1
        longest = min(len(text), start + _LONGEST_CLUSTER)
        while end < longest and unicodedata.combining(text[end]):
            end += 1
        yield start, end
        start = end
