"""The levels of Word's lists: how each writes its numbers (ISO/IEC 29500-1, 17.9)."""

from collections.abc import Callable
from dataclasses import dataclass

from consult.importing import numerals
from consult.importing.word.names import (
    COMPATIBILITY,
    Element,
    child_value,
    integer,
    is_on,
    value,
    w,
)

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
LEVELS = 9
# The lists in which fields count that name none of the file's: format and text of each level.
_NUMBERS = ("decimal", "lowerLetter", "lowerRoman")
_OUTLINE = "upperRoman upperLetter decimal lowerLetter decimal lowerLetter lowerRoman".split()
OWN_LISTS = {
    "numberdefault": [
        f"{_NUMBERS[n % 3]} {text}"
        for n, text in enumerate("%1) %2) %3) (%4) (%5) (%6) %7. %8. %9.".split())
    ],
    "outlinedefault": [
        f"{written} {text}"
        for written, text in zip(
            [*_OUTLINE, "lowerLetter", "lowerRoman"],
            "%1. %2. %3. %4) (%5) (%6) (%7) (%8) (%9)".split(),
            strict=True,
        )
    ],
    "legaldefault": [
        f"decimal {''.join(f'%{n}.' for n in range(1, level + 1))}" for level in range(1, 10)
    ],
}


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


def levels_of(pattern: Element | None) -> list[Level]:
    levels = [Level() for _ in range(LEVELS)]
    for element in [] if pattern is None else pattern.findall(w("lvl")):
        place = integer(value(element, "ilvl"), -1)
        if 0 <= place < LEVELS:
            levels[place] = level_of(element)
    return levels


def level_of(element: Element) -> Level:
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
