"""The bookmarks of a file, which name its headings and their levels."""

import ctypes
import re
from collections.abc import Sequence
from dataclasses import dataclass

import pypdfium2.raw as pdfium

from consult.importing.word.paragraphs import Paragraph

_MOST = 3_000
_DEEPEST = 12


@dataclass(frozen=True, slots=True)
class Entry:
    title: str
    level: int
    page: int


def read_outline(document: object) -> list[Entry]:
    """The bookmarks in order, their levels from 1; a file may refer in circles."""
    entries: list[Entry] = []
    seen: set[int] = set()

    def walk(parent: object, level: int) -> None:
        mark = pdfium.FPDFBookmark_GetFirstChild(document, parent)
        while mark and len(entries) < _MOST and level <= _DEEPEST:
            address = ctypes.cast(mark, ctypes.c_void_p).value or 0
            if address in seen:
                return
            seen.add(address)
            target = pdfium.FPDFBookmark_GetDest(document, mark)
            page = pdfium.FPDFDest_GetDestPageIndex(document, target) + 1 if target else 0
            entries.append(Entry(_title(mark), level, page))
            walk(mark, level + 1)
            mark = pdfium.FPDFBookmark_GetNextSibling(document, mark)

    walk(None, 1)
    return entries


def _title(mark: object) -> str:
    length = pdfium.FPDFBookmark_GetTitle(mark, None, 0)
    buffer = ctypes.create_string_buffer(max(length, 2))
    pdfium.FPDFBookmark_GetTitle(mark, buffer, length)
    return buffer.raw.decode("utf-16-le", "replace").replace("\0", "")


def level_by_outline(paragraphs: Sequence[Paragraph], entries: Sequence[Entry]) -> None:
    """Make headings of the paragraphs that bookmarks name, on the page that they lead to."""
    waiting: dict[str, list[Entry]] = {}
    for entry in entries:
        waiting.setdefault(_plain(entry.title), []).append(entry)
    waiting.pop("", None)
    for paragraph in paragraphs:
        if paragraph.table is not None or paragraph.title or len(paragraph.text) > 200:
            continue
        found = waiting.get(_plain(paragraph.text)) or waiting.get(_unnumbered(paragraph.text), [])
        page = paragraph.place.number if paragraph.place else 0
        for named in found:
            if not named.page or abs(named.page - page) <= 1:
                found.remove(named)
                paragraph.level = paragraph.level or min(6, named.level)
                break


def _plain(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()


def _unnumbered(text: str) -> str:
    """A heading without its number, which many bookmarks leave out."""
    return _plain(re.sub(r"^\s*(?:[A-Z]|\d{1,3}|[IVX]{1,5})(?:\.\d{1,3})*[.)]?\s+", "", text))
