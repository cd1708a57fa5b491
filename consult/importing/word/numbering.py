"""Word's automatic numbers, worked out to what the reader sees (ISO/IEC 29500-1, 17.9)."""

import re
from dataclasses import dataclass, field

from consult.importing.word.levels import LEVELS, OWN_LISTS, Level, level_of, levels_of
from consult.importing.word.names import Element, child_value, integer, value, w
from consult.importing.word.styles import Styles


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
        # Lists by the names under which fields count in them, Word's own among them.
        self._names: dict[str, str] = {}
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
            levels = levels_of(self._patterns.get(pattern))
            found = List(pattern, levels)
            for override in element.iter(w("lvlOverride")):
                place = integer(value(override, "ilvl"))
                stated = override.find(w("lvl"))
                if stated is not None and 0 <= place < LEVELS:
                    levels[place] = level_of(stated)
                start = override.find(w("startOverride"))
                if start is not None:
                    found.starts[place] = integer(value(start), 1)
            self._lists[value(element, "numId")] = found
            name = child_value(self._patterns.get(pattern), "name").lower()
            self._names.setdefault(name, value(element, "numId"))

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
        return key, min(LEVELS - 1, max(0, integer(place)))

    def has_name(self, name: str) -> bool:
        """Whether the file itself has a list of this name."""
        return bool(name) and name.lower() in self._names

    def named(self, name: str, number: Number | None, place: int, start: int | None) -> str | None:
        """The next number of a field that counts in a list; None if there is no such list.

        name: of the list; where a field names none, it counts in that of its paragraph, whose
        `number` is given, or in one of Word's own. start: where to begin anew.
        """
        key = self._names.get(name.lower()) if name else None
        if key is None and not name and number is not None:
            key = next(
                (k for k, found in self._lists.items() if found.pattern == number.list_key), None
            )
        if key is None:
            key = name.lower() or "numberdefault"
            if key not in OWN_LISTS:
                return None
            stated = (level.split() for level in OWN_LISTS[key])
            levels = [Level(format=written, text=text) for written, text in stated]
            self._lists.setdefault(key, List(key, levels))
        numbered, place = self._lists[key], min(LEVELS - 1, max(0, place))
        self._count(key, numbered, place)
        if start is not None:
            self._counts[numbered.pattern][place] = start
        return self._label(numbered, place)

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
        for deeper in range(place + 1, LEVELS):
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
            if not 0 <= other < LEVELS:
                return ""
            number = counts.get(other, numbered.starts.get(other, numbered.levels[other].start))
            if level.legal:
                return str(number)
            return numbered.levels[other].write(number)

        return " ".join(re.sub(r"%(\d)", write, level.text).split())
