"""What kind of file this is, from its content; the name only breaks ties."""

import io
import re
import zipfile
from pathlib import PurePath

from consult.drafts.importing.blocks import ImportRefused

_ACCEPTED = "choose the draft as Word (.docx), HTML, Markdown or plain text"

# The first bytes of what people choose by mistake, and how it is called.
_SIGNATURES = (
    (b"{\\rtf", "an RTF file; open it in a word processor and save it as Word (.docx)"),
    (b"\x89PNG", f"a picture; {_ACCEPTED}"),
    (b"\xff\xd8\xff", f"a picture; {_ACCEPTED}"),
    (b"GIF8", f"a picture; {_ACCEPTED}"),
    (b"II*\x00", f"a picture; {_ACCEPTED}"),
    (b"MM\x00*", f"a picture; {_ACCEPTED}"),
    (b"\x1f\x8b", f"a compressed archive; unpack it and {_ACCEPTED}"),
    (b"7z\xbc\xaf", f"a compressed archive; unpack it and {_ACCEPTED}"),
    (b"Rar!", f"a compressed archive; unpack it and {_ACCEPTED}"),
    (b"MZ", f"a program; {_ACCEPTED}"),
    (b"\x7fELF", f"a program; {_ACCEPTED}"),
)
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_HTML_ELEMENT = re.compile(
    r"</?(?:p|div|h[1-6]|ul|ol|li|table|tr|td|span|article|section|main)\b[^<>]*>", re.I
)
_MARKDOWN = re.compile(
    r"^(?:#{1,6}[ \t]+\S|(?:```|~~~)|\[[^\]\n]+\]:\s|!\[|\|.+\|\s*$)|\*\*[^*\s][^*\n]*\*\*"
    r"|\[[^\]\n]+\]\([^)\s]+\)|\A---\n",
    re.MULTILINE,
)


def detect(data: bytes, filename: str) -> str:
    """The key of the file's format in `formats.FORMATS`. Raises ImportRefused."""
    if not data.strip(b"\x00 \t\r\n"):
        raise ImportRefused("This file is empty; choose the file that holds the draft.")
    if data.startswith(b"PK\x03\x04") or zipfile.is_zipfile(io.BytesIO(data)):
        return _detect_archive(data)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        raise ImportRefused(_describe_compound_file(data))
    if b"%PDF-" in data[:1024]:
        raise ImportRefused(
            "This is a PDF file, which cannot be read yet; choose the file that the PDF was made"
            " from, as Word (.docx), HTML, Markdown or plain text."
        )
    for signature, name in _SIGNATURES:
        if data.startswith(signature):
            raise ImportRefused(f"This is {name}.")
    return _detect_text(data, filename)


def _detect_archive(data: bytes) -> str:
    """Word files are zip archives; so are many other things."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise ImportRefused(
            "This file is damaged or was not sent whole; open it in Word, save it under a new"
            " name and try again."
        ) from error
    others = (
        ("xl/", "an Excel workbook; copy the draft into a Word document"),
        ("ppt/", "a PowerPoint presentation; copy the draft into a Word document"),
        ("META-INF/container.xml", f"an e-book; {_ACCEPTED}"),
        ("META-INF/manifest.xml", "an OpenDocument file; save it as Word (.docx)"),
        ("content.xml", "an OpenDocument file; save it as Word (.docx)"),
        ("Index/Document.iwa", "a Pages document; export it as Word (.docx)"),
    )
    if "[Content_Types].xml" in names and not any(n.startswith(("xl/", "ppt/")) for n in names):
        return "docx"
    for start, name in others:
        if any(entry.startswith(start) for entry in names):
            raise ImportRefused(f"This is {name}.")
    raise ImportRefused(f"This is a zip archive; unpack it and {_ACCEPTED}.")


def _describe_compound_file(data: bytes) -> str:
    """Word before 2007 and password-protected files share one container (MS-CFB)."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "This file is protected by a password; save it without one and try again."
    if "WordDocument".encode("utf-16-le") in data:
        return "This is a Word file of the old kind (.doc); open it in Word and save it as .docx."
    return f"This is a file of an old Office program; {_ACCEPTED}."


def _detect_text(data: bytes, filename: str) -> str:
    head = data[:20_000].decode("utf-8", "replace").replace("\x00", "").lstrip("\ufeff \t\r\n")
    extension = PurePath(filename.lower()).suffix
    if extension not in (".md", ".markdown") or re.match(r"<(?:!doctype|html)", head, re.I):
        root = re.search(r"<([A-Za-z][\w.:-]*)", head)
        if head.startswith("<?xml") and root and root[1].lower() != "html":
            raise ImportRefused(f"This is an XML file, which cannot be read yet; {_ACCEPTED}.")
        start = re.sub(r"\A(?:\s*<[?!](?!doctype\s+html)[^>]*>)+", "", head, flags=re.I).lstrip()
        if _HTML.match(start) or (_HTML.search(head[:3000]) and head.startswith("<")):
            return "html"
    if extension in (".html", ".htm", ".xhtml") and _HTML_ELEMENT.search(head):
        return "html"
    if extension in (".md", ".markdown", ".mdown", ".mkd", ".mkdn", ".qmd", ".rmd"):
        return "markdown"
    if extension in (".txt", ".text", ".asc"):
        return "text"
    if len(_HTML_ELEMENT.findall(head)) >= 4 and head.startswith("<"):
        return "html"
    return "markdown" if len(_MARKDOWN.findall(head)) >= 2 else "text"
