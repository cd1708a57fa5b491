"""Styles: what a paragraph or a stretch of text inherits through the chain of its styles."""

import re
from dataclasses import dataclass, replace

from consult.importing.opendocument.names import integer, length, q, value
from consult.importing.trees import Element
from consult.importing.word.styles import HEADING_NAME

_LONGEST_CHAIN = 50
_TITLES = frozenset({"title", "titel", "titre", "título", "titolo", "tytuł", "название"})
_CODE = re.compile(r"source[ _]text|teletype|verbatim ?char|code|example", re.IGNORECASE)
_BOLD = re.compile(r"bold|[6-9]00")


@dataclass(frozen=True, slots=True)
class Face:
    """What letters look like. size: in half-points."""

    bold: bool = False
    italic: bool = False
    struck: bool = False
    underlined: bool = False
    capitals: bool = False
    hidden: bool = False
    code: bool = False
    raised: str = ""
    size: int = 24
    language: str = ""
    asian: str = ""
    complex: str = ""


@dataclass(slots=True)
class Style:
    """One style as its own entry states it. common: made by a person, not by the program."""

    name: str
    title: str
    parent: str
    element: Element
    common: bool


class Styles:
    """The style sheet of a document: common styles, and those that the program made itself."""

    def __init__(self, content: Element, styles: Element | None) -> None:
        self._styles: dict[tuple[str, str], Style] = {}
        self._defaults: dict[str, Element] = {}
        self._faces: dict[tuple[str, str, Face], Face] = {}
        self.list_styles: dict[str, Element] = {}
        self.outline: Element | None = None
        for root, place in ((styles, "office:styles"), (content, "office:automatic-styles")):
            for sheet in () if root is None else root.findall(q(place)):
                self._load(sheet, common=place == "office:styles")

    def _load(self, sheet: Element, common: bool) -> None:
        for element in sheet:
            family, name = value(element, "style:family"), value(element, "style:name")
            if element.tag == q("style:style"):
                title = value(element, "style:display-name") or name.replace("_20_", " ")
                parent = value(element, "style:parent-style-name")
                self._styles[family, name] = Style(name, title, parent, element, common)
            elif element.tag == q("style:default-style"):
                self._defaults[family] = element
            elif element.tag == q("text:list-style"):
                self.list_styles[name] = element
            elif element.tag == q("text:outline-style"):
                self.outline = element

    def chain(self, family: str, name: str) -> list[Style]:
        """The style and all that it is based on, nearest first."""
        chain: list[Style] = []
        while (family, name) in self._styles and len(chain) < _LONGEST_CHAIN:
            style = self._styles[family, name]
            if style in chain:
                break
            chain.append(style)
            name = style.parent
        return chain

    def common(self, name: str) -> str:
        """The nearest style of a paragraph that a person knows by name."""
        chain = self.chain("paragraph", name)
        return next((style.name for style in chain if style.common), name)

    def names(self, identity: str) -> list[str]:
        """The names, as people know them, of a paragraph style and all that it is based on."""
        chain = self.chain("paragraph", identity)
        # Programs use common styles without defining them.
        return [style.title for style in chain] or [identity.replace("_20_", " ")]

    def name(self, identity: str) -> str:
        return self.names(identity)[0]

    def is_named(self, identity: str, pattern: str) -> bool:
        """Whether a paragraph style or one that it is based on has such a name."""
        return any(re.match(pattern, name, re.IGNORECASE) for name in self.names(identity))

    def is_title(self, identity: str) -> bool:
        return any(name.strip().lower() in _TITLES for name in self.names(identity)[:3])

    def heading_level(self, identity: str) -> int:
        """The level of a heading style, by outline level or name; 0 for other styles."""
        for style in self.chain("paragraph", identity):
            level = integer(value(style.element, "style:default-outline-level"))
            match = HEADING_NAME.fullmatch(style.title.strip())
            if level or match:
                return min(6, level or int(match[1] if match else 0) or 1)
        return 0

    def list_style(self, identity: str) -> str | None:
        """The list style that a paragraph style calls for; empty: none on purpose; or None."""
        for style in self.chain("paragraph", identity):
            stated = style.element.get(q("style:list-style-name"))
            if stated is not None:
                return str(stated)
        return None

    def paragraph_value(self, identity: str, name: str) -> str:
        """A property of a paragraph: that of the nearest style that has it."""
        for style in self.chain("paragraph", identity):
            found = value(style.element.find(q("style:paragraph-properties")), name)
            if found:
                return found
        return ""

    def margin(self, identity: str) -> int:
        """How far a paragraph style sets its text in, in twentieths of a point."""
        return length(self.paragraph_value(identity, "fo:margin-left"))

    def base_face(self) -> Face:
        """What letters look like where no style says anything."""
        return _changed(Face(), self._defaults.get("paragraph"), "")

    def face(self, family: str, name: str, base: Face) -> Face:
        """What letters of a style look like that stand among letters that look like `base`."""
        key = (family, name, base)
        if key not in self._faces:
            found = base
            for style in reversed(self.chain(family, name)):
                found = _changed(found, style.element, style.title if family == "text" else "")
            self._faces[key] = found
        return self._faces[key]


def _changed(face: Face, style: Element | None, title: str) -> Face:
    """A face with the properties of one entry of the style sheet."""
    stated = None if style is None else style.find(q("style:text-properties"))
    if title and _CODE.fullmatch(title):
        face = replace(face, code=True)
    if stated is None:
        return face
    changes: dict[str, object] = {}
    weight, slant = value(stated, "fo:font-weight"), value(stated, "fo:font-style")
    if weight:
        changes["bold"] = bool(_BOLD.fullmatch(weight))
    if slant:
        changes["italic"] = slant in ("italic", "oblique")
    line = value(stated, "style:text-line-through-style") or value(
        stated, "style:text-line-through-type"
    )
    if line:
        changes["struck"] = line != "none"
    if underline := value(stated, "style:text-underline-style"):
        changes["underlined"] = underline != "none"
    if transform := value(stated, "fo:text-transform"):
        changes["capitals"] = transform == "uppercase"
    if display := value(stated, "text:display"):
        changes["hidden"] = display == "none"
    if position := value(stated, "style:text-position"):
        changes["raised"] = _raised(position)
    if size := value(stated, "fo:font-size"):
        changes["size"] = _size(size, face.size)
    for kind, attribute in (
        ("language", "fo:{}"),
        ("asian", "style:{}-asian"),
        ("complex", "style:{}-complex"),
    ):
        if language := _language(stated, attribute):
            changes[kind] = language
    return replace(face, **changes)  # type: ignore[arg-type]


def _raised(position: str) -> str:
    """ "super 58%", "sub 58%" or how far off the line in percent."""
    first = position.split()[0]
    if first in ("super", "sub"):
        return "sup" if first == "super" else "sub"
    offset = float(first[:-1]) if re.fullmatch(r"-?\d+(\.\d+)?%", first) else 0.0
    return "sup" if offset > 0 else "sub" if offset < 0 else ""


def _size(stated: str, inherited: int) -> int:
    """Half-points, from a measure or from a share of what is inherited."""
    if stated.endswith("%"):
        share = re.fullmatch(r"\d+(\.\d+)?", stated[:-1])
        return round(inherited * float(share[0]) / 100) if share else inherited
    return round(length(stated) / 10) or inherited


def _language(stated: Element, attribute: str) -> str:
    language = value(stated, attribute.format("language"))
    country = value(stated, attribute.format("country"))
    if not language or language in ("none", "zxx"):
        return ""
    return f"{language}-{country}" if country and country != "none" else language
