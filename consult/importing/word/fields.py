"""Fields: instructions that Word replaces by a result, and that are shown by it alone."""

import re
from dataclasses import dataclass, field

from consult.importing.word.names import Element, local_name, value, w

_ADDRESS = re.compile(r'HYPERLINK\s+(?!\\)"?([^"\s]+)"?', re.IGNORECASE)
_MOST = 4_000  # characters of an instruction


@dataclass(slots=True)
class Field:
    """A field that has begun: its instruction so far, and whether its result has begun.

    filled: something of its result is to be seen, of which `result` are the words. form: what a
    field of a form states of itself.
    """

    code: str = ""
    shown: bool = False
    filled: bool = False
    result: list[str] = field(default_factory=list)
    form: Element | None = None

    @property
    def kind(self) -> str:
        return self.code.split()[0].upper() if self.code.split() else ""


class Fields:
    """The fields that are open at a place of the text, the outermost first."""

    def __init__(self, balanced: bool = True) -> None:
        """balanced: whether every field of the text ends; one that does not must hide nothing."""
        self._balanced = balanced
        self._open: list[Field] = []
        self.contents_code = ""

    def take(self, element: Element) -> Field | None:
        """Take note of an element fldChar or instrText; the field that ends with it."""
        if local_name(element) == "instrText":
            if self._open and not self._open[-1].shown and len(self._open[-1].code) < _MOST:
                self._open[-1].code += element.text or ""
            return None
        state = value(element, "fldCharType")
        if state == "begin":
            self._open.append(Field(form=element.find(w("ffData"))))
        elif state == "separate" and self._open:
            self._open[-1].shown = True
            if self._open[-1].kind == "TOC":
                self.contents_code = self.contents_code or self._open[-1].code
        elif state == "end" and self._open:
            return self.close()
        return None

    def open(self, code: str) -> None:
        """Take note of a field that is one element, around its result."""
        self._open.append(Field(code[:_MOST], shown=True))

    def close(self) -> Field | None:
        """End the field that was begun last; nothing where it cannot be told what ends."""
        ended = self._open.pop()
        return ended if self._balanced else None

    def fill(self, text: str = "") -> None:
        """Take note that something is shown at this place."""
        for opened in self._open:
            opened.filled = True
            if text:
                opened.result.append(text)

    @property
    def in_code(self) -> bool:
        """Whether text at this place is part of an instruction."""
        return self._balanced and any(not field.shown for field in self._open)

    @property
    def in_contents(self) -> bool:
        """Whether this place is inside a table of contents or an index."""
        kinds = ("TOC", "INDEX", "TOA")
        return self._balanced and any(field.kind in kinds for field in self._open)

    @property
    def address(self) -> str:
        """The address of the link that encloses this place; empty if there is none."""
        for opened in reversed(self._open):
            if opened.kind == "HYPERLINK" and (match := _ADDRESS.search(opened.code)):
                return match[1]
        return ""
