"""What fonts of symbols show for the codes of characters.

Symbol: Adobe's encoding of that font. Wingdings, Webdings: the characters that Unicode 7.0 took
over from them, in a likeness that the fonts of most machines have.
"""

import re

#: Stands where a character is that nobody can tell.
UNKNOWN = "\N{REPLACEMENT CHARACTER}"

_SYMBOL = {
    0x20: " !∀#∃%&∋()∗+,−./0123456789:;<=>?",
    0x40: "≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_",
    0x61: "αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼",
    0xA0: "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…",
    0xBF: "↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪",
    0xF1: "〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭",
}
_WINGDINGS = {
    0x20: " ✎✂✁",
    0x28: "☎✆✉",
    0x36: "⌛⌨",
    0x3E: "✇✍✎✌",
    0x43: "👍👎☜☞☝☟✋☺😐☹💣☠⚐",
    0x51: "✈☼",
    0x54: "❄",
    0x56: "✞",
    0x58: "✠✡☪☯ॐ☸♈♉♊♋♌♍♎♏♐♑♒♓&&●❍■□❐❑❒⬧⧫◆❖⬥⌧",
    0x7A: "⌘❀✿❝❞",
    0x80: "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿",
    0x9E: "·•▪○",
    0xA4: "◉◎",
    0xA7: "▪☐",
    0xAA: "✦★✶✴✹✵",
    0xB1: "⌖⟡⌑",
    0xB5: "✪✰",
    0xD5: "⌫⌦",
    0xD8: "➢",
    0xDF: "←→↑↓↖↗↙↘",
    0xE8: "➔",
    0xEF: "⇦⇨⇧⇩⇔⇕",
    0xFB: "✗✓☒☑",
}
_WINGDINGS_2 = {0x4F: "✗✓☒☑", 0x97: "●", 0xA2: "■□"}
_WINGDINGS_3 = {0x70: "▲▼△▽◀▶"}
_WEBDINGS = {0x33: "◀▶▲▼", 0x61: "✓", 0x63: "□", 0x67: "■", 0x6E: "●", 0x72: "✗"}


def _table(rows: dict[int, str]) -> dict[int, str]:
    return {first + n: sign for first, row in rows.items() for n, sign in enumerate(row)}


_FONTS = {
    "symbol": _table(_SYMBOL),
    "symbolmt": _table(_SYMBOL),
    "standardsymbolsps": _table(_SYMBOL),
    "opensymbol": _table(_SYMBOL),
    "wingdings": _table(_WINGDINGS),
    "wingdings2": _table(_WINGDINGS_2),
    "wingdings3": _table(_WINGDINGS_3),
    "webdings": _table(_WEBDINGS),
}
# OpenSymbol is a font of Unicode, which shows Symbol's signs for its private codes alone.
_PRIVATE_ALONE = frozenset({"opensymbol", ""})
# Fonts that have pictures for letters, as far as their names tell.
_LIKELY = re.compile(r"symbol|dings|mt ?extra|marlett|icon|bullet|bookshelf", re.IGNORECASE)
_PRIVATE = range(0xF000, 0xF100)


def is_symbolic(font: str) -> bool:
    """Whether a font shows something else for letters than letters."""
    return _name(font) in _FONTS or bool(_LIKELY.search(font))


def shown(code: int, font: str) -> tuple[str, bool]:
    """What a font shows for a code, and whether that is certain; UNKNOWN where nobody can tell.

    font: its name, "" where none is stated. Fonts of symbols have their signs at the codes of
    letters, or at these moved up to U+F000.
    """
    private = code in _PRIVATE
    place = code - 0xF000 if private else code
    table = _FONTS.get(_name(font))
    if table is not None and (private or _name(font) not in _PRIVATE_ALONE) and place < 0x100:
        return table.get(place, UNKNOWN), place in table
    if not private and (not is_symbolic(font) or place >= 0x100):
        usable = 0x20 <= code < 0xD800 or 0xF900 <= code < 0x110000
        return (chr(code), True) if usable else (UNKNOWN, False)
    if font and not is_symbolic(font):
        # A font of letters has them there too, as older programs wrote them.
        return bytes((place,)).decode("cp1252", "replace"), False
    return UNKNOWN, False


def _name(font: str) -> str:
    return re.sub(r"[^a-z0-9]", "", font.lower())
