"""Word's automatic numbers, worked out to what the reader sees (ISO/IEC 29500-1, 17.9)."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from consult.drafts.importing import numerals
from consult.drafts.importing.word.names import (
    COMPATIBILITY,
    Element,
    child_value,
    integer,
    is_on,
    value,
    w,
)
from consult.drafts.importing.word.styles import Styles

_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02d}",
    "upperRoman": lambda number: numerals.roman(number).upper(),
    "lowerRoman": numerals.roman,
    "upperLetter": lambda number: numerals.doubled_letters(number).upper(),
    "lowerLetter": numerals.doubled_letters,
    "ordinal": numerals.ordinal,
    "cardinalText": numerals.cardinal_text,
    "ordinalText": numerals.ordinal_text,
    "numberInDash": lambda number: f"- {number} -",
    "chicago": numerals.in_alphabet("signs"),
    "russianLower": numerals.in_alphabet("russian"),
    "russianUpper": lambda number: numerals.in_alphabet("russian")(number).upper(),
    "hebrew2": numerals.in_alphabet("hebrew"),
    "hebrew1": numerals.in_alphabet("hebrew"),
    "arabicAlpha": numerals.in_alphabet("arabic"),
    "arabicAbjad": numerals.in_alphabet("abjad"),
    **dict.fromkeys(
        (
            "chineseCounting",
            "chineseCountingThousand",
            "ideographDigital",
            "japaneseCounting",
            "taiwaneseCounting",
            "taiwaneseCountingThousand",
            "koreanCounting",
        ),
        numerals.chinese,
    ),
    "none": lambda number: "",
    "bullet": lambda number: "",
}
_LEVELS = 9


@dataclass(slots=True)
class Level:
    """How one level of a list is numbered."""

    format: str = "decimal"
    text: str = ""
    start: int = 1
    # After which level it starts again: None for any above it, 0 for none.
    restart: int | None = None
    legal: bool = False
    indent: int = 0
    style: str = ""
    width: int = 0

    def write(self, number: int) -> str:
        written = _FORMATS.get(self.format, str)(number)
        return written.zfill(self.width) if self.width else written


@dataclass(slots=True)
class List:
    """A list: the levels of its pattern, and the numbers it restarts at. All lists with one
    pattern count on together."""

    pattern: str
    levels: list[Level]
    starts: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Number:
    """A paragraph's place in a list. label is empty for bullets; formats are those of the levels
    that the label shows."""

    label: str
    bullet: bool
    list_key: str
    level: int
    indent: int
    parts: int


class Numbering:
    """Counts through a document; `number` is called for each numbered paragraph in order."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._patterns: dict[str, Element] = {}
        self._by_link: dict[str, str] = {}
        self._lists: dict[str, List] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._started: set[tuple[str, int]] = set()
        if root is not None:
            self._load(root)

    def _load(self, root: Element) -> None:
        for element in root.iter(w("abstractNum")):
            identity = value(element, "abstractNumId")
            self._patterns[identity] = element
            if link := child_value(element, "styleLink"):
                self._by_link[link] = identity
        for element in root.iter(w("num")):
            pattern = self._resolve(child_value(element, "abstractNumId"))
            levels = _levels(self._patterns.get(pattern))
            found = List(pattern, levels)
            for override in element.iter(w("lvlOverride")):
                place = integer(value(override, "ilvl"))
                stated = override.find(w("lvl"))
                if stated is not None and 0 <= place < _LEVELS:
                    levels[place] = _level(stated)
                start = override.find(w("startOverride"))
                if start is not None:
                    found.starts[place] = integer(value(start), 1)
            self._lists[value(element, "numId")] = found

    def _resolve(self, identity: str) -> str:
        """A pattern may stand for the one that a list style links to."""
        pattern = self._patterns.get(identity)
        link = child_value(pattern, "numStyleLink")
        return self._by_link.get(link, identity) if link else identity

    def number(self, properties: Element | None, style: str) -> Number | None:
        """The number of a paragraph, which counts it; None if it has none."""
        found = self._find(properties, style)
        if found is None:
            return None
        key, place = found
        numbered = self._lists[key]
        level = numbered.levels[place]
        if level.format == "bullet" and level.text and not level.text.strip():
            # A blank bullet sets a paragraph below the item that it belongs to.
            return None
        self._count(key, numbered, place)
        label = self._label(numbered, place)
        bullet = level.format == "bullet" or not label
        parts = len(re.findall(r"%\d", level.text))
        return Number("" if bullet else label, bullet, numbered.pattern, place, level.indent, parts)

    def _find(self, properties: Element | None, style: str) -> tuple[str, int] | None:
        """List and level of a paragraph, its own or its style's."""
        own = None if properties is None else properties.find(w("numPr"))
        key, place = child_value(own, "numId"), child_value(own, "ilvl")
        if key == "0":
            return None
        if not key:
            for link in self._styles.chain(style):
                stated = None if link.paragraph is None else link.paragraph.find(w("numPr"))
                # A style may change the level alone and leave the list to the one it is based on.
                place = place or child_value(stated, "ilvl")
                key = child_value(stated, "numId")
                if key:
                    named = self._place_of_style(key, style)
                    place = named or place or self._place_of_style(key, link.identity)
                    break
        if key not in self._lists or key == "0":
            return None
        return key, min(_LEVELS - 1, max(0, integer(place)))

    def _place_of_style(self, key: str, style: str) -> str:
        """The level that names the style, which is how headings share one list; or nothing."""
        levels = self._lists[key].levels if key in self._lists else []
        for place, level in enumerate(levels):
            if level.style == style:
                return str(place)
        return ""

    def _count(self, key: str, numbered: List, place: int) -> None:
        counts = self._counts.setdefault(numbered.pattern, {})
        level = numbered.levels[place]
        fresh = (key, place) not in self._started
        self._started.add((key, place))
        if fresh and place in numbered.starts:
            counts[place] = numbered.starts[place]
        elif place in counts:
            counts[place] += 1
        else:
            counts[place] = numbered.starts.get(place, level.start)
        for deeper in range(place + 1, _LEVELS):
            restart = numbered.levels[deeper].restart
            if restart is None or 0 < place + 1 <= restart:
                counts.pop(deeper, None)

    def _label(self, numbered: List, place: int) -> str:
        counts = self._counts[numbered.pattern]
        level = numbered.levels[place]
        if level.format == "bullet":
            return ""

        def write(match: re.Match[str]) -> str:
            other = int(match[1]) - 1
            if not 0 <= other < _LEVELS:
                return ""
            number = counts.get(other, numbered.starts.get(other, numbered.levels[other].start))
            if level.legal:
                return str(number)
            return numbered.levels[other].write(number)

        return " ".join(re.sub(r"%(\d)", write, level.text).split())


def _levels(pattern: Element | None) -> list[Level]:
    levels = [Level() for _ in range(_LEVELS)]
    for element in [] if pattern is None else pattern.findall(w("lvl")):
        place = integer(value(element, "ilvl"), -1)
        if 0 <= place < _LEVELS:
            levels[place] = _level(element)
    return levels


def _level(element: Element) -> Level:
    restart = element.find(w("lvlRestart"))
    indent = element.find(f"{w('pPr')}/{w('ind')}")
    numbered = element.find(w("numFmt"))
    if numbered is None:
        # Newer formats stand in an alternative for programs that know them.
        numbered = element.find(f".//{{{COMPATIBILITY}}}Choice/{w('numFmt')}")
    level = Level(
        format=value(numbered) or "decimal",
        text=child_value(element, "lvlText"),
        start=integer(child_value(element, "start"), 1),
        restart=None if restart is None else integer(value(restart)),
        legal=bool(is_on(element.find(w("isLgl")))),
        indent=integer(value(indent, "left") or value(indent, "start")),
        style=child_value(element, "pStyle"),
    )
    if level.format == "custom":
        level.width = len(value(numbered, "format").split(",")[0].strip())
    if element.find(w("lvlPicBulletId")) is not None:
        level.format = "bullet"
    return level
