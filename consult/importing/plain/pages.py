"""Pages of a printed text: the lines at their edges go, and paragraphs go on over them."""

import re
from collections import Counter

from consult.blocks.blocks import Finding
from consult.importing import wording

# A line at the edge of fewer pages than this may be part of the text.
_FEWEST = 3
_ENDED = re.compile(r"[.:;!?]\W*$")


def join_pages(text: str, findings: list[Finding]) -> list[tuple[int, str]]:
    """The lines of a text with their numbers, without what is printed on every page.

    Pages end with a form feed. A paragraph that a page ends within is put together again.
    """
    pages: list[list[tuple[int, str]]] = [[]]
    for number, line in enumerate(text.split("\n"), start=1):
        before, *rest = line.split("\f")
        pages[-1].append((number, before))
        pages.extend([(number, part)] for part in rest)
    if len(pages) == 1:
        return pages[0]
    edges = Counter(_form(line) for page in pages for line in _edges(page))
    running = {form for form, times in edges.items() if times >= _FEWEST}
    words = 0
    joined: list[tuple[int, str]] = []
    for page in pages:
        kept, dropped = _without(page, running)
        words += dropped
        if joined and kept and not _goes_on(joined[-1][1], kept[0][1]):
            joined.append((kept[0][0], ""))
        joined += kept
    if words:
        findings.append(Finding(None, wording.headers_and_footers(words)))
    return joined


def _form(line: str) -> str:
    """A line without what differs from page to page."""
    return re.sub(r"\d+|\b[ivxlc]+\b", "0", " ".join(line.split()))


def _edges(page: list[tuple[int, str]]) -> set[str]:
    """The first and the last line of a page that has more."""
    lines = [line for _, line in page if line.strip()]
    return {lines[0], lines[-1]} if len(lines) > 2 else set(lines)


def _without(page: list[tuple[int, str]], running: set[str]) -> tuple[list[tuple[int, str]], int]:
    """The lines of a page without empty and running ones at its edges; words that went."""
    kept, words = list(page), 0
    for place in (0, -1):
        while kept and (not kept[place][1].strip() or _form(kept[place][1]) in running):
            words += len(kept.pop(place)[1].split())
    return kept, words


def _goes_on(last: str, first: str) -> bool:
    """Whether a sentence runs over the end of a page."""
    return bool(last.strip()) and not _ENDED.search(last) and first.strip()[:1].islower()
