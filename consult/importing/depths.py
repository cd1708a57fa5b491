"""How deep an item lies where only its label tells: (a), then (i), then (A)."""

import re
from dataclasses import dataclass, replace

from consult.blocks.blocks import Kind
from consult.importing.pieces import Piece

_ROMAN_DIGITS = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}


@dataclass(frozen=True, slots=True)
class Step:
    """A place in a series: form "(a)", value 3 is "(c)"."""

    form: str
    value: int


def steps_of(label: str) -> list[Step]:
    """What a label can be read as; "(i)" is the first of one series and the ninth of another."""
    match = re.fullmatch(r"([(（]?)(\d{1,3}|[A-Za-z]{1,6})([.)）:]?)", label)
    if not match:
        return []
    opening, core, closing = match.groups()
    steps = []
    if core.isdigit():
        steps.append(Step(f"{opening}1{closing}", int(core)))
    case = "I" if core.isupper() else "i"
    if core.isalpha() and set(core.lower()) <= set(_ROMAN_DIGITS):
        steps.append(Step(f"{opening}{case}{closing}", _roman(core.lower())))
    if core.isalpha() and len(set(core.lower())) == 1 and len(core) < 3:
        value = ord(core[0].lower()) - ord("a") + 1 + 26 * (len(core) - 1)
        steps.append(Step(f"{opening}{'A' if core.isupper() else 'a'}{closing}", value))
    return steps


def _roman(core: str) -> int:
    digits = [_ROMAN_DIGITS[letter] for letter in core]
    pairs = zip(digits, [*digits[1:], 0], strict=True)
    return sum(-digit if digit < following else digit for digit, following in pairs)


class Depths:
    """Walks through the pieces of a draft and remembers the series that are open."""

    def __init__(self) -> None:
        self._series: list[Step] = []

    def deepen(self, piece: Piece) -> Piece:
        """The piece with its level, if it is an item that has none."""
        numbered = piece.kind is Kind.PARAGRAPH and piece.label
        if piece.kind in (Kind.HEADING, Kind.TITLE) or numbered:
            self._series = []
        if piece.kind is not Kind.ITEM or piece.level:
            return piece
        if not piece.label:
            return replace(piece, level=len(self._series) + 1)
        return replace(piece, level=self._depth(steps_of(piece.label)))

    def _depth(self, steps: list[Step]) -> int:
        for number in range(len(self._series) - 1, -1, -1):
            for step in steps:
                last = self._series[number]
                if last.form == step.form and step.value == last.value + 1:
                    return self._open(number, step)
        forms = [series.form for series in self._series]
        for step in steps:
            if step.value == 1:
                return self._open(
                    forms.index(step.form) if step.form in forms else len(forms), step
                )
        for step in steps:
            if step.form in forms:
                return self._open(forms.index(step.form), step)
        first = min(steps, key=lambda step: step.value, default=Step("", 0))
        return self._open(len(self._series), first)

    def _open(self, number: int, step: Step) -> int:
        self._series[number:] = [step]
        return number + 1
