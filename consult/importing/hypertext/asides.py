"""Lists of contents and links to the top, which a reading page makes for itself."""

import re

from consult.blocks.blocks import Finding
from consult.importing import wording
from consult.importing.hypertext.content import take_out, visible_text, words_of
from consult.importing.hypertext.counting import Element, with_places
from consult.importing.tally import Tally

_CONTENTS = re.compile(
    r"(?:table of )?contents|on this page|in this (?:document|page|section)|toc|inhalt(?:sverzeichnis)?"
    r"|sommaire|table des matières|índice|indice|inhoud(?:sopgave)?|contents of this page",
    re.IGNORECASE,
)
_TOP = re.compile(r"\W*(?:back |return |go )?(?:to )?(?:the )?top(?: of (?:the )?page)?\W*", re.I)
_HOLDERS = ("ul", "ol", "div", "nav", "section")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6", "p", "div", "summary", "strong")


def drop_contents_lists(content: Element, findings: list[Finding], own_lines: bool) -> None:
    """Take out lists of links to places in the same document, and links to its top.

    own_lines: as for `place_at`.
    """
    tally = Tally()
    for element, place in list(with_places(content, own_lines)):
        if element.tag not in _HOLDERS or element.getparent() is None or element is content:
            continue
        if element.tag in ("ul", "ol") and not _is_contents_list(element, content):
            continue
        if element.tag not in ("ul", "ol") and not _is_contents_box(element):
            continue
        dropped = words_of(element) + _drop_heading_before(element)
        tally.count(wording.list_of_contents, dropped, place)
        take_out(element)
    _drop_links_to_top(content, tally, own_lines)
    findings += tally.findings()


def _is_contents_list(element: Element, content: Element) -> bool:
    """Whether a list is made of links to places in this document and nothing else."""
    if any(ancestor.tag in ("ul", "ol") for ancestor in element.iterancestors()):
        return False
    inner = [a for a in element.iter("a") if str(a.get("href") or "").startswith("#")]
    items = list(element.iter("li"))
    if len(items) < 3 or len(inner) < len(items) - 1:
        return False
    linked = sum(words_of(a) for a in inner)
    return linked > 0 and linked >= 0.9 * words_of(element)


def _is_contents_box(element: Element) -> bool:
    """A generated box such as pandoc's or Word's; its name and its links have to agree."""
    names = f"{element.get('id') or ''} {element.get('class') or ''}".lower().split()
    # LibreOffice counts them: "Table of Contents1".
    whole = str(element.get("id") or "").rstrip("0123456789")
    if not _CONTENTS.fullmatch(whole) and not any(
        name in ("toc", "table-of-contents", "contents", "tableofcontents") for name in names
    ):
        return False
    links = [a for a in element.iter("a") if str(a.get("href") or "").startswith("#")]
    return 2 * sum(words_of(a) for a in links) > words_of(element) > 0


def _drop_heading_before(element: Element) -> int:
    """Take out the heading "Contents" over a list that goes; its number of words."""
    before = element.getprevious()
    if before is None or before.tag not in _HEADINGS or (before.tail or "").strip():
        return 0
    text = " ".join("".join(visible_text(before)).split()).strip(" :")
    if not _CONTENTS.fullmatch(text):
        return 0
    words = words_of(before)
    take_out(before)
    return words


def _drop_links_to_top(content: Element, tally: Tally, own_lines: bool) -> None:
    for link, place in list(with_places(content, own_lines)):
        if link.tag != "a" or not str(link.get("href") or "").startswith("#"):
            continue
        if _TOP.fullmatch(" ".join("".join(visible_text(link)).split())):
            tally.count(wording.links_to_top, place=place)
            take_out(link)
