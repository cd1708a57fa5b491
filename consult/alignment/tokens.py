"""Texts as words: what alignment and redline compare.

A word is a run of characters without white space or punctuation; in scripts that write no spaces
(Han, kana, Thai, Lao, Khmer, Burmese) it is one character with the marks that belong to it.
"""

import re
import unicodedata

from consult.blocks.blocks import Kind
from consult.text.folding import fold, fold_typography

#: Words of one part that are compared; what a longer one says beyond counts for its identity only.
LONGEST = 2_000

_IDEOGRAPHIC = "\u3001-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff01-\uff0f"
_SPACELESS = "\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff"
_SPACELESS_MARKS = (
    "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece"
    "\u102b-\u103e\u1056-\u1059\u105e-\u1060\u1062-\u1064\u1067-\u106d\u1071-\u1074\u1082-\u108d"
    "\u17b4-\u17d3\u17dd"
)
_SIGNS = (
    "!-/:-@\\[-`{-~\u00ab\u00bb\u2010-\u2027\u2030-\u205e"
    "\u05be\u05c0\u05c3\u05f3\u05f4\u060c\u061b\u061f\u066a-\u066d\u06d4\u0964\u0965"
)

#: What a redline deletes and inserts whole: white space, a web address, a number with its points
#: and commas, one character of a script without spaces, one sign of punctuation, or a word.
TOKEN = re.compile(
    r"\s+|https?://[^\s<>\"]*[^\s<>\".,;:!?)\]]|[0-9]+(?:[.,:/][0-9]+)+"
    rf"|[{_IDEOGRAPHIC}]|[{_SPACELESS}][{_SPACELESS_MARKS}]*|[{_SIGNS}]"
    rf"|[^\s{_IDEOGRAPHIC}{_SPACELESS}{_SIGNS}]+"
)

_UNSPACED = re.compile(rf"[{_IDEOGRAPHIC}{_SPACELESS}]")
_PUNCTUATION = re.compile(rf"[\s\u3001-\u3003\u3008-\u301f\u30fb\uff01-\uff0f{_SIGNS}]+")


def words(text: str) -> list[str]:
    """Return the first LONGEST words, folded: neither case nor typography nor punctuation counts.

    A text of punctuation alone has its signs for words.
    """
    # Of ASCII there is nothing to fold but case; most texts are, and folding takes long.
    folded = text.casefold() if text.isascii() else fold(text, case=True)
    return (_words(folded) or folded.split())[:LONGEST]


def count_words(text: str) -> int:
    """Return how many words a text has."""
    return len(_words(fold(text)))


def _words(folded: str) -> list[str]:
    line = _PUNCTUATION.sub(" ", folded)
    if _UNSPACED.search(line):
        return [token for token in TOKEN.findall(line) if not token.isspace()]
    return line.split()


# "20", "(a)", "IV.", "12-bis": not "2016", which may be a year and not a number.
_NUMBER = re.compile(
    r"[(\[]?(?:\d{1,3}|[ivxlcdm]{1,6}|[a-z])(?:[.-]\w{1,3})*[.)\]]{0,2}", re.IGNORECASE
)


def said(kind: Kind, text: str) -> str:
    """Return what two parts have in common when their text counts as the same.

    White space, kinds of quotation marks and dashes, invisible characters and canonical
    equivalents (Unicode NFC) do not count: they change when a file is saved by another program,
    and no reader sees it. Everything else does, case and raised digits included. In code every
    sign has its meaning, so there only canonical equivalents are the same. A part without text,
    such as a picture that nobody described, has only its kind; so has a heading that is nothing
    but its number, since renumbering is no change of text.
    """
    if kind is Kind.CODE:
        return unicodedata.normalize("NFC", text)
    line = fold_typography(text).strip()
    if not line or (kind is Kind.HEADING and _NUMBER.fullmatch(line)):
        return f"\n{kind}"
    return line
