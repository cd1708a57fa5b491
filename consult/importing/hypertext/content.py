"""The text of a page without the site around it."""

import re
from collections.abc import Iterator

import lxml.html
from lxml import etree

from consult.blocks.blocks import Finding, ImportRefused
from consult.blocks.messages import _, ngettext
from consult.importing import limits, wording
from consult.importing.hypertext.counting import Element, with_places
from consult.importing.tally import Tally

_NEVER = frozenset(
    {
        *(
            "script",
            "style",
            "noscript",
            "template",
            "iframe",
            "object",
            "embed",
            "canvas",
            "audio",
        ),
        *("video", "select", "textarea", "button", "dialog", "head", "applet", "map", "datalist"),
    }
)
# Those among them that show something.
_SEEN = frozenset("iframe object embed canvas audio video select textarea button applet".split())
_ROLES = frozenset({"navigation", "banner", "search", "contentinfo", "menu", "menubar", "dialog"})
_SITE = re.compile(
    r"(?:^|[\s_-])(?:breadcrumbs?|cookies?|cookie-?(?:banner|notice|bar)|skip-?links?|skip-?to-?content"
    r"|navbar|nav-?menu|site-?(?:header|footer|nav)|pagination|global-(?:header|footer)"
    r"|social-?(?:links|share|media)|share-?(?:links|buttons))(?:$|[\s_-])",
    re.IGNORECASE,
)
_INVISIBLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.I)
_FOR_READERS_ALOUD = re.compile(
    r"(?:^|[\s_-])(?:visually-?hidden|sr-only|screen-reader-text)(?:$|\s)", re.I
)
_ANCHOR = re.compile(r"headerlink|permalink|anchor(?:js)?-?link|heading-anchor|^anchor$", re.I)


def parse(text: str) -> Element:
    """The root element of a page or a fragment. Raises ImportRefused."""
    # HTML calls "</br>" a line break (13.2.6.4.7); the parser does not know.
    text = re.sub(r"</br\s*>", "<br>", text, flags=re.IGNORECASE)
    parser = lxml.html.HTMLParser(encoding="utf-8", no_network=True, remove_pis=True)
    try:
        root = lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, AssertionError) as error:
        raise ImportRefused(
            _("No text was found in this file; choose the file with the draft.")
        ) from error
    _check_depth(root)
    return root


def _check_depth(root: Element) -> None:
    depth = 0
    for event, _element in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > limits.MAX_DEPTH:
            raise ImportRefused(
                _(
                    "The elements of this page are nested too deeply to be read; save it afresh from"
                    " the program that it was written with."
                )
            )


def words_of(element: Element) -> int:
    return sum(len(text.split()) for text in visible_text(element))


def visible_text(element: Element) -> Iterator[str]:
    """The stretches of text below an element, without scripts, comments and the like."""
    if not isinstance(element.tag, str) or element.tag in _NEVER:
        return
    if element.text:
        yield element.text
    for child in element:
        yield from visible_text(child)
        if child.tail:
            yield child.tail


def clear(root: Element, findings: list[Finding], own_lines: bool) -> Element:
    """Take out what is not text of the document; the element that holds the rest.

    What goes and could be read by a visitor is counted in the report. own_lines: as for `place_at`.
    """
    body = root.find("body")
    body = root if body is None else body
    tally = Tally()
    for element, place in with_places(root, own_lines):
        if _is_comment(element):
            tally.count(wording.comments_in_source, place=place)
    for element, place in list(with_places(body, own_lines)):
        if _is_hidden(element):
            tally.count(wording.hidden_words, _remove(element), place)
    findings += tally.findings()
    main = _main(body)
    findings += _unread(body, main, own_lines)
    for element in list(body.iter(*_NEVER)):
        _remove(element)
    for element in list(body.iter("a")):
        if _ANCHOR.search(str(element.get("class") or "")) and len(_plain(element)) < 2:
            _remove(element)
    words = words_of(body) - words_of(main) if main is not body else 0
    words += sum(_remove(element) for element in list(main.iter()) if _is_site(element, main, body))
    if words:
        message = ngettext(
            "${number} word of menus, page headers and footers was left out.",
            "${number} words of menus, page headers and footers were left out.",
            words,
        )
        findings.append(Finding(None, message))
    return main


def _unread(body: Element, main: Element, own_lines: bool) -> list[Finding]:
    """What the report says of parts that a visitor sees and a draft cannot hold."""
    found = []
    for element, place in with_places(body, own_lines):
        above = list(element.iterancestors())
        if element.tag not in _SEEN or not (main is body or main in above):
            continue
        if any(a.tag in _NEVER or _is_site(a, main, body) for a in above):
            continue
        words = " ".join("".join(map(str, element.itertext())).split())
        name = str(element.tag)
        message = wording.unread_words(words, name) if words else wording.unread_part(name)
        found.append(Finding(place, message))
    return found


def _is_comment(element: Element) -> bool:
    # Conditional comments are how Word talks to browsers, not what an author wrote.
    text = str(element.text or "").lstrip() if isinstance(element, etree._Comment) else ""
    return bool(text) and not text.startswith("[")


def _remove(element: Element) -> int:
    """Take an element out of the page, unless that has happened; how many words went."""
    if element.getparent() is None:
        return 0
    words = words_of(element)
    take_out(element)
    return words


def take_out(element: Element) -> None:
    """Take an element out and keep the text that follows it."""
    parent, tail = element.getparent(), element.tail or ""
    if parent is None:
        return
    before = element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    element.tail = None
    parent.remove(element)


def _is_hidden(element: Element) -> bool:
    if not isinstance(element.tag, str) or element.tag in ("body", "html"):
        return False
    if "hidden" in element.attrib or _INVISIBLE.search(str(element.get("style") or "")):
        return True
    return bool(_FOR_READERS_ALOUD.search(str(element.get("class") or "")))


def _main(body: Element) -> Element:
    """The element that holds the document, if the page says so."""
    total = words_of(body)
    for path in (".//main", ".//*[@role='main']", ".//*[@id='main-content']", ".//article"):
        found = body.findall(path)
        if len(found) == 1 and words_of(found[0]) * 3 > total:
            return found[0]
    return body


def _is_site(element: Element, main: Element, body: Element) -> bool:
    """Whether an element belongs to the site that shows the document."""
    if not isinstance(element.tag, str) or element in (main, body):
        return False
    if element.tag == "nav" or str(element.get("role") or "") in _ROLES:
        return True
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    if _SITE.search(names) and element.tag not in ("h1", "p", "li", "td"):
        return words_of(element) < 200
    if element.tag not in ("header", "footer", "aside"):
        return False
    # A preamble may stand in a header and notes in a footer; a site's own hold links and scraps.
    if element.find(".//h1") is not None:
        return False
    linked = sum(words_of(link) for link in element.iter("a"))
    words = words_of(element)
    sentences = any(_is_sentence(_plain(paragraph)) for paragraph in element.iter("p", "li"))
    return linked * 2 > words or (main is body and not sentences)


def _is_sentence(text: str) -> bool:
    """More than a scrap, also in scripts that set no blanks between words."""
    return len(text.split()) > 7 or max(map(len, text.split()), default=0) > 25


def _plain(element: Element) -> str:
    return " ".join("".join(visible_text(element)).split())
