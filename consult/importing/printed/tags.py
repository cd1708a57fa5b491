"""The structure that a tagged file states (ISO 32000-1, 14.7 and 14.8): what its parts are."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field

import pypdfium2.raw as pdfium

# What stands within a paragraph; what does unless it is in a box around paragraphs; such boxes.
INLINE = frozenset(
    "Span Quote Reference Link Annot Em Strong Sub BibEntry Ruby RB RT RP Warichu WT WP Lbl".split()
)
PLAIN = frozenset({"NonStruct", "Private", "Code"})
BOXES = frozenset({"Document", "DocumentFragment", "Part", "Art", "Sect", "Div", "Aside"})
_DEEPEST = 120
_MOST = 200_000


@dataclass(slots=True)
class Tag:
    """An element of the structure on one page. parts: numbers of marked content, and elements, in
    the order of reading.

    kind: its standard type, such as "P". raw: as the file calls it. begun, unended: whether parts
    of it stand on an earlier or a later page.
    """

    kind: str
    raw: str = ""
    parts: list["int | Tag"] = field(default_factory=list)
    said: str = ""
    spans: tuple[int, int] = (1, 1)
    begun: bool = False
    unended: bool = False

    def numbers(self) -> Iterator[int]:
        """The marked content of the element and all in it."""
        for part in self.parts:
            if isinstance(part, int):
                yield part
            else:
                yield from part.numbers()


def read_tags(page: object) -> Tag:
    """The structure of a page; without parts where the file states none."""
    root = Tag("Document")
    tree = pdfium.FPDF_StructTree_GetForPage(page)
    if not tree:
        return root
    try:
        reader = _Reader()
        for index in range(pdfium.FPDF_StructTree_CountChildren(tree)):
            child = pdfium.FPDF_StructTree_GetChildAtIndex(tree, index)
            if child:
                root.parts.append(reader.read(child, 0))
    finally:
        pdfium.FPDF_StructTree_Close(tree)
    return root


class _Reader:
    """Goes through the structure, with an end to how much and how deep."""

    def __init__(self) -> None:
        self._number = 0

    def read(self, element: object, depth: int) -> Tag:
        self._number += 1
        tag = Tag(
            _string(pdfium.FPDF_StructElement_GetType, element),
            _string(pdfium.FPDF_StructElement_GetRawType, element),
        )
        if tag.kind in ("Figure", "Formula"):
            tag.said = _string(pdfium.FPDF_StructElement_GetAltText, element)
        if tag.kind in ("TH", "TD"):
            tag.spans = _spans(element)
        if depth > _DEEPEST or self._number > _MOST:
            return tag
        # Whether a child stands on another page; an element is broken where its first or last is.
        ends: list[tuple[bool, bool]] = []
        for index in range(max(0, pdfium.FPDF_StructElement_CountChildren(element))):
            child = pdfium.FPDF_StructElement_GetChildAtIndex(element, index)
            number = pdfium.FPDF_StructElement_GetChildMarkedContentID(element, index)
            missing = not child and number < 0
            ends.append((missing, missing))
            if child:
                part = self.read(child, depth + 1)
                tag.parts.append(part)
                ends[-1] = (part.begun, part.unended)
            elif number >= 0:
                tag.parts.append(number)
        if ends:
            tag.begun, tag.unended = ends[0][0], ends[-1][1]
        return tag


def _string(function: "ctypes._NamedFuncPointer", element: object) -> str:
    length = function(element, None, 0)
    if length <= 2:
        return ""
    buffer = ctypes.create_string_buffer(length)
    function(element, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), length)
    return " ".join(buffer.raw.decode("utf-16-le", "replace").replace("\0", "").split())


def _spans(element: object) -> tuple[int, int]:
    """How many columns and rows a cell takes up."""
    spans = {"ColSpan": 1, "RowSpan": 1}
    for index in range(max(0, pdfium.FPDF_StructElement_GetAttributeCount(element))):
        attribute = pdfium.FPDF_StructElement_GetAttributeAtIndex(element, index)
        for name in spans:
            value = pdfium.FPDF_StructElement_Attr_GetValue(attribute, name.encode())
            number = ctypes.c_float()
            if value and pdfium.FPDF_StructElement_Attr_GetNumberValue(value, number):
                spans[name] = max(1, min(int(number.value), 200))
    return spans["ColSpan"], spans["RowSpan"]
