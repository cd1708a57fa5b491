"""EPUB books, versions 2 and 3: the pages of the book are read as one page of HTML."""

import posixpath
import re
from dataclasses import dataclass, field, replace
from urllib.parse import unquote, urldefrag

from lxml import etree

from consult.blocks.blocks import Finding, ImportRefused
from consult.blocks.messages import _
from consult.importing import wording
from consult.importing.archive import Archive
from consult.importing.decoding import decode
from consult.importing.emphasis import infer_headings
from consult.importing.hypertext.content import clear, parse, take_out, words_of
from consult.importing.hypertext.counting import number_paragraphs
from consult.importing.hypertext.pictures import Pictures, within
from consult.importing.hypertext.reading import class_rules, take
from consult.importing.pieces import Reading
from consult.importing.trees import Element, all_text
from consult.importing.trees import parse as parse_xml

_KIND = "EPUB"
_PAGES = frozenset({"application/xhtml+xml", "text/html", "application/x-dtbook+xml"})
# Lists of what is where, by their type in the book's own vocabulary (EPUB 3, structural semantics).
_CONTENTS = re.compile(r"\b(?:toc|landmarks|page-list|loi|lot|loa|lov|index)\b")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,4}")
_TYPE = "epub:type"


@dataclass(slots=True)
class _Book:
    """pages: the names of the book's pages in the order of reading."""

    pages: list[str] = field(default_factory=list)
    sheets: list[str] = field(default_factory=list)
    navigation: set[str] = field(default_factory=set)
    title: str = ""
    language: str | None = None
    direction: str = ""


def read(data: bytes) -> Reading:
    """Read a book. Raises ImportRefused."""
    archive = Archive(data, _KIND)
    book = _open(archive)
    _check_protection(archive, book)
    findings: list[Finding] = []
    root, contents = _bound(archive, book, findings)
    if contents:
        findings.append(Finding(None, wording.list_of_contents(contents)))
    sheets = (archive.read(name).decode("utf-8", "replace") for name in book.sheets)
    number_paragraphs(root)
    content = clear(root, findings, own_lines=False)
    pictures = Pictures(lambda address: _picture(archive, address))
    pieces = take(
        content,
        findings,
        book.language,
        book.direction,
        class_rules(sheets),
        own_lines=False,
        pictures=pictures,
    )
    pieces = infer_headings(pieces, findings, levelled=True)
    images = pictures.gallery.images
    return Reading(pieces, findings, book.language, book.title, images=images)


def _picture(archive: Archive, address: str) -> bytes | None:
    """A picture in the book, whose address is then the name of a part; None for any other."""
    return archive.read(address) if address in archive.names else within(address)


def _open(archive: Archive) -> _Book:
    """What the package document says of the book."""
    if "META-INF/container.xml" not in archive.names:
        raise ImportRefused(archive.damaged)
    container = parse_xml(archive.read("META-INF/container.xml"), _KIND)
    paths = [str(e.get("full-path") or "") for e in container.iter("{*}rootfile")]
    path = next((path for path in paths if path in archive.names), "")
    if not path:
        raise ImportRefused(archive.damaged)
    package = parse_xml(archive.read(path), _KIND)
    book = _Book(title=_first(package, "title"))
    language = _first(package, "language")
    book.language = language if _LANGUAGE.fullmatch(language) else None
    items = {str(e.get("id")): e for e in package.iter("{*}item")}
    named = {identity: _resolve(path, str(e.get("href"))) for identity, e in items.items()}
    for identity, element in items.items():
        if "nav" in str(element.get("properties") or "").split():
            book.navigation.add(named[identity])
        if element.get("media-type") == "text/css" and named[identity] in archive.names:
            book.sheets.append(named[identity])
    for element in package.iter("{*}reference"):
        if element.get("type") == "toc":
            book.navigation.add(_resolve(path, str(element.get("href"))))
    for spine in package.iter("{*}spine"):
        book.direction = "rtl" if spine.get("page-progression-direction") == "rtl" else ""
        for reference in spine.iter("{*}itemref"):
            identity = str(reference.get("idref"))
            if identity in items and items[identity].get("media-type") in _PAGES:
                book.pages.append(named[identity])
    book.pages = [page for page in book.pages if page in archive.names]
    return book


def _first(package: Element, name: str) -> str:
    elements = package.iter(f"{{http://purl.org/dc/elements/1.1/}}{name}")
    return next((text for element in elements if (text := all_text(element))), "")


def _resolve(base: str, href: str) -> str:
    """The name of a part that another part refers to."""
    path = unquote(urldefrag(href)[0])
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), path)) if path else base


def _check_protection(archive: Archive, book: _Book) -> None:
    """Fonts may be encrypted in an open book; where its pages are, nobody else can read it."""
    if "META-INF/encryption.xml" not in archive.names:
        return
    encrypted = parse_xml(archive.read("META-INF/encryption.xml"), _KIND)
    locked = {unquote(str(e.get("URI"))) for e in encrypted.iter("{*}CipherReference")}
    if locked.intersection(book.pages):
        raise ImportRefused(
            _("This e-book is protected against copying; choose a file without protection.")
        )


def _bound(archive: Archive, book: _Book, findings: list[Finding]) -> tuple[Element, int]:
    """All pages as one, and the number of words in lists of contents, which are left out."""
    root = etree.Element("html")
    body = etree.SubElement(root, "body")
    places = {page: number for number, page in enumerate(book.pages)}
    contents = 0
    for page, number in places.items():
        told: list[Finding] = []
        text = decode(archive.read(page), told, declared=True)
        # The lines are those of one page of the book and say nothing to a reader.
        findings += [replace(finding, place=None) for finding in told]
        if not text.strip():
            continue
        parsed = parse(re.sub(r"\A\s*<\?xml[^>]*\?>", "", text))
        inner = parsed.find("body")
        inner = parsed if inner is None else inner
        if page in book.navigation:
            contents += words_of(inner)
            continue
        contents += _settle(inner)
        _rename(inner, page, number, places)
        inner.tag = "div"
        inner.tail = None
        body.append(inner)
    return root, contents


def _settle(page: Element) -> int:
    """Make plain boxes of what frames a site and not a book; the words of lists that went."""
    dropped = 0
    for element in list(
        page.iter("nav", "section", "div", "aside", "header", "footer", "span", "a")
    ):
        if element.getparent() is None:
            continue
        kind = str(element.get(_TYPE) or "")
        if _CONTENTS.search(kind) and element.tag in ("nav", "section", "div"):
            dropped += words_of(element)
            take_out(element)
        elif "pagebreak" in kind:
            take_out(element)
        elif "noteref" in kind:
            element.set("class", f"{element.get('class') or ''} noteref")
        elif element.tag in ("aside", "header", "footer", "nav"):
            element.tag = "div"
    return dropped


def _rename(page: Element, name: str, number: int, places: dict[str, int]) -> None:
    """Make names and the links to them hold in the whole book."""
    page.set("id", f"page-{number}")
    for element in page.iter():
        if not isinstance(element.tag, str):
            continue
        if element.get("id") and element is not page:
            element.set("id", f"page-{number}-{element.get('id')}")
        if element.tag == "img" and not str(element.get("src") or "").startswith("data:"):
            element.set("src", _resolve(name, str(element.get("src") or "")))
        href = str(element.get("href") or "")
        if element.tag == "a" and href and not re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", href):
            target = places.get(_resolve(name, href))
            fragment = urldefrag(href)[1]
            if target is not None:
                element.set("href", f"#page-{target}-{fragment}" if fragment else f"#page-{target}")
