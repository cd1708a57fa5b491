"""Proof that HTML is harmless, by a parser that neither gate uses (libxml2)."""

import re

import lxml.html

from consult.text.links import LINK_REL

COMMENT = {"p", "br", "em", "strong", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a"}
WORDING = COMMENT | {
    *("sup", "sub", "abbr", "span"),
    *("table", "caption", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES = {
    "a": {"href", "rel"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "span": {"lang", "dir"},
    "abbr": {"title"},
}


def assert_harmless(html: str, elements: set[str]) -> None:
    """Fail if there is an element, attribute or address in the HTML that may not be there."""
    document = lxml.html.document_fromstring(f"<div id='root'>{html}</div>")
    [root] = document.iterfind(".//*[@id='root']")
    for element in root.iterdescendants():
        assert element.tag in elements, html
        assert set(element.attrib) <= ATTRIBUTES.get(element.tag, set()), html
        if element.tag == "a":
            assert element.get("rel") == LINK_REL, html
            href = element.get("href", "")
            assert re.match(r"https?://[^/\s@\\]|mailto:[^/\s]", href, re.I), html
    # Whatever another parser makes of it, no tag begins that is not on the list.
    assert {name.lower() for name in re.findall(r"<[/!?]?([^\s/>]*)", html)} <= elements, html
