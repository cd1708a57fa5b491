"""Fields: instructions that Word replaces by a result, and that are shown by it alone."""

import re
from dataclasses import dataclass

from consult.drafts.importing.word.names import Element, local_name, value

_ADDRESS = re.compile(r'HYPERLINK\s+(?!\\)"?([^"\s]+)"?', re.IGNORECASE)


@dataclass(slots=True)
class Field:
    """A field that has begun: its instruction so far, and whether its result has begun."""

    code: str = ""
    shown: bool = False

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

    def take(self, element: Element) -> None:
        """Take note of an element fldChar or instrText."""
        if local_name(element) == "instrText":
            if self._open and not self._open[-1].shown:
                self._open[-1].code += element.text or ""
            return
        state = value(element, "fldCharType")
        if state == "begin":
            self._open.append(Field())
        elif state == "separate" and self._open:
            self._open[-1].shown = True
            if self._open[-1].kind == "TOC":
                self.contents_code = self.contents_code or self._open[-1].code
        elif state == "end" and self._open:
            self._open.pop()

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
        for field in reversed(self._open):
            if field.kind == "HYPERLINK" and (match := _ADDRESS.search(field.code)):
                return match[1]
        return ""
