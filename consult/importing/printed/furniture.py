"""Running heads, running feet and page numbers: what stands on every page and is not its text."""

import re
from collections import Counter
from dataclasses import dataclass

from consult.importing.printed.lines import Line

# Shares of the page's height at its top and foot where they may stand.
_EDGE = 0.18
_NUMBER = re.compile(
    r"[\W_]*(?:page|p\.|seite|página|pagina|strona|sayfa|صفحة|עמוד)?[\W_]*"
    r"(?:\d{1,4}|[ivxlc]{1,7}|[A-Z]{1,2}-\d{1,3})"
    r"(?:\s*(?:/|of|von|de|sur|di|van|из|من|מתוך)\s*\d{1,4})?[\W_]*",
    re.IGNORECASE,
)
# How far, in points, a line may stand from its place on the other pages.
_DRIFT = 6.0
_Key = tuple[str, int, int]


@dataclass(slots=True)
class Page:
    """One page: its number, the lines on it from the top down, and where it begins and ends."""

    number: int
    lines: list[Line]
    top: float
    bottom: float

    @property
    def height(self) -> float:
        return self.top - self.bottom


def drop_furniture(pages: list[Page]) -> int:
    """Take away what runs through the pages at top and foot; how many words that were."""
    keys = {id(line): _keys(page, line) for page in pages for line in page.lines}
    seen = Counter(key for found in keys.values() for key in found)
    # Where most pages have text of their own, what is alike is alike by chance.
    lines: Counter[tuple[int, int]] = Counter()
    alike: Counter[tuple[int, int]] = Counter()
    for found in keys.values():
        for place in {key[1:] for key in found}:
            lines[place] += 1
            alike[place] += any(seen[key] > 1 for key in found if key[1:] == place)
    words = 0
    left: list[list[Line]] = []
    for page in pages:
        kept = []
        heights = Counter(round(line.y) for line in page.lines)
        for line in page.lines:
            # The number of a paragraph has its text beside it.
            alone = heights[round(line.y)] == 1 or not line.text.strip().isdigit()
            running = (k for k in keys[id(line)] if alike[k[1:]] >= 0.6 * lines[k[1:]])
            times = max((seen[key] for key in running), default=0)
            if alone and _is_running(page, line, times, len(pages)):
                words += len(line.text.split())
            else:
                kept.append(line)
        left.append(kept)
    if not any(left):
        # Pages with nothing else on them are not heads and feet alone.
        return 0
    for page, kept in zip(pages, left, strict=True):
        page.lines = kept
    return words


def _keys(page: Page, line: Line) -> list[_Key]:
    """The line in forms that are the same on other pages, and its place, in two ways for places
    that lie on a border."""
    edge = _edge(page, line)
    if not edge:
        return []
    place = page.top - line.y if edge > 0 else line.y - page.bottom
    near = (int(place // _DRIFT), -1 - int((place + _DRIFT / 2) // _DRIFT))
    text = " ".join(line.text.split()).lower()
    return [(form, edge, slot) for form in _forms(text, page.number) for slot in near]


def _forms(text: str, page: int) -> set[str]:
    """A text as it is, and with each of its numbers as one that counts the pages."""
    forms = {text}
    for number in list(re.finditer(r"\d{1,4}", text))[:4]:
        offset = int(number[0]) - page
        forms.add(f"{text[: number.start()]}#{offset}{text[number.end() :]}")
    if re.fullmatch(r"[\W_]*[ivxlc]+[\W_]*", text):
        forms.add("#roman")
    return forms


def _edge(page: Page, line: Line) -> int:
    """1 at the top, -1 at the foot, 0 in between."""
    if line.y > page.top - _EDGE * page.height:
        return 1
    return -1 if line.y < page.bottom + _EDGE * page.height else 0


def _is_running(page: Page, line: Line, times: int, pages: int) -> bool:
    """Whether a line belongs to the pages. times: on how many of them it stands."""
    if not _edge(page, line):
        return False
    if _NUMBER.fullmatch(line.text.strip()):
        # The number of a page stands by itself, also on the only page.
        return times > 1 or (pages < 3 and line in (page.lines[0], page.lines[-1]))
    if re.search(r"\d", line.text) and times > 1:
        return times >= 3 or pages < 6
    return times >= 3 or (times == 2 and pages == 2)
