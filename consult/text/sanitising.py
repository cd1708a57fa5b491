"""The two gates that every piece of stored HTML goes through.

bleach parses with html5lib and filters by an allowlist; nh3 (ammonia, html5ever) parses what
comes out again and filters by the same allowlist. The two share no code, so that one's mistake
is not the other's.
"""

import re
import threading
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import lxml.html
import nh3
from bleach.sanitizer import Cleaner
from lxml import etree

from consult.text.cleaning import without_control
from consult.text.links import LINK_REL, LINK_SCHEMES, is_allowed_link
from consult.text.markup import written
from consult.text.plain import plain_text

#: Levels of elements within elements. Honest drafts stay under ten; the parsers' cost grows with
#: the square of the depth.
MAX_DEPTH = 60

# Below this many tags no nesting is deep enough to cost anything, and the depth is not looked at.
_FEW_TAGS = 150

_COMMENT_TAGS = frozenset(
    {"p", "br", "em", "strong", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a"}
)
_WORDING_TAGS = _COMMENT_TAGS | {
    *("sup", "sub", "abbr", "span"),
    *("table", "caption", "thead", "tbody", "tr", "th", "td"),
    "img",
}

# Without this bleach would leave a script's source standing as text.
_UNREAD = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE)

# bleach sets what a block encloses apart from what stands before it, but not from what follows.
_BLOCK_END = re.compile(
    r"(?=</(?:address|article|aside|d[dlt]|div|fieldset|figcaption|figure|footer|form|h[1-6]"
    r"|header|main|nav|section)\b)",
    re.IGNORECASE,
)

# The address of a picture until its draft is stored. No browser knows it, so nothing is fetched.
FIGURE_SCHEME = "figure"

# A picture without an address that may stay is nothing.
_EMPTY_PICTURE = re.compile(r"<img(?![^<>]* src=)[^<>]*>")

# A link without words, such as a bookmark of a word processor, cannot be seen or read out.
_EMPTY_LINK = re.compile(r"<a [^<>]*>\s*</a>")

# A link whose address nh3 alone refused, such as one with an impossible port.
_DEAD_LINK = re.compile(rf'<a rel="{LINK_REL}">(.*?)</a>', re.DOTALL)

# A parser drops the first newline of these, each time that it reads them.
_PRE_NEWLINES = re.compile(r"<pre>\n+")

# Readings by nh3 until one changes nothing: then a browser, which parses by the same rules, sees
# what was judged. A few misnested tables take three.
_ROUNDS = 6

# Each attribute with the whole of what it may hold.
_NUMBER = re.compile(r"[0-9]{1,4}")
_ATTRIBUTES: Mapping[str, Mapping[str, re.Pattern[str]]] = {
    "ol": {"start": re.compile(r"[0-9]{1,9}")},
    "td": {"colspan": _NUMBER, "rowspan": _NUMBER},
    "th": {
        "colspan": _NUMBER,
        "rowspan": _NUMBER,
        "scope": re.compile(r"row|col|rowgroup|colgroup"),
    },
    "span": {
        "lang": re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,6}"),
        "dir": re.compile(r"ltr|rtl|auto"),
    },
    # The number by which a note is called; `consult.text.runs` reads past it.
    "sup": {"class": re.compile("note")},
    "abbr": {"title": re.compile(r"[^<>]{1,200}")},
    # A picture that was kept with the draft, and nothing that lies anywhere else.
    "img": {
        "src": re.compile(rf"(?:{FIGURE_SCHEME}:|/figures/)[0-9a-f]{{64}}"),
        "alt": re.compile(r"[^<>]{0,5000}"),
        "width": _NUMBER,
        "height": _NUMBER,
    },
}


def _allow_attribute(tag: str, name: str, value: str) -> bool:
    """Say whether an attribute may stay with this value; links are asked of `links`."""
    if tag == "a":
        return name == "href" and is_allowed_link(value)
    pattern = _ATTRIBUTES.get(tag, {}).get(name)
    return pattern is not None and pattern.fullmatch(value) is not None


def _nh3_attribute(tag: str, name: str, value: str) -> str | None:
    # nh3 asks about the rel that it adds itself, too.
    if (tag, name, value) == ("a", "rel", LINK_REL):
        return value
    return value if _allow_attribute(tag, name, value) else None


def _drop_empty_links(source: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Take away the tags of links whose address was refused, leaving what they enclose."""
    kept: list[bool] = []
    for token in source:
        if token.get("name") != "a":
            yield token
        elif token["type"] == "StartTag":
            kept.append(bool(token["data"]))
            if kept[-1]:
                yield token
        elif kept and kept.pop():
            yield token


class _Gates(threading.local):
    """Both gates over one allowlist of elements, anew for each thread.

    A bleach Cleaner keeps the state of the document being parsed and serves one thread only.
    """

    def __init__(self, tags: frozenset[str]) -> None:
        self._bleach = Cleaner(
            tags=tags,
            attributes=_allow_attribute,
            protocols=LINK_SCHEMES | {FIGURE_SCHEME},
            strip=True,
            filters=[_drop_empty_links],  # type: ignore[list-item]
        )
        self._nh3 = nh3.Cleaner(
            tags=set(tags),
            attributes={
                "a": {"href"},
                **{tag: set(names) for tag, names in _ATTRIBUTES.items() if tag in tags},
            },
            attribute_filter=_nh3_attribute,
            url_schemes={*LINK_SCHEMES, FIGURE_SCHEME},
            link_rel=LINK_REL,
        )

    def clean(self, html: str) -> str:
        html = self._bleach.clean(without_control(html))
        for _ in range(_ROUNDS):
            before, html = html, self._tidy(self._nh3.clean(html))
            if html == before:
                return html
        return _only_text(html)

    @staticmethod
    def _tidy(html: str) -> str:
        html = _EMPTY_PICTURE.sub("", html)
        html = _EMPTY_LINK.sub("", _DEAD_LINK.sub(r"\1", html))
        return _PRE_NEWLINES.sub("<pre>", html).strip()


_COMMENT_GATES = _Gates(_COMMENT_TAGS)
_WORDING_GATES = _Gates(_WORDING_TAGS)


def sanitise_comment(html: str) -> str:
    """Make the HTML that was rendered from a comment's Markdown safe to show."""
    return _COMMENT_GATES.clean(html)


def sanitise_wording(html: str) -> str:
    """Make the HTML of a draft's paragraph safe to store and show.

    Elements and attributes outside the allowlist go, what they enclose stays (except scripts and
    styles). A link that is not absolute http, https or mailto becomes its text. Markup nested
    more than MAX_DEPTH levels deep comes back as its plain text in one paragraph.
    """
    html = _BLOCK_END.sub("\n", _UNREAD.sub("", without_control(html)))
    if html.count("<") > _FEW_TAGS:
        shallow = _well_formed(html)
        if shallow is None:
            return _only_text(html)
        html = shallow
    return _WORDING_GATES.clean(html)


def _only_text(html: str) -> str:
    return f"<p>{written(plain_text(html))}</p>"


def _well_formed(html: str) -> str | None:
    """Parse and write out again, so that the depth measured is the depth the gates will see.

    None when it is deeper than MAX_DEPTH or there is no element in it.
    """
    parser = lxml.html.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        # Without an element around it, libxml2 would put loose words into a paragraph.
        root = lxml.html.document_fromstring(f"<div>{html}</div>".encode(), parser=parser)
    except etree.ParserError:
        return None
    level: list[lxml.html.HtmlElement] = [root]
    for _ in range(MAX_DEPTH):
        level = [child for element in level for child in element]
    return None if level else lxml.html.tostring(root, encoding="unicode")
