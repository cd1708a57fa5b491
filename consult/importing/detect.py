"""What kind of file this is, from its content; the name only breaks ties."""

import io
import re
import zipfile
import zlib
from pathlib import PurePath

from consult.blocks.blocks import ImportRefused
from consult.blocks.messages import Message, _
from consult.importing.wording import EMPTY, FORMATS, NO_OPEN_DOCUMENT_TEXT, PROTECTED

_PICTURE = _("This is a picture; choose the draft as ${formats}.", formats=FORMATS)
_COMPRESSED = _(
    "This is a compressed archive; unpack it and choose the draft as ${formats}.", formats=FORMATS
)
_PROGRAM = _("This is a program; choose the draft as ${formats}.", formats=FORMATS)
# The first bytes of what people choose by mistake, and what they are told.
_SIGNATURES = (
    (
        b"{\\rtf",
        _("This is an RTF file; open it in a word processor and save it as Word (.docx)."),
    ),
    (b"\x89PNG", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"II*\x00", _PICTURE),
    (b"MM\x00*", _PICTURE),
    (b"\x1f\x8b", _COMPRESSED),
    (b"7z\xbc\xaf", _COMPRESSED),
    (b"Rar!", _COMPRESSED),
    (b"MZ", _PROGRAM),
    (b"\x7fELF", _PROGRAM),
)
# Entries of zip archives that are chosen by mistake.
_ARCHIVES = (
    ("xl/", _("This is an Excel workbook; copy the draft into a Word document.")),
    ("ppt/", _("This is a PowerPoint presentation; copy the draft into a Word document.")),
    ("Index/Document.iwa", _("This is a Pages document; export it as Word (.docx).")),
)
# Roots of the Federal Register's own XML: an issue, or one document of it.
_FEDERAL_REGISTER = frozenset({"FEDREG", "RULE", "PRORULE", "NOTICE", "PRESDOCU", "PRESDOC"})
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_HTML_ELEMENT = re.compile(
    r"</?(?:p|div|h[1-6]|ul|ol|li|table|tr|td|span|article|section|main)\b[^<>]*>", re.I
)
_MARKDOWN = re.compile(
    r"^(?:#{1,6}[ \t]+\S|(?:```|~~~)|\[[^\]\n]+\]:\s|!\[|\|.+\|\s*$)|\*\*[^*\s][^*\n]*\*\*"
    r"|\[[^\]\n]+\]\([^)\s]+\)|\A---\n",
    re.MULTILINE,
)
# A heading; several lines with that sign below each other are what programs take for comments.
_HEADED = re.compile(r"#{1,6}[ \t]+\S[^\n]*(?:\n(?!#)|\Z)")


def detect(data: bytes, filename: str) -> str:
    """The key of the file's format in `formats.FORMATS`. Raises ImportRefused."""
    if not data.strip(b"\x00 \t\r\n"):
        raise ImportRefused(EMPTY)
    if data.startswith(b"PK\x03\x04") or zipfile.is_zipfile(io.BytesIO(data)):
        return _detect_archive(data)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        raise ImportRefused(_describe_compound_file(data))
    if b"%PDF-" in data[:1024]:
        return "pdf"
    for signature, message in _SIGNATURES:
        if data.startswith(signature):
            raise ImportRefused(message)
    return _detect_text(data, filename)


def _detect_archive(data: bytes) -> str:
    """Word, OpenDocument and EPUB files are zip archives; so are many other things."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            stated = _stated_type(archive) if "mimetype" in names else ""
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise ImportRefused(
            _(
                "This file is damaged or was not sent whole; open it in the program that it was"
                " written with, save it under a new name and try again."
            )
        ) from error
    if "[Content_Types].xml" in names and not any(n.startswith(("xl/", "ppt/")) for n in names):
        return "docx"
    if "META-INF/container.xml" in names or stated.startswith("application/epub"):
        return "epub"
    # The name of a document of another kind is longer: "...opendocument.spreadsheet".
    if "content.xml" in names and "opendocument" in stated and ".text" not in stated:
        raise ImportRefused(NO_OPEN_DOCUMENT_TEXT)
    if "content.xml" in names:
        return "odt"
    for start, message in _ARCHIVES:
        if any(name.startswith(start) for name in names):
            raise ImportRefused(message)
    raise ImportRefused(
        _("This is a zip archive; unpack it and choose the draft as ${formats}.", formats=FORMATS)
    )


def _stated_type(archive: zipfile.ZipFile) -> str:
    """What an archive says of itself in its entry "mimetype", as some formats ask for."""
    try:
        with archive.open("mimetype") as stream:
            return stream.read(200).decode("ascii", "replace").strip()
    except (RuntimeError, zlib.error, EOFError):  # Encrypted or damaged; the names decide.
        return ""


def _describe_compound_file(data: bytes) -> Message:
    """Word before 2007 and password-protected files share one container (MS-CFB)."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return PROTECTED
    if "WordDocument".encode("utf-16-le") in data:
        return _(
            "This is a Word file of the old kind (.doc); open it in Word and save it as .docx."
        )
    return _(
        "This is a file of an old Office program; choose the draft as ${formats}.", formats=FORMATS
    )


def _detect_xml(head: str) -> str:
    """The key of an XML format; empty for HTML and for what is no XML. Raises ImportRefused."""
    bare = re.sub(
        r"<!--.*?-->|<\?.*?\?>|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>", "", head, flags=re.DOTALL
    )
    root = re.match(r"\s*<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)([^>]*)", bare)
    if root is None:
        return ""
    name, attributes = root[1], root[2]
    if name == "akomaNtoso":
        return "akomantoso"
    if re.search(r"xmlns(?::\w+)?=[\"'][^\"']*/uslm", attributes, re.IGNORECASE):
        return "uslm"
    if name in _FEDERAL_REGISTER:
        return "federalregister"
    if name == "document" and "opendocument:xmlns:office" in attributes:
        return "odt"
    if head.startswith("<?xml") and name.lower() != "html":
        raise ImportRefused(
            _(
                "This is an XML file of a kind that cannot be read; choose the draft as ${formats}.",
                formats=FORMATS,
            )
        )
    return ""


def _detect_text(data: bytes, filename: str) -> str:
    head = data[:20_000].decode("utf-8", "replace").replace("\x00", "").lstrip("\ufeff \t\r\n")
    extension = PurePath(filename.lower()).suffix
    if extension not in (".md", ".markdown") or re.match(r"<(?:!doctype|html)", head, re.I):
        start = re.sub(r"\A(?:\s*<[?!](?!doctype\s+html)[^>]*>)+", "", head, flags=re.I).lstrip()
        key = _detect_xml(head)
        if key:
            return key
        if _HTML.match(start) or (_HTML.search(head[:3000]) and head.startswith("<")):
            return "html"
    if extension in (".html", ".htm", ".xhtml") and _HTML_ELEMENT.search(head):
        return "html"
    if extension in (".md", ".markdown", ".mdown", ".mkd", ".mkdn", ".qmd", ".rmd"):
        return "markdown"
    if len(_HTML_ELEMENT.findall(head)) >= 4 and head.startswith("<"):
        return "html"
    if _HEADED.match(head):
        return "markdown"
    if extension in (".txt", ".text", ".asc"):
        return "text"
    return "markdown" if len(_MARKDOWN.findall(head)) >= 2 else "text"
