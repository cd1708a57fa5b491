"""Opening a PDF file, or saying in one sentence why that cannot be."""

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2.raw as pdfium

from consult.blocks.blocks import ImportRefused
from consult.blocks.messages import _
from consult.importing.wording import PROTECTED

MOST_PAGES = 1_000
_DAMAGED = _(
    "This PDF file is damaged or was not sent whole; make it afresh from the document that it was"
    " made from, or choose that document."
)
#: What to do with a file that has pictures of pages, or letters that nobody can tell.
SCANNED = _(
    "This PDF file holds pictures of pages and no text; choose the document that was printed, or"
    " run text recognition (OCR) over the file and look its result through first."
)
UNREADABLE = _(
    "The letters of this PDF file cannot be told from its fonts; choose the document that it was"
    " made from."
)


@contextmanager
def opened(data: bytes) -> Iterator[object]:
    """The document in a file. Raises ImportRefused."""
    pdfium.FPDF_InitLibrary()
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        protected = pdfium.FPDF_GetLastError() in (
            pdfium.FPDF_ERR_PASSWORD,
            pdfium.FPDF_ERR_SECURITY,
        )
        raise ImportRefused(PROTECTED if protected else _DAMAGED)
    try:
        pages = pdfium.FPDF_GetPageCount(document)
        if pages < 1:
            raise ImportRefused(_DAMAGED)
        if pages > MOST_PAGES:
            raise ImportRefused(
                _(
                    "This PDF file has more than ${most} pages; divide it into parts that people"
                    " can read.",
                    most=MOST_PAGES,
                )
            )
        yield document
    finally:
        pdfium.FPDF_CloseDocument(document)


@contextmanager
def page_of(document: object, number: int) -> Iterator[object | None]:
    """A page by its number from 1; None where it cannot be read."""
    page = pdfium.FPDF_LoadPage(document, number - 1)
    try:
        yield page or None
    finally:
        if page:
            pdfium.FPDF_ClosePage(page)


def stated(document: object, name: str) -> str:
    """What a file says of itself, such as its title."""
    length = pdfium.FPDF_GetMetaText(document, name.encode(), None, 0)
    if length <= 2:
        return ""
    buffer = ctypes.create_string_buffer(length)
    pdfium.FPDF_GetMetaText(document, name.encode(), buffer, length)
    return " ".join(buffer.raw.decode("utf-16-le", "replace").replace("\0", "").split())


def language_of(document: object) -> str:
    """The language that a file states for its text; empty where it does not."""
    length = pdfium.FPDFCatalog_GetLanguage(document, None, 0)
    if length <= 2:
        return ""
    buffer = (ctypes.c_ushort * (length // 2 + 1))()
    pdfium.FPDFCatalog_GetLanguage(document, buffer, length)
    return bytes(buffer).decode("utf-16-le", "replace").replace("\0", "").strip()
