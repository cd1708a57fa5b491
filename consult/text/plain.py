"""The plain text of HTML, to which quotes, digests and search refer, and its beginning."""

import re
import unicodedata

from consult.text.cleaning import balance_isolates
from consult.text.runs import runs

# Unicode UAX 29, on the side of caution: some places where a cluster may end are left out,
# because the standard library has no table of cluster properties.
_EXTENDS = re.compile(
    "[\u200c\u200d\u0e33\u0eb3\uff9e\uff9f\u1160-\u11ff\ud7b0-\ud7fb\U0001f3fb-\U0001f3ff]"
)
_PREPENDS = re.compile(
    "[\u1100-\u115f\ua960-\ua97c\u0d4e\U000111c2\U000111c3\U0001193f\U00011941\U00011a3a"
    "\U00011a84-\U00011a89\U00011d46\U00011f02]"
)
_REGIONAL = re.compile("[\U0001f1e6-\U0001f1ff]+")


def plain_text(html: str) -> str:
    """What a reader sees of sanitised HTML: text with entities decoded, on one line.

    Blocks, line breaks and table cells are set apart by one space, every run of white space
    (no-break spaces included) is one space, and there is none at the ends. A picture reads as its
    description; the number of a called note is left out.
    """
    parts = (f" {run.text} " if run.separates else run.text for run in runs(html))
    return " ".join("".join(parts).split())


def excerpt(text: str, length: int = 160) -> str:
    """The beginning of a text on one line, at most `length` characters with its ellipsis.

    Ends at a word, or within a very long one, but never within what a reader takes for one
    character.
    """
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    end = line.rfind(" ", length // 2, length)
    if end < 0:
        end = max(length - 1, 0)
        while end and not _may_end(line, end):
            end -= 1
    return balance_isolates(line[:end].rstrip(" .,;:([{–—-…")) + "…"


def _may_end(line: str, position: int) -> bool:
    """Say whether a grapheme cluster certainly ends before this position."""
    before, after = line[position - 1], line[position]
    if _EXTENDS.match(after) or unicodedata.category(after) in {"Mn", "Mc", "Me"}:
        return False
    if "\U000e0020" <= after <= "\U000e007f" or before + after == "\r\n":
        return False
    if _PREPENDS.match(before) or unicodedata.category(before) == "Cf":
        return False
    # After a virama the next consonant belongs to the same cluster.
    if unicodedata.combining(before) == 9:
        return False
    flags = [run for run in _REGIONAL.finditer(line) if run.start() < position < run.end()]
    return not flags or (position - flags[0].start()) % 2 == 0
