"""The words that a reader of a file sees, found without any of the importer's own code."""

import html
import re
import zipfile
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pypdfium2
from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TOO = ("script", "style", "head", "nav", "title")


def words_in(text: str) -> Counter[str]:
    """Words of two letters or more; numbers are left to the tests of labels."""
    return Counter(w.lower() for w in re.findall(r"[^\W\d_]{2,}", text.replace("\u00ad", "")))


def visible_words(path: Path) -> Counter[str]:
    """What is in a file of the corpus, by its kind."""
    if path.suffix == ".docx":
        return words_in(_word_text(path))
    if path.suffix == ".odt":
        return words_in(_opendocument_text(path))
    if path.suffix == ".epub":
        return words_in(_book_text(path))
    if path.suffix == ".pdf":
        return words_in(_printed_text(path))
    text = path.read_text(encoding="utf-8-sig")
    if path.suffix in (".akn", ".xml"):
        return words_in(_law_text(text))
    if path.suffix == ".html":
        return words_in(_html_text(text))
    return words_in(_markdown_text(text) if path.suffix == ".md" else text)


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._skipped: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if self._skipped:
            if tag == self._skipped[0]:
                self._skipped.append(tag)
        elif tag in _TOO or named.get("id") == "TOC":
            self._skipped.append(tag)
        if tag == "img":
            self.parts.append(f" {named.get('alt') or ''} ")
        elif tag not in ("a", "b", "i", "em", "strong", "span", "sup", "sub", "u", "code"):
            self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if self._skipped and tag == self._skipped[-1]:
            self._skipped.pop()

    def handle_data(self, data: str) -> None:
        if not self._skipped:
            self.parts.append(data)


def _html_text(text: str) -> str:
    parser = _Text()
    parser.feed(text)
    return "".join(parser.parts)


def _markdown_text(text: str) -> str:
    text = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL)
    text = re.sub(r"^[ ]{0,3}\[[^\]^]+\]:.*$", "", text, flags=re.MULTILINE)
    text = re.sub(r"\]\((?:[^()\s]|\([^()]*\))*(?:\s+\"[^\"\n]*\")?\)", "]", text)
    text = re.sub(r"\{[:#.%][^{}]{0,200}\}", "", text)
    text = re.sub(r"<(https?://[^<>\s]+|[\w.]+@[\w.]+)>", r" \1 ", text)
    text = re.sub(r"<!--.*?-->|</?[A-Za-z][^<>]*>", " ", text, flags=re.DOTALL)
    text = re.sub(r"\[\^[\w-]+\]", " ", text)
    text = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text)
    return html.unescape(re.sub(r"[*`~]|(?<=\W)_|_(?=\W)", "", text))


def _word_text(path: Path) -> str:
    parts: list[str] = []
    with zipfile.ZipFile(path) as archive:
        for name in ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml"):
            if name in archive.namelist():
                _collect(etree.fromstring(archive.read(name)), parts)
    return "".join(parts)


def _collect(element: etree._Element, parts: list[str]) -> None:
    if element.tag in (f"{_W}del", f"{_W}moveFrom", f"{_W}instrText"):
        return
    if element.tag.endswith("}Fallback"):
        return
    if element.tag == f"{_W}p":
        style = element.find(f"{_W}pPr/{_W}pStyle")
        if style is not None and style.get(f"{_W}val", "").startswith("TOC"):
            return
        parts.append("\n")
    if element.tag == f"{_W}t":
        parts.append(element.text or "")
    elif element.tag in (f"{_W}tab", f"{_W}br", f"{_W}footnoteReference"):
        parts.append(" ")
    for child in element:
        _collect(child, parts)


def _opendocument_text(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        root = etree.fromstring(archive.read("content.xml"))
    skipped = (
        "tracked-changes",
        "annotation",
        "note-citation",
        "table-of-content",
        "title",
        "desc",
    )
    return _text_of(root, skipped, ("span", "a", "bookmark", "bookmark-start", "bookmark-end"))


def _book_text(path: Path) -> str:
    parts = []
    with zipfile.ZipFile(path) as archive:
        package = next(name for name in archive.namelist() if name.endswith(".opf"))
        root = etree.fromstring(archive.read(package))
        folder = package.rpartition("/")[0]
        files = {item.get("id"): item.get("href") for item in root.iter("{*}item")}
        for itemref in root.iter("{*}itemref"):
            name = f"{folder}/{files[itemref.get('idref')]}".lstrip("/")
            if "nav" not in name:
                parts.append(_html_text(archive.read(name).decode()))
    return "\n".join(parts)


def _law_text(text: str) -> str:
    skipped = ("meta", "preface-meta", "toc", "page")
    inline = (
        "b",
        "i",
        "u",
        "em",
        "strong",
        "sup",
        "sub",
        "ref",
        "a",
        "inline",
        "term",
        "date",
        "span",
    )
    return _text_of(etree.fromstring(text.encode()), skipped, inline)


def _printed_text(path: Path) -> str:
    """All letters on the pages, a word that a hyphen divides at the end of a line made whole."""
    document = pypdfium2.PdfDocument(path)
    text = "\n".join(page.get_textpage().get_text_range() for page in document)
    return re.sub(r"(?:\ufffe|\u0002|(?<=[a-z])-)\s*\r?\n(?=[a-z])|\ufffe|\u0002", "", text)


def _text_of(root: etree._Element, skipped: tuple[str, ...], inline: tuple[str, ...]) -> str:
    parts: list[str] = []

    def collect(element: etree._Element) -> None:
        name = etree.QName(element).localname if isinstance(element.tag, str) else "comment"
        if name not in (*skipped, "comment"):
            gap = "" if name in inline else "\n"
            parts.append(f"{gap}{element.text or ''}")
            for child in element:
                collect(child)
            parts.append(gap)
        parts.append(element.tail or "")

    collect(root)
    return "".join(parts)
