"""What an import found: each thing with the paragraph where it is, and whether somebody has looked at it."""

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from operator import itemgetter
from typing import Any

from consult.blocks.blocks import Block, Finding, finding_from
from consult.blocks.places import Place, Unit
from consult.drafts.models import Version
from consult.importing.gallery import UNDESCRIBED
from consult.intake.messages import say
from consult.web import Request

# In the HTML of a paragraph: a picture of which nothing is said.
_WORDLESS = ' alt=""'


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding in the language of a page. number: its place in the report, from 0. place: empty where
    the whole file is meant. key: of the paragraph where it is, or empty. looked: somebody has ticked
    it off. settled: what it asks for has been done. unseen: the file still holds what no reader of the
    page sees. alike: the same for findings that differ in their place and in how many they count.
    tell: the sentence for as many of them."""

    number: int
    place: str
    message: str
    key: str
    looked: bool
    settled: bool
    unseen: bool
    alike: str
    count: int
    tell: Callable[[int], str] = field(repr=False, compare=False)

    @property
    def done(self) -> bool:
        """True where there is nothing left to look at."""
        return self.looked or self.settled


@dataclass(frozen=True, slots=True)
class Group:
    """The same finding at one place or more; message: of all of them together."""

    message: str
    findings: tuple[Shown, ...]


def located(
    findings: Iterable[Finding], blocks: Sequence[Block], keys: Sequence[str]
) -> list[dict[str, Any]]:
    """Return findings as a version keeps them; `keys` are those of the blocks' paragraphs.

    What a finding is about may have left no paragraph; then it is with the one before.
    """
    findings = list(findings)
    wordless = _wordless(findings, blocks, keys)
    nearest = _Nearest(blocks, keys)
    found = []
    for number, finding in enumerate(findings):
        key = wordless[number] if number in wordless else nearest(finding.place)
        found.append(asdict(finding) | {"key": key, "looked": ""})
    return found


class _Nearest:
    """Finds the paragraph at a place in the file, or the last one before it; "" where there is none."""

    def __init__(self, blocks: Sequence[Block], keys: Sequence[str]) -> None:
        self.exact: dict[Place, str] = {}
        self.numbered: dict[Unit, list[tuple[int, str]]] = {}
        for block, key in zip(blocks, keys, strict=True):
            if block.place and block.place not in self.exact:
                self.exact[block.place] = key
                self.numbered.setdefault(block.place.unit, []).append((block.place.number, key))
        for numbered in self.numbered.values():
            numbered.sort(key=itemgetter(0))

    def __call__(self, place: Place | None) -> str:
        if place is None or place in self.exact:
            return self.exact[place] if place else ""
        numbered = self.numbered.get(place.unit, [])
        before = bisect_left(numbered, place.number, key=itemgetter(0))
        return numbered[before - 1][1] if before else ""


def _wordless(
    findings: Sequence[Finding], blocks: Sequence[Block], keys: Sequence[str]
) -> dict[int, str]:
    """Return for the findings that ask for a picture's description the key of its paragraph.

    Of several pictures at one place each has its own; one in a table stands elsewhere in the file
    than the table.
    """
    waiting = [
        (block.place, key)
        for block, key in zip(blocks, keys, strict=True)
        for _picture in range(block.html.count(_WORDLESS))
    ]
    asking = [n for n, finding in enumerate(findings) if finding.message == UNDESCRIBED]
    found: dict[int, str] = dict.fromkeys(asking, "")
    for exactly in (True, False):
        for number in asking:
            fits = (s for s in waiting if s[0] == findings[number].place or not exactly)
            spot = None if found[number] else next(fits, None)
            if spot is not None:
                waiting.remove(spot)
                found[number] = spot[1]
    return found


def shown(request: Request, version: Version, text: Mapping[str, str] | None = None) -> list[Shown]:
    """Return what the import of `version` found, in the page's language.

    text: the HTML, by key, of the paragraphs beside which it is shown, as it is now.
    """
    return [
        _shown(request, number, stored, text or {})
        for number, stored in enumerate(version.findings)
    ]


def unseen_in(request: Request, version: Version) -> list[Shown]:
    """Return those findings that speak of what the original still holds and no reader sees."""
    return [finding for finding in shown(request, version) if finding.unseen]


def grouped(found: Iterable[Shown]) -> list[Group]:
    """Return findings with those together that say the same, in the order of the first of each."""
    alike: dict[str, list[Shown]] = {}
    for finding in found:
        alike.setdefault(finding.alike, []).append(finding)
    return [
        Group(same[0].tell(sum(finding.count for finding in same)), tuple(same))
        for same in alike.values()
    ]


def _shown(request: Request, number: int, stored: dict[str, Any], text: Mapping[str, str]) -> Shown:
    place, message, key = stored["place"], stored["message"], stored.get("key", "")
    looked, unseen = bool(stored.get("looked")), bool(stored.get("unseen"))
    # As findings were kept once they are words already, in no language but English.
    if isinstance(message, str):
        return Shown(
            number, place, message, key, looked, False, unseen, message, 1, lambda _: message
        )
    finding = finding_from(stored)
    settled = finding.message == UNDESCRIBED and key and _WORDLESS not in text.get(key, "")
    place = say(request, finding.place.message) if finding.place else ""
    said, counted = say(request, finding.message), finding.message

    def tell(count: int) -> str:
        return say(request, counted.counting(count))

    # What is counted for the whole file stands by itself.
    alike = str(counted.counting(0)) if finding.place else said
    return Shown(
        number, place, said, key, looked, bool(settled), unseen, alike, counted.number, tell
    )


def look(version: Version, now: Collection[int], before: Collection[int]) -> None:
    """Mark findings, by their places in the report, as looked at or not.

    `before` are those that were marked on the page that somebody saw: only what they changed is
    changed, so that two people can work through one report.
    """
    changed = set(now) ^ set(before)
    version.findings = [
        finding | {"looked": "yes" if number in now else ""} if number in changed else finding
        for number, finding in enumerate(version.findings)
    ]
