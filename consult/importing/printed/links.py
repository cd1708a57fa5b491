"""Links on a page: the places that lead to an address outside the file."""

import ctypes

import pypdfium2.raw as pdfium

from consult.importing.printed.letters import Chunk
from consult.text.links import is_allowed_link

_MOST = 2_000
Box = tuple[float, float, float, float]


def read_links(document: object, page: object) -> list[tuple[Box, str]]:
    """The boxes of links, left, bottom, right and top, and their addresses."""
    found: list[tuple[Box, str]] = []
    place, link = ctypes.c_int(0), pdfium.FPDF_LINK()
    while len(found) < _MOST and pdfium.FPDFLink_Enumerate(page, place, link):
        action = pdfium.FPDFLink_GetAction(link)
        if not action or pdfium.FPDFAction_GetType(action) != pdfium.PDFACTION_URI:
            continue
        length = pdfium.FPDFAction_GetURIPath(document, action, None, 0)
        buffer = ctypes.create_string_buffer(max(length, 1))
        pdfium.FPDFAction_GetURIPath(document, action, buffer, length)
        address = buffer.raw.split(b"\0")[0].decode("utf-8", "replace").strip()
        box = pdfium.FS_RECTF()
        if is_allowed_link(address) and pdfium.FPDFLink_GetAnnotRect(link, box):
            low, high = sorted((box.bottom, box.top))
            found.append(((min(box.left, box.right), low, max(box.left, box.right), high), address))
    return found


def linked(chunks: list[Chunk], links: list[tuple[Box, str]]) -> list[Chunk]:
    """The chunks with their addresses, divided where only a part of one is a link."""
    for box, address in links:
        chunks = [part for chunk in chunks for part in _divided(chunk, box, address)]
    return chunks


def _divided(chunk: Chunk, box: Box, address: str) -> list[Chunk]:
    left, low, right, high = box
    if not low - 1 <= chunk.y + 0.25 * chunk.type.size <= high + 1:
        return [chunk]
    if chunk.x1 <= left or chunk.x0 >= right:
        return [chunk]
    parts: list[Chunk] = []
    for letter in chunk.letters:
        inside = left - 0.5 <= (letter.x0 + letter.x1) / 2 <= right + 0.5
        href = address if inside else chunk.href
        if not parts or parts[-1].href != href:
            parts.append(Chunk([], chunk.y, chunk.type, chunk.tag, chunk.page, href))
        parts[-1].letters.append(letter)
    return parts
