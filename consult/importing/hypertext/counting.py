"""The numbers that a browser shows before the items of an ordered list."""

import re
from collections.abc import Callable, Iterator
from typing import TypeAlias

from lxml import etree

from consult.blocks.places import Place, Unit
from consult.importing import numerals

Element: TypeAlias = etree._Element

#: Attributes with which our own Markdown reader says what its source had: an item's number as it
#: was written, and the line on which an element began.
LABEL = "data-consult-label"
LINE = "data-consult-line"
#: Where there are no lines, as in a book of many pages: the number of a paragraph.
PARAGRAPH = "data-consult-paragraph"
_PARAGRAPHS = ("p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "dt", "dd", "pre", "table", "figure")

_BY_TYPE: dict[str, Callable[[int], str]] = {
    "1": str,
    "a": numerals.letters,
    "A": lambda number: numerals.letters(number).upper(),
    "i": numerals.roman,
    "I": lambda number: numerals.roman(number).upper(),
}
_BY_STYLE: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimal-leading-zero": lambda number: f"{number:02d}",
    "lower-alpha": _BY_TYPE["a"],
    "lower-latin": _BY_TYPE["a"],
    "upper-alpha": _BY_TYPE["A"],
    "upper-latin": _BY_TYPE["A"],
    "lower-roman": _BY_TYPE["i"],
    "upper-roman": _BY_TYPE["I"],
    "lower-greek": numerals.in_alphabet("greek"),
    "hebrew": numerals.in_alphabet("hebrew"),
    "cjk-decimal": numerals.chinese,
}
_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([^;]+)", re.IGNORECASE)
_NO_MARKERS = frozenset({"none", "disc", "circle", "square"})


def number_paragraphs(root: Element) -> None:
    """Write into paragraphs which they are; a table, which readers see as one thing, is one."""
    number = 0
    for element in root.iter(*_PARAGRAPHS):
        if next(element.iterancestors("table"), None) is None:
            number += 1
            element.set(PARAGRAPH, str(number))


def place_at(element: Element, own_lines: bool) -> Place | None:
    """Where an element itself says that it stands.

    own_lines: whether the parser's line numbers are those of the file.
    """
    line = str(element.sourceline or "") if own_lines else element.get(LINE)
    if line and re.fullmatch(r"[0-9]{1,9}", line):
        return Place(Unit.LINE, int(line))
    number = element.get(PARAGRAPH)
    if number and re.fullmatch(r"[0-9]{1,9}", number):
        return Place(Unit.PARAGRAPH, int(number))
    return None


def with_places(root: Element, own_lines: bool) -> Iterator[tuple[Element, Place | None]]:
    """All elements and comments with their places; one that says nothing is where the last was."""
    place = None
    for element in root.iter():
        if isinstance(element.tag, str) or own_lines:
            place = place_at(element, own_lines) or place
        yield element, place


class ListCounter:
    """Counts through one list element; `label` is called for each of its items in order."""

    def __init__(self, element: Element) -> None:
        self._ordered = element.tag == "ol"
        self._write = _writing(element) if self._ordered else None
        self._step = -1 if "reversed" in element.attrib else 1
        number = len(element.findall("li")) if self._step < 0 else 1
        self._next = _integer(element.get("start"), number)

    def label(self, item: Element) -> str:
        """The label of the next item; empty for bullets and lists without markers."""
        if item.get(LABEL):
            return str(item.get(LABEL))
        if not self._ordered:
            return ""
        number = _integer(item.get("value"), self._next)
        self._next = number + self._step
        write = _writing(item) if item.get("type") or item.get("style") else self._write
        return f"{write(number)}." if write else ""


def _writing(element: Element) -> Callable[[int], str] | None:
    style = _STYLE.search(str(element.get("style") or ""))
    words = style[1].lower().split() if style else []
    if any(word in _NO_MARKERS for word in words):
        return None
    for word in words:
        if word in _BY_STYLE:
            return _BY_STYLE[word]
    classes = str(element.get("class") or "").lower().replace("_", "-").split()
    for name in classes:
        if name in _BY_STYLE:
            return _BY_STYLE[name]
    if any(name in ("list-none", "list-unstyled", "no-bullets", "no-marker") for name in classes):
        return None
    return _BY_TYPE.get(str(element.get("type") or "1"), str)


def _integer(value: str | None, otherwise: int) -> int:
    return int(value) if value and re.fullmatch(r"-?\d{1,9}", value.strip()) else otherwise
