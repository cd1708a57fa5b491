"""The words that a reader of a file sees, found without any of the importer's own code."""

import html
import re
import zipfile
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

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
    text = path.read_text(encoding="utf-8-sig")
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
