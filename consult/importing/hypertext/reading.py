"""An HTML file as pieces."""

import re
from collections.abc import Iterable

from consult.blocks.blocks import Finding
from consult.blocks.messages import _
from consult.importing.decoding import decode
from consult.importing.emphasis import infer_headings
from consult.importing.hypertext.asides import drop_contents_lists
from consult.importing.hypertext.content import clear, parse, visible_text
from consult.importing.hypertext.counting import Element
from consult.importing.hypertext.footnotes import Footnotes
from consult.importing.hypertext.inline import Inks
from consult.importing.hypertext.pictures import Pictures
from consult.importing.hypertext.walking import Walker
from consult.importing.pieces import Piece, Reading
from consult.importing.runs import Run

_CLASS_RULE = re.compile(r"\.([\w-]+)\s*\{([^{}]*)\}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,4}")


def read(data: bytes) -> Reading:
    """Read a page. Raises ImportRefused."""
    findings: list[Finding] = []
    root = parse(decode(data, findings, declared=True))
    language, direction = _tongue(root)
    classes = class_rules(str(sheet.text or "") for sheet in root.iter("style"))
    heading = _first_heading(root)
    window = root.find(".//title")
    content = clear(root, findings, own_lines=True)
    pictures = Pictures()
    pieces = take(
        content, findings, language, direction, classes, own_lines=True, pictures=pictures
    )
    pieces = infer_headings(pieces, findings, levelled=True)
    reading = Reading(pieces, findings, language, images=pictures.gallery.images)
    if heading is not None and content.find(".//h1") is None:
        reading.title = heading
        reading.title_source = _(
            "The title “${title}” was taken from the heading of the page.", title=heading
        )
    elif window is not None:
        # Sites add their own name behind a bar.
        reading.title = " ".join((window.text or "").split()).split(" | ")[0]
        reading.title_source = _(
            "The title “${title}” was taken from the title of the page.", title=reading.title
        )
    return reading


def take(
    content: Element,
    findings: list[Finding],
    language: str | None,
    direction: str,
    classes: dict[str, str],
    own_lines: bool,
    pictures: Pictures | None = None,
) -> list[Piece]:
    """The pieces of an element; used for Markdown too, which comes as HTML.

    own_lines: as for `place_at`. pictures: where they lie, and where those are collected that can be kept.
    """
    drop_contents_lists(content, findings, own_lines)
    inks = Inks(language, direction, classes, own_lines)
    walker = Walker(inks, Footnotes(content), findings, pictures or Pictures())
    walker.walk(content, Run(""))
    walker.flush()
    findings += inks.tally.findings()
    return walker.pieces


def _tongue(root: Element) -> tuple[str | None, str]:
    """Language and direction that a page states for all of its text."""
    language, direction = None, ""
    for element in [root, *root.findall("body"), *root.findall(".//main")]:
        stated = element.get("lang") or element.get("{http://www.w3.org/XML/1998/namespace}lang")
        stated = stated or element.get("xml:lang")
        if language is None and stated and _LANGUAGE.fullmatch(str(stated)):
            language = str(stated)
        direction = direction or str(element.get("dir") or "").lower()
    if language is None:
        for meta in root.iter("meta"):
            if str(meta.get("http-equiv") or "").lower() == "content-language":
                stated = str(meta.get("content") or "")
                language = stated if _LANGUAGE.fullmatch(stated) else None
    return language, direction


def class_rules(sheets: Iterable[str]) -> dict[str, str]:
    """What style sheets say of bold and italic classes, as office suites write them."""
    rules: dict[str, str] = {}
    for sheet in sheets:
        for name, rule in _CLASS_RULE.findall(sheet[:200_000]):
            if "font-" in rule or "vertical-align" in rule:
                rules[name] = rule
    return rules


def _first_heading(root: Element) -> str | None:
    heading = root.find(".//h1")
    return None if heading is None else " ".join("".join(visible_text(heading)).split()) or None
