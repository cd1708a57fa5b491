"""Automatic numbers of lists and headings, worked out to what the reader sees.

Lists nest as elements, but count as LibreOffice counts them: each paragraph belongs to a list (with
all lists that continue it) and a level; levels that were jumped over count as begun.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from consult.importing import numerals
from consult.importing.opendocument.names import integer, length, q, value
from consult.importing.opendocument.styles import Styles
from consult.importing.trees import Element
from consult.importing.word.numbering import Number

LEVELS = 10
_FORMATS: dict[str, Callable[[int], str]] = {
    "1": str,
    "i": numerals.roman,
    "I": lambda number: numerals.roman(number).upper(),
    "1st": numerals.ordinal,
    "First": numerals.ordinal_text,
    "One": numerals.cardinal_text,
    "01, 02, 03, ...": lambda number: f"{number:02d}",
    "一, 二, 三, ...": numerals.chinese,
    "א, י, ק, ...": numerals.in_alphabet("hebrew"),
    "א,·י,·ק, ...": numerals.in_alphabet("hebrew"),
    "أ, ب, ت, ...": numerals.in_alphabet("arabic"),
    "α, β, γ, ... (gr)": numerals.in_alphabet("greek"),
    "а, б, .., аа, аб, ... (ru)": numerals.in_alphabet("russian"),
}


@dataclass(slots=True)
class Level:
    """How one level of a list is numbered. pattern: LibreOffice's "%1%.%2%", where it is stated."""

    format: str = ""
    prefix: str = ""
    suffix: str = ""
    shown: int = 1
    start: int = 1
    doubled: bool = False
    bullet: bool = False
    pattern: str = ""
    indent: int = 0

    def write(self, number: int) -> str:
        if self.format in ("a", "A"):
            write = numerals.doubled_letters if self.doubled else numerals.letters
            written = write(number)
            return written.upper() if self.format == "A" else written
        return _FORMATS.get(self.format, str)(number) if self.format else ""


@dataclass(slots=True)
class ListStyle:
    levels: dict[int, Level]
    # All levels count as one.
    consecutive: bool = False

    def level(self, place: int) -> Level:
        """The level at a depth (from 0); one that is not defined looks like the one above it."""
        while place > 0 and place not in self.levels:
            place -= 1
        return self.levels.get(place) or Level(bullet=True)


@dataclass(slots=True)
class Count:
    """The numbers that a list, with all that continue it, has reached on each level."""

    key: str
    style: str
    reached: dict[int, int] = field(default_factory=dict)

    def step(self, place: int, style: ListStyle, start: int | None) -> None:
        if style.consecutive:
            last = self.reached.get(0, style.level(0).start - 1)
            self.reached = dict.fromkeys(range(LEVELS), last + 1 if start is None else start)
            return
        for above in range(place):
            self.reached.setdefault(above, style.level(above).start)
        if start is not None:
            self.reached[place] = start
        elif place in self.reached:
            self.reached[place] += 1
        else:
            self.reached[place] = style.level(place).start
        for deeper in range(place + 1, LEVELS):
            self.reached.pop(deeper, None)


class Numbering:
    """Knows the list styles and counts through a document."""

    def __init__(self, styles: Styles) -> None:
        self._styles = {name: _list_style(e) for name, e in styles.list_styles.items()}
        self._outline = _list_style(styles.outline)
        self._counts: list[Count] = []
        self._by_identity: dict[str, Count] = {}
        self._headings = Count("outline", "")

    def open(self, element: Element, style: str) -> Count:
        """The count for a list that begins: a new one, or that of the list which it continues."""
        count = self._by_identity.get(value(element, "text:continue-list"))
        if count is None and value(element, "text:continue-numbering") == "true":
            earlier = (count for count in reversed(self._counts) if count.style == style)
            count = next(earlier, None)
        if count is None:
            count = Count(f"list {len(self._counts)}", style)
            self._counts.append(count)
        for name in ("{http://www.w3.org/XML/1998/namespace}id", q("text:id")):
            if element.get(name):
                self._by_identity[str(element.get(name))] = count
        return count

    def number(
        self, count: Count, style: str, place: int, start: int | None, stated: str
    ) -> Number | None:
        """The number of the next paragraph on a level (from 0) of a list.

        stated: the number as the program that wrote the file showed it, where the file says so.
        """
        found = self._styles.get(style)
        if found is None:
            return Number("", True, count.key, place, 0, 1)
        place = min(place, LEVELS - 1)
        count.step(place, found, start)
        level = found.level(place)
        label = "" if level.bullet else stated or _label(found, place, count.reached)
        return Number(label, not label, count.key, place, level.indent, _parts(level))

    def heading(self, level: int, start: int | None, stated: str) -> Number | None:
        """The number of the next heading of a level (from 1), or None if it has none."""
        place = min(max(level, 1), LEVELS) - 1
        self._headings.step(place, self._outline, start)
        found = self._outline.levels.get(place)
        label = stated
        if not label and found is not None and not found.bullet and found.format:
            label = _label(self._outline, place, self._headings.reached)
        if not label or found is None:
            return None
        return Number(label, False, self._headings.key, place, found.indent, _parts(found))


def _label(style: ListStyle, place: int, reached: dict[int, int]) -> str:
    level = style.level(place)
    numbers = {
        other: style.level(other).write(reached.get(other, style.level(other).start))
        for other in range(place + 1)
    }
    if level.pattern:
        label = _filled(level.pattern, numbers)
    else:
        first = place if style.consecutive else max(0, place - level.shown + 1)
        shown = [numbers[other] for other in range(first, place + 1) if numbers[other]]
        label = f"{level.prefix}{'.'.join(shown)}{level.suffix}"
    label = " ".join(label.split())
    return label if any(character.isalnum() for character in label) else ""


def _filled(pattern: str, numbers: dict[int, str]) -> str:
    """ "%1%.%2%" with its numbers; a level without one goes together with what follows it."""

    def write(match: re.Match[str]) -> str:
        number = numbers.get(int(match[1]) - 1, "")
        return number + match[2] if number else ""

    head, sign, rest = pattern.partition("%")
    return head + re.sub(r"%(\d{1,2})%([^%]*)", write, sign + rest)


def _parts(level: Level) -> int:
    return len(re.findall(r"%\d{1,2}%", level.pattern)) if level.pattern else level.shown


def _list_style(element: Element | None) -> ListStyle:
    levels = {}
    for entry in () if element is None else element:
        place = integer(value(entry, "text:level"), 0) - 1
        if 0 <= place < LEVELS:
            levels[place] = _level(entry)
    consecutive = value(element, "text:consecutive-numbering") == "true"
    return ListStyle(levels, consecutive)


def _level(entry: Element) -> Level:
    properties = entry.find(q("style:list-level-properties"))
    aligned = None
    if properties is not None:
        aligned = properties.find(q("style:list-level-label-alignment"))
    indent = length(value(aligned, "fo:margin-left")) or (
        length(value(properties, "text:space-before"))
        + length(value(properties, "text:min-label-width"))
    )
    bullet = entry.tag in (q("text:list-level-style-bullet"), q("text:list-level-style-image"))
    return Level(
        format=value(entry, "style:num-format"),
        prefix=value(entry, "style:num-prefix"),
        suffix=value(entry, "style:num-suffix"),
        shown=max(1, integer(value(entry, "text:display-levels"), 1)),
        start=integer(value(entry, "text:start-value"), 1),
        doubled=value(entry, "style:num-letter-sync") == "true",
        bullet=bullet,
        pattern=value(entry, "loext:num-list-format") or value(entry, "style:num-list-format"),
        indent=indent,
    )
