"""Lines made one text again: hyphens mended, blanks between words."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from consult.importing.printed.letters import HYPHEN
from consult.importing.printed.lines import Line
from consult.importing.runs import Run, text_of

_BROKEN = re.compile(rf"([^\W_]+(?:-[^\W_]+)*)([-‐{HYPHEN}])$")
_WORD = re.compile(r"[^\W_]+(?:[-‐][^\W_]+)*")
# A web address at the end of a line, and what can only be the rest of one.
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+$")
_REST = re.compile(r"\S*[/=&%_?#]\S*|[\w-]+\.\w\S*")
# Where so many of a hundred lines end in a hyphen, the printer divided words.
_DIVIDED = 2.5


@dataclass(slots=True)
class Words:
    """The words of a document, and whether its lines divide them."""

    known: Counter[str]
    divides: bool

    def mend(self, first: str, last: str) -> str:
        """What a word that was broken after a hyphen is: "divi-", "ded" or "well-", "known"."""
        joined, kept = f"{first}{last}".lower(), f"{first}-{last}".lower()
        if self.known[joined] != self.known[kept]:
            return "" if self.known[joined] > self.known[kept] else "-"
        if not last[:1].islower() or first[-1:].isdigit() or not self.divides:
            return "-"
        return ""


def words_of(lines: Iterable[Line]) -> Words:
    """Learn the words that stand within lines."""
    known: Counter[str] = Counter()
    ended = number = 0
    for line in lines:
        text = line.text.strip()
        number += len(text) > 30
        ended += bool(_BROKEN.search(text)) and len(text) > 30
        known.update(word.lower() for word in _WORD.findall(_BROKEN.sub("", text)))
    return Words(known, divides=ended * 100 > _DIVIDED * max(number, 1))


def joined(lines: Sequence[Line], words: Words) -> list[Run]:
    """The text of a paragraph that stands on several lines."""
    runs: list[Run] = []
    for line in lines:
        runs = join(runs, line.runs, words)
    return [replace(run, text=run.text.replace(HYPHEN, "-")) for run in runs]


def join(runs: list[Run], following: Sequence[Run], words: Words) -> list[Run]:
    """Text, and the text that goes on in the next line, column or page."""
    before, after = text_of(runs).rstrip(), text_of(following)
    if not before:
        return [*runs, *following]
    if _goes_through(before, after, runs, following):
        return [*runs, *following]
    broken = _BROKEN.search(before)
    rest = _WORD.match(after.lstrip())
    if not broken or not rest or not runs:
        return [*runs, Run(" ", _common(runs, following)), *following]
    sign = words.mend(broken[1], rest[0])
    kept = [replace(run) for run in runs]
    while kept and not kept[-1].text.strip():
        kept.pop()
    last = kept[-1].text.rstrip()
    # What hyphen it was, of the several there are, stays as it is.
    hyphen = "" if not sign else "-" if last[-1] == HYPHEN else last[-1]
    kept[-1] = replace(kept[-1], text=last[:-1] + hyphen)
    head = list(following)
    head[0] = replace(head[0], text=head[0].text.lstrip())
    return [*kept, *head]


def _goes_through(before: str, after: str, runs: Sequence[Run], following: Sequence[Run]) -> bool:
    """Whether a line breaks within a web address."""
    if not _ADDRESS.search(before) or not after.split():
        return False
    if runs[-1].href and following and runs[-1].href == following[0].href:
        return True
    return before[-1] in "/=&?%#_-" or bool(_REST.fullmatch(after.split()[0]))


def _common(runs: Sequence[Run], following: Sequence[Run]) -> frozenset[str]:
    """The marks of the blank between two stretches: those that both have."""
    last, first = runs[-1], following[0] if following else runs[-1]
    return (last.marks & first.marks) - {"sup", "sub"}
