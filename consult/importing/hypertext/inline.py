"""What an element within a paragraph does to its text."""

import re
from dataclasses import replace

from lxml import etree

from consult.importing import wording
from consult.importing.hypertext.counting import place_at
from consult.importing.runs import Run
from consult.importing.tally import Tally
from consult.text.links import is_allowed_link

_MARKS = {
    **dict.fromkeys(("strong", "b"), "strong"),
    **dict.fromkeys(("em", "i", "cite", "dfn", "var"), "em"),
    **dict.fromkeys(("s", "strike", "del"), "s"),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), "code"),
    "sup": "sup",
    "sub": "sub",
}
_STYLES = (
    (re.compile(r"font-weight\s*:\s*(?:bold|bolder|[6-9]00)", re.I), "strong"),
    (re.compile(r"font-style\s*:\s*(?:italic|oblique)", re.I), "em"),
    (re.compile(r"text-decoration[\w-]*\s*:[^;]*line-through", re.I), "s"),
    (re.compile(r"vertical-align\s*:\s*super", re.I), "sup"),
    (re.compile(r"vertical-align\s*:\s*sub", re.I), "sub"),
)
_PLAIN_WEIGHT = re.compile(r"font-weight\s*:\s*(?:normal|[1-4]00)", re.I)
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,6}")


class Inks:
    """Finds the marks of elements, and counts the links that could not stay links."""

    def __init__(
        self, language: str | None, direction: str, classes: dict[str, str], own_lines: bool
    ) -> None:
        """own_lines: as for `place_at`."""
        self._language = language or ""
        self._direction = direction
        self._classes = classes
        self.own_lines = own_lines
        self.tally = Tally()

    def ink(self, element: etree._Element, ink: Run) -> Run:
        """The run (without text) that text inside an element belongs to."""
        marks = set(ink.marks)
        mark = _MARKS.get(str(element.tag))
        if mark:
            marks.add(mark)
        style = str(element.get("style") or "")
        if element.get("class") and self._classes:
            names = str(element.get("class")).split()
            style += ";".join(["", *(self._classes.get(name, "") for name in names)])
        if style:
            marks.update(name for pattern, name in _STYLES if pattern.search(style))
            if _PLAIN_WEIGHT.search(style):
                marks.discard("strong")
        if {"sup", "sub"} <= marks:
            marks.discard("sub")
        return self._tongue(
            element, replace(ink, marks=frozenset(marks), href=self._href(element, ink))
        )

    def _href(self, element: etree._Element, ink: Run) -> str:
        href = str(element.get("href") or "").strip() if element.tag == "a" else ""
        if not href:
            return ink.href
        if is_allowed_link(href):
            return href
        lost = not href.startswith("#")
        self.tally.count(wording.lost_links, lost, place_at(element, self.own_lines))
        return ""

    def _tongue(self, element: etree._Element, ink: Run) -> Run:
        """Language and direction of an element where they differ from the document's."""
        language, direction = element.get("lang"), str(element.get("dir") or "").lower()
        if language and _LANGUAGE.fullmatch(str(language)):
            same = str(language).lower() == self._language.lower()
            ink = replace(ink, language="" if same else str(language))
        if direction in ("ltr", "rtl"):
            ink = replace(ink, direction="" if direction == self._direction else direction)
        return ink
