"""What fields show of which the file does not hold the result (ISO/IEC 29500-1, 17.16.5)."""

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from consult.importing import numerals, symbols
from consult.importing.equations import EDGE
from consult.importing.word import eq
from consult.importing.word.fields import Field
from consult.importing.word.names import (
    Element,
    child_value,
    integer,
    is_on,
    local_name,
    value,
    w,
)
from consult.importing.word.numbering import Number, Numbering

# Fields that show nothing where they stand, or are empty because nobody has filled them in.
_SILENT = frozenset(
    "ADVANCE ASK FORMTEXT HYPERLINK INDEX MERGEREC NEXT NEXTIF PRIVATE RD SET SKIPIF TA TC TOA TOC"
    " XE".split()
)
_WORD = re.compile(r'"([^"]*)"|(\\\S)|(\S+)')
_MOST_SOUGHT, _LONGEST = 200, 500
_WRITTEN: dict[str, Callable[[int], str]] = {
    "roman": numerals.roman,
    "ROMAN": lambda number: numerals.roman(number).upper(),
    "Roman": lambda number: numerals.roman(number).upper(),
    "alphabetic": numerals.doubled_letters,
    "ALPHABETIC": lambda number: numerals.doubled_letters(number).upper(),
    "Alphabetic": lambda number: numerals.doubled_letters(number).upper(),
}


@dataclass(frozen=True, slots=True)
class Result:
    """What a field shows. certain: nobody need compare it with the original."""

    text: str
    certain: bool = True


@dataclass(frozen=True, slots=True)
class _Code:
    """An instruction taken apart: its words, and its switches with the word behind each."""

    words: list[str]
    switches: dict[str, str]

    @property
    def format(self) -> str:
        return self.switches.get("*", "")


def _parsed(code: str) -> _Code:
    found = [(m[1] if m[1] is not None else m[3] or "", m[2]) for m in _WORD.finditer(code)]
    words: list[str] = []
    switches: dict[str, str] = {}
    last = ""
    for word, switch in found[1:]:
        if switch:
            last = switch[1]
            # MERGEFORMAT says how a result looks, not what it is.
            switches.setdefault(last, "")
        elif last and not switches[last]:
            switches[last] = "" if word.upper() in ("MERGEFORMAT", "CHARFORMAT") else word
            last = ""
        else:
            words.append(word)
    return _Code(words, switches)


class Results:
    """Works out results in the order of the text, as some of them count."""

    def __init__(self, document: Element, numbering: Numbering) -> None:
        self._document, self._numbering = document, numbering
        self._sequences: dict[str, int] = defaultdict(int)
        self._automatic = 0
        self._sought: dict[str, str] = {}

    def stored(self, field: Field) -> None:
        """Take note of a field that has its result: what counts goes on from there."""
        if field.kind != "SEQ":
            return
        words = _parsed(field.code).words
        number = "".join(field.result).strip()
        if words:
            known = int(number) if number.isdecimal() and len(number) < 6 else 0
            self._sequences[words[0].lower()] = known or self._sequences[words[0].lower()] + 1

    def of(self, field: Field, number: Number | None, font: str) -> Result | None:
        """What a field shows; None where that cannot be told.

        number: that of the paragraph. font: of the text around it.
        """
        if field.kind in _SILENT:
            return Result("")
        work = _KINDS.get(field.kind)
        code = _parsed(field.code)
        try:
            return None if work is None else work(self, field, code, number, font)
        except (ValueError, IndexError, OverflowError):
            return None

    def _symbol(
        self, _field: Field, code: _Code, _number: Number | None, font: str
    ) -> Result | None:
        stated = code.words[0]
        sign = int(stated, 16 if stated.lower().startswith("0x") else 10)
        font = code.switches.get("f", font)
        if sign < 0x100 and not symbols.is_symbolic(font) and "u" not in code.switches:
            return Result(bytes((sign,)).decode("cp1252"))
        text, certain = symbols.shown(sign, font)
        return Result(text, certain) if text != symbols.UNKNOWN else None

    def _equation(
        self, field: Field, _code: _Code, _number: Number | None, _font: str
    ) -> Result | None:
        text = eq.equation(field.code)
        return Result(text, certain=False) if text else None

    def _sequence(
        self, _field: Field, code: _Code, _number: Number | None, _font: str
    ) -> Result | None:
        name = code.words[0].lower()
        if "r" in code.switches:
            self._sequences[name] = int(code.switches["r"])
        elif "c" not in code.switches:
            self._sequences[name] += 1
        if "h" in code.switches and not code.format:
            return Result("")
        if "s" in code.switches or len(code.words) > 1:
            # It begins anew under each heading, or speaks of another place.
            return None
        return Result(_written(self._sequences[name], code.format), certain=False)

    def _list_number(
        self, _field: Field, code: _Code, number: Number | None, _font: str
    ) -> Result | None:
        name = code.words[0] if code.words else ""
        level = integer(code.switches.get("l", ""), 0 if number is None else number.level + 2)
        start = code.switches.get("s", "")
        label = self._numbering.named(
            name, number, max(1, level) - 1, integer(start) if start else None
        )
        if label is None:
            return None
        return Result(label, certain=bool("l" in code.switches and self._numbering.has_name(name)))

    def _automatic_number(
        self, field: Field, code: _Code, number: Number | None, _font: str
    ) -> Result | None:
        self._automatic += 1
        if field.kind == "AUTONUMOUT":
            return None
        end = code.switches.get("s", ".") if "e" not in code.switches else ""
        return Result(f"{_written(self._automatic, code.format)}{end}", certain=False)

    def _reference(
        self, _field: Field, code: _Code, _number: Number | None, _font: str
    ) -> Result | None:
        if code.switches.keys() - {"h", "*"}:
            return None
        text = self._marked(code.words[0])
        return Result(text, certain=False) if text else None

    def _marked(self, name: str) -> str:
        """The text of a bookmark."""
        if name not in self._sought and len(self._sought) < _MOST_SOUGHT:
            self._sought[name] = self._seek(name)
        return self._sought.get(name, "")

    def _seek(self, name: str) -> str:
        identity, found = "", ""
        names = (w("bookmarkStart"), w("bookmarkEnd"), w("t"), w("p"))
        for element in self._document.iter(*names):
            kind = local_name(element)
            if kind == "bookmarkStart" and value(element, "name") == name:
                identity = value(element, "id")
            elif identity and kind == "bookmarkEnd" and value(element, "id") == identity:
                break
            elif identity and kind == "t":
                found += element.text or ""
            elif identity and found and kind == "p":
                found += " "
            if len(found) > _LONGEST:
                return ""
        return " ".join(found.split())

    def _check_box(
        self, field: Field, _code: _Code, _number: Number | None, _font: str
    ) -> Result | None:
        box = None if field.form is None else field.form.find(w("checkBox"))
        if box is None:
            return None
        ticked = is_on(box.find(w("checked")))
        return Result("☑" if (is_on(box.find(w("default"))) if ticked is None else ticked) else "☐")

    def _choice(
        self, field: Field, _code: _Code, _number: Number | None, _font: str
    ) -> Result | None:
        choices = None if field.form is None else field.form.find(w("ddList"))
        if choices is None:
            return None
        entries = [value(entry) for entry in choices.findall(w("listEntry"))]
        chosen = child_value(choices, "result") or child_value(choices, "default")
        # What was chosen stands in a box, which sets it apart from words beside it.
        return Result(f"{EDGE}{entries[integer(chosen)]}{EDGE}" if entries else "")

    def _button(
        self, field: Field, _code: _Code, _number: Number | None, _font: str
    ) -> Result | None:
        return Result(field.code.split(maxsplit=2)[2].strip())


def _written(number: int, form: str) -> str:
    return _WRITTEN.get(form, str)(number)


_KINDS = {
    "SYMBOL": Results._symbol,
    "EQ": Results._equation,
    "SEQ": Results._sequence,
    "LISTNUM": Results._list_number,
    **dict.fromkeys(("AUTONUM", "AUTONUMLGL", "AUTONUMOUT"), Results._automatic_number),
    "REF": Results._reference,
    "FORMCHECKBOX": Results._check_box,
    "FORMDROPDOWN": Results._choice,
    **dict.fromkeys(("MACROBUTTON", "GOTOBUTTON"), Results._button),
}
