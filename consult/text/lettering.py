"""What people wrote, as a letter carries it: whole, in lines of plain text and in HTML for mail.

Both are made from the sanitised HTML that pages show, so that a letter says what the page says:
paragraphs and line breaks, the marks of lists, quotations, code, emphasis and where links lead.
"""

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import unquote

import lxml.html
from lxml.html import HtmlElement
from markupsafe import Markup

from consult.text.cleaning import clean_text
from consult.text.markup import written
from consult.text.runs import runs
from consult.text.sanitising import sanitise_wording
from consult.text.wrapping import hard_wrapped, wrapped

_BLOCKS = frozenset(
    {"p", "ul", "ol", "li", "blockquote", "pre", "table", "caption", "thead", "tbody", "tr"}
)
_TABLE = frozenset({"table", "thead", "tbody"})
_BLANK_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_HREF = re.compile(r'<a [^<>]*?href="([^"]*)"')

# How marks look in plain text that HTML has elements for.
_EMPHASIS = {"em": "*", "i": "*", "strong": "**", "b": "**", "s": "~~", "code": "`"}
_RAISED = {"sup": "^", "sub": "_"}

# The mark of an item as `consult.text.typed` leaves it in the words.
_MARK = re.compile(r"\s*(\d{1,9}[.)]|[-+*])(?:\s+|$)")

# Narrower than this nothing is wrapped, however deep it stands.
_NARROWEST = 24

# Where programs make links of words, tags within words included: such tags and all others are
# one character each meanwhile, which sanitised text never holds.
_INNER, _OUTER = "\ue000", "\ue001"
_LINKED = (
    (re.compile(f":(?={_INNER}*/{_INNER}*/)"), "[:]"),
    (re.compile(rf"(\w{_INNER}*)\.(?={_INNER}*[^\W\d_]{_INNER}*[^\W\d_])"), r"\1[.]"),
    (re.compile(rf"([^\s{_OUTER}])@(?=[^\s{_OUTER}])"), r"\1[at]"),
)


def html_of(text: str) -> str:
    """Return plain text of several lines as HTML that shows the same lines."""
    parts = _BLANK_LINES.split(clean_text(text).strip("\n"))
    lines = ([written(line) for line in part.split("\n")] for part in parts)
    paragraphs = (Markup("<br>").join(part) for part in lines if "".join(part).strip())
    return "\n".join(Markup("<p>{}</p>").format(paragraph) for paragraph in paragraphs)


def letter_html(html: str) -> str:
    """Make people's HTML fit for a letter: safe, without pictures, readable without style sheets.

    The marks of lists stand in the words (see `consult.text.typed`), so that mail programs must
    not put others beside them.
    """
    pieces = []
    for run in runs(sanitise_wording(html)):
        if run.html == "<ul>":
            pieces.append('<ul style="list-style: none; padding: 0 1em">')
        elif run.name == "img":
            pieces.append(written(run.text))
        else:
            pieces.append(run.html)
    return clean_text("".join(pieces))


def without_links(html: str) -> str:
    """Return sanitised HTML in which programs find nothing to make a link of, and every word stands.

    Addresses are written with brackets, "https[:]//a[.]example", those behind words after them.
    """
    pieces, tags = list[str](), list[str]()
    address, words = "", ""
    for run in runs(sanitise_wording(html)):
        if not run.name:
            pieces.append(run.text)
            words += run.text
            continue
        if run.name == "a":
            found = _HREF.match(run.html)
            address, words = unescape(found[1]) if found else "", ""
        elif run.name == "/a" and not _same(words, address):
            pieces.append(f" <{address}>")
        pieces.append(_OUTER if run.separates else _INNER)
        tags.append("" if run.name in ("a", "/a") else run.html)
    joined = "".join(pieces)
    for pattern, instead in _LINKED:
        joined = pattern.sub(instead, joined)
    safe = re.split(f"[{_INNER}{_OUTER}]", written(joined))
    return safe[0] + "".join(tag + text for tag, text in zip(tags, safe[1:], strict=True))


def letter_lines(html: str, width: int) -> list[str]:
    """Return people's HTML as lines of plain text of at most `width` characters, the whole of it.

    Longer are only addresses, which nobody could follow in two pieces, and lines of code. No line
    begins or ends with white space, or holds anything that turns the direction of others.
    """
    root = lxml.html.fragment_fromstring(sanitise_wording(html), create_parent="div")
    return _apart(list(_blocks(root, width)))


def _apart(blocks: list[list[str]], tight: bool = False) -> list[str]:
    """Put blocks of lines below one another, with an empty line between two unless tight."""
    lines: list[str] = []
    for block in blocks:
        lines += ["", *block] if lines and not tight else block
    return lines


def _blocks(element: HtmlElement, width: int) -> Iterator[list[str]]:
    """Yield the lines of each block in an element, loose words being one."""
    words = [_spaced(element.text)]
    for child in element:
        if child.tag in _BLOCKS:
            yield from _paragraph("".join(words), width)
            words = []
            yield from filter(None, [_block(child, width)])
        else:
            words.append(_inline(child))
        words.append(_spaced(child.tail))
    yield from _paragraph("".join(words), width)


def _paragraph(words: str, width: int) -> Iterator[list[str]]:
    lines = [clean_text(line).strip() for line in words.strip().split("\n")]
    if any(lines):
        yield [piece for line in lines for piece in wrapped(line, max(width, _NARROWEST))]


def _block(element: HtmlElement, width: int) -> list[str]:
    if element.tag in {"ul", "ol"}:
        return _list(element, width)
    if element.tag == "pre":
        lines = clean_text(element.text_content()).expandtabs(4).strip("\n").split("\n")
        return [f"    {piece}".rstrip() for line in lines for piece in hard_wrapped(line)]
    if element.tag == "tr":
        cells = (" ".join(_apart(list(_blocks(cell, 10_000)), tight=True)) for cell in element)
        return list(wrapped(" | ".join(cells), max(width, _NARROWEST)))
    if element.tag == "blockquote":
        return [f"> {line}".rstrip() for line in _apart(list(_blocks(element, width - 2)))]
    return _apart(list(_blocks(element, width)), tight=element.tag in _TABLE)


def _list(element: HtmlElement, width: int) -> list[str]:
    tight = element.find("li/p") is None
    number = int(element.get("start", "1"))
    items = []
    for item in element:
        mark = _taken_mark(item) or (f"{number}." if element.tag == "ol" else "-")
        number += 1
        indent = len(mark) + 1
        lines = _apart(list(_blocks(item, width - indent)), tight) or [""]
        items.append([f"{mark} {lines[0]}".rstrip()])
        items[-1] += [f"{' ' * indent}{line}".rstrip() for line in lines[1:]]
    return _apart(items, tight)


def _taken_mark(item: HtmlElement) -> str:
    """Take the mark that was typed off the beginning of an item's words, and return it."""
    first = item
    if not (item.text or "").strip() and len(item) and item[0].tag == "p":
        first = item[0]
    mark = _MARK.match(first.text or "")
    if mark is None:
        return ""
    first.text = first.text[mark.end() :]
    return str(mark[1])


def _spaced(text: str | None) -> str:
    # No-break spaces stay; all others, line breaks of the markup among them, are one space.
    return re.sub(r"[^\S\u00a0\u2007\u202f]+", " ", text or "")


def _inline(element: HtmlElement) -> str:
    tag = element.tag
    if tag == "br":
        return "\n"
    if tag == "img":
        return str(element.get("alt", ""))
    inside = [_spaced(element.text), *(_inline(e) + _spaced(e.tail) for e in element)]
    words = "".join(inside)
    if tag == "a":
        return _link(words, element)
    if tag in _RAISED:
        # Never run together: 10^6 is not 106.
        plain = len(words) == 1 or words.isdecimal()
        return "" if element.get("class") else _RAISED[tag] + (words if plain else f"({words})")
    mark = _EMPHASIS.get(tag, "") if words.strip() else ""
    return f"{mark}{words}{mark}"


def _link(words: str, element: HtmlElement) -> str:
    address = element.get("href", "")
    if not _same(words, address):
        return f"{words} <{address}>"
    # A star at the end would be taken for a part of it.
    emphatic = element.getparent() is not None and element.getparent().tag in _EMPHASIS
    return f"<{words}>" if emphatic else words


def _same(words: str, address: str) -> bool:
    """Say whether the words of a link show where it leads."""
    shown = unquote(words.strip())
    return shown in {unquote(address), unquote(address.removeprefix("mailto:"))}
