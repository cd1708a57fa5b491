"""The formats that can be read. A new one is one row here and one module with a `read`."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from consult.blocks.blocks import Draft
from consult.importing.assembling import assemble
from consult.importing.detect import detect
from consult.importing.pieces import Reading


@dataclass(frozen=True, slots=True)
class Format:
    """name: as people know it. module: where `read(data) -> Reading` is, imported when needed."""

    name: str
    module: str


FORMATS = {
    "docx": Format("Word (.docx)", "consult.importing.word.reading"),
    "odt": Format("OpenDocument (.odt)", "consult.importing.opendocument.reading"),
    "pdf": Format("PDF", "consult.importing.printed.reading"),
    "epub": Format("EPUB", "consult.importing.ebook"),
    "akomantoso": Format("Akoma Ntoso", "consult.importing.law.akomantoso"),
    "uslm": Format("USLM", "consult.importing.law.uslm"),
    "federalregister": Format("Federal Register XML", "consult.importing.law.federalregister"),
    "html": Format("HTML", "consult.importing.hypertext.reading"),
    "markdown": Format("Markdown", "consult.importing.markdown"),
    "text": Format("plain text", "consult.importing.plain.reading"),
}


def read_here(data: bytes, filename: str) -> Draft:
    """Read a file in this very process; callers outside the child want `importing.read`.

    Raises ImportRefused.
    """
    key = detect(data, filename)
    read: Callable[[bytes], Reading] = import_module(FORMATS[key].module).read
    return assemble(read(data), filename, key)
