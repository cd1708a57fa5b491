"""Styles: what a paragraph or a run inherits through the chain of styles it is based on."""

import re
from dataclasses import dataclass

from consult.importing.word.names import Element, child_value, integer, is_on, value, w

_LONGEST_CHAIN = 50
# Names of heading styles where a program translated them, which Word itself never does.
HEADING_NAME = re.compile(
    r"(?:heading|überschrift|ueberschrift|titre|título|titulo|titolo|kop|rubrik|overskrift|otsikko"
    r"|nagłówek|naglowek|nadpis|zaglavlje|başlık|заголовок|título)\s*(\d)",
    re.IGNORECASE,
)
_SUB_HEADING = re.compile(r"(?:heading\s*(\d)\W*_?)?\s*sub[\s_-]?head(?:ing)?\b.*", re.IGNORECASE)
_TITLES = frozenset({"title", "titel", "titre", "título", "titolo", "tytuł", "название"})


@dataclass(slots=True)
class Style:
    """One style as its own entry states it; what is None or empty is inherited."""

    identity: str
    name: str
    based_on: str
    element: Element
    paragraph: Element | None
    run: Element | None


class Styles:
    """The style sheet of a document; an absent one is an empty one."""

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, Style] = {}
        self._default = ""
        self._switches: dict[tuple[str, str], bool] = {}
        self._fonts: dict[str, tuple[str, str]] = {}
        self.defaults = (
            None if root is None else root.find(f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}")
        )
        for element in [] if root is None else root.iter(w("style")):
            identity = value(element, "styleId")
            self._styles[identity] = Style(
                identity,
                child_value(element, "name"),
                child_value(element, "basedOn"),
                element,
                element.find(w("pPr")),
                element.find(w("rPr")),
            )
            if value(element, "type") == "paragraph" and value(element, "default") in ("1", "true"):
                self._default = identity

    def identity(self, properties: Element | None) -> str:
        """The style of a paragraph with these properties."""
        stated = child_value(properties, "pStyle")
        return stated if stated in self._styles else self._default

    def chain(self, identity: str) -> list[Style]:
        """The style and all that it is based on, nearest first."""
        chain: list[Style] = []
        while identity in self._styles and len(chain) < _LONGEST_CHAIN:
            style = self._styles[identity]
            if style in chain:
                break
            chain.append(style)
            identity = style.based_on
        return chain

    def name(self, identity: str) -> str:
        style = self._styles.get(identity)
        return style.name if style else ""

    def paragraph_property(
        self, properties: Element | None, identity: str, name: str
    ) -> Element | None:
        """A property of a paragraph: its own, or that of the nearest style that has it."""
        for source in (properties, *(style.paragraph for style in self.chain(identity))):
            found = None if source is None else source.find(w(name))
            if found is not None:
                return found
        return None

    def run_switch(self, identity: str, name: str) -> bool:
        """Whether a style, by itself or by what it is based on, switches on bold and the like."""
        known = self._switches.get((identity, name))
        if known is None:
            states = (
                is_on(style.run.find(w(name)))
                for style in self.chain(identity)
                if style.run is not None
            )
            known = next((state for state in states if state is not None), False)
            self._switches[identity, name] = known
        return known

    def fonts(self, identity: str) -> tuple[str, str]:
        """The fonts of a style's letters, of ASCII and others; empty where none is stated."""
        known = self._fonts.get(identity)
        if known is None:
            sources = [
                found
                for source in (*(style.run for style in self.chain(identity)), self.defaults)
                if source is not None and (found := source.find(w("rFonts"))) is not None
            ]
            ascii_, other = (
                next(filter(None, (value(source, name) for source in sources)), "")
                for name in ("ascii", "hAnsi")
            )
            known = self._fonts[identity] = (ascii_, other)
        return known

    def has_bold_first_row(self, identity: str) -> bool:
        """Whether a table style sets the first row in bold."""
        for style in self.chain(identity):
            for part in style.element.findall(w("tblStylePr")):
                if value(part, "type") == "firstRow":
                    bold = part.find(f"{w('rPr')}/{w('b')}")
                    return bool(is_on(bold))
        return False

    def size(self, identity: str) -> int:
        """The size of a style's letters in half-points; 20 where nothing is stated."""
        for source in (*(style.run for style in self.chain(identity)), self.defaults):
            stated = integer(child_value(source, "sz"))
            if stated:
                return stated
        return 20

    def heading_level(self, properties: Element | None, identity: str) -> int:
        """The level of a heading, by name or outline level; 0 for other paragraphs."""
        for style in self.chain(identity):
            match = HEADING_NAME.fullmatch(style.name.strip()) or HEADING_NAME.fullmatch(
                style.identity
            )
            if match:
                return min(6, max(1, int(match[1])))
            if match := _SUB_HEADING.fullmatch(style.name.strip()):
                return min(6, int(match[1] or 1) + 1)
            if style.name.lower().startswith("toc "):
                return 0
        outline = self.paragraph_property(properties, identity, "outlineLvl")
        level = integer(value(outline), 9) if outline is not None else 9
        return min(6, level + 1) if 0 <= level < 9 else 0

    def is_title(self, identity: str) -> bool:
        return any(style.name.strip().lower() in _TITLES for style in self.chain(identity)[:3])

    def is_named(self, identity: str, pattern: str) -> bool:
        """Whether the style or one that it is based on has such a name."""
        return any(re.match(pattern, style.name, re.IGNORECASE) for style in self.chain(identity))
