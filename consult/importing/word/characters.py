"""What the parts of a run stand for, letter by letter."""

from dataclasses import dataclass

from consult.importing import symbols
from consult.importing.word.names import (
    Element,
    all_text,
    child_value,
    is_on,
    local_name,
    value,
    w,
)
from consult.importing.word.styles import Styles

_PRIVATE = ("\uf000", "\uf0ff")
# Half-points: letters of this size are dots.
_TINY = 4
_WHITE, _NO_COLOUR = "ffffff", ("", "auto", "ffffff")
_PLAIN_TABLES = ("", "tablegrid", "tablenormal")


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign of a font of symbols that nobody can tell, or not for certain."""

    code: str
    font: str
    text: str


@dataclass(frozen=True, slots=True)
class Script:
    """How the letters of a run are set, as far as that changes what is read.

    fonts: for letters of ASCII, and for others. faint: it cannot be seen on white paper.
    """

    fonts: tuple[str, str] = ("", "")
    capitals: bool = False
    faint: bool = False

    def characters(self, text: str, doubts: list[Sign]) -> str:
        """The text as it is seen; what is not certain is added to the doubts."""
        if any(map(symbols.is_symbolic, self.fonts)) or any(
            _PRIVATE[0] <= c <= _PRIVATE[1] for c in text
        ):
            return "".join(self._character(c, doubts) for c in text)
        return text.upper() if self.capitals else text

    def _character(self, character: str, doubts: list[Sign]) -> str:
        if character.isspace():
            return character
        font = self.fonts[0 if character < "\x80" else 1] or self.fonts[0]
        return seen(ord(character), font, doubts)

    def part(self, element: Element, doubts: list[Sign]) -> str:
        """The text that a part of a run stands for."""
        name = local_name(element)
        if name == "t":
            return self.characters(element.text or "", doubts)
        if name == "sym":
            code = value(element, "char")
            # A code that is no code shows nothing, as in Word.
            number = int(code, 16) if code and len(code) < 7 and _is_hexadecimal(code) else 0
            return seen(number, value(element, "font"), doubts)
        if name == "br":
            return "\n" if value(element, "type") in ("", "textWrapping") else " "
        if name == "ruby":
            return self._ruby(element, doubts)
        return _FIXED.get(name, "")

    def _ruby(self, element: Element, doubts: list[Sign]) -> str:
        """Words with what stands small above them, which goes into brackets behind them."""
        base, above = (
            "".join(
                self.characters(t.text or "", doubts) for t in element.iterfind(f"{w(n)}//{w('t')}")
            )
            for n in ("rubyBase", "rt")
        )
        return f"{base}({above})" if above.strip() else base


_FIXED = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "\u2011"}
#: Parts of runs that are read, or of which nothing is seen.
PARTS = frozenset({"t", "sym", "br", "ruby", *_FIXED})


def seen(code: int, font: str, doubts: list[Sign]) -> str:
    """What a font shows for a code."""
    text, certain = symbols.shown(code, font)
    if not certain:
        doubts.append(Sign(f"{code:04X}", font, "" if text == symbols.UNKNOWN else text))
    return text


def _is_hexadecimal(text: str) -> bool:
    return all(c in "0123456789abcdefABCDEF" for c in text)


def script_of(run: Element, properties: Element | None, styles: Styles, style: str) -> Script:
    """How a run is set. style: of its paragraph."""
    character = child_value(properties, "rStyle")
    stated = None if properties is None else properties.find(w("rFonts"))
    inherited = styles.fonts(character) if character else ("", "")
    base = styles.fonts(style)
    fonts = tuple(
        value(stated, name) or inherited[n] or base[n] for n, name in enumerate(("ascii", "hAnsi"))
    )
    capitals = None if properties is None else is_on(properties.find(w("caps")))
    if capitals is None and character:
        capitals = styles.run_switch(character, "caps")
    return Script((fonts[0], fonts[1]), bool(capitals), _is_faint(run, properties))


def _is_faint(run: Element, properties: Element | None) -> bool:
    if properties is None:
        return False
    size = child_value(properties, "sz")
    if size.isdecimal() and 0 < int(size) <= _TINY:
        return True
    white = child_value(properties, "color").lower() == _WHITE
    return white and not _is_shaded(properties) and not _has_ground(run)


def _is_shaded(properties: Element | None) -> bool:
    """Whether something else than white paper is behind text with these properties."""
    if properties is None:
        return False
    shade, marked = properties.find(w("shd")), child_value(properties, "highlight")
    dark = value(shade) not in ("", "clear", "nil")
    return (
        marked not in ("", "none", "white")
        or dark
        or (value(shade, "fill").lower() not in _NO_COLOUR)
    )


def _has_ground(run: Element) -> bool:
    """Whether a run may stand on a coloured ground: that of a paragraph, cell, table or box."""
    for above in run.iterancestors():
        name = local_name(above)
        if name in ("txbxContent", "hyperlink"):
            return True
        if name in ("p", "tc") and _is_shaded(above.find(w(f"{name}Pr"))):
            return True
        if name == "tbl":
            properties = above.find(w("tblPr"))
            style = child_value(properties, "tblStyle").lower()
            if style not in _PLAIN_TABLES or _is_shaded(properties):
                return True
        if name == "document":
            return above.find(w("background")) is not None
    return False


def words_of(element: Element) -> str:
    """The words in an element, for the report."""
    return " ".join(all_text(element).split())
