"""What stands inside a paragraph of a Word file, as runs."""

import re
from dataclasses import dataclass, field, replace

from consult.drafts.importing import wording
from consult.drafts.importing.places import Place
from consult.drafts.importing.runs import Run, text_of
from consult.drafts.importing.tally import Tally
from consult.drafts.importing.word.fields import Fields
from consult.drafts.importing.word.names import (
    COMPATIBILITY,
    MATHS,
    Element,
    all_text,
    child_value,
    is_on,
    local_name,
    value,
    w,
)
from consult.drafts.importing.word.package import relation_id
from consult.drafts.importing.word.pictures import Pictures, Shown
from consult.drafts.importing.word.styles import Styles
from consult.text.links import is_allowed_link

_INSERTED = frozenset({"ins", "moveTo"})
_DELETED = frozenset({"del", "moveFrom"})
_THROUGH = frozenset(
    {"smartTag", "customXml", "sdtContent", "dir", "bdo", "fldSimple", "ins", "moveTo", "rubyBase"}
)
# What fonts of pictures show for the codes that documents use as bullets and ticks.
_SYMBOLS = {
    "f0b7": "•",
    "f0a7": "▪",
    "f0d8": "➢",
    "f0fc": "✓",
    "f0fe": "☑",
    "f0a8": "☐",
    "f06f": "☐",
    "f0e0": "→",
    "f0b0": "°",
    "f0b1": "±",
    "f0a3": "≤",
    "f0b3": "≥",
    "f0d7": "×",
    "f0ae": "→",
}


@dataclass(slots=True)
class Inside:
    """The content of one paragraph: its runs, and what is anchored in it but stands apart.

    ahead: how many of the boxes, side notes often, are anchored before the first word.
    """

    runs: list[Run] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    ahead: int = 0
    pictures: list[Shown] = field(default_factory=list)


class Inline:
    """Reads paragraphs; fields may span several, so one reader goes through the whole text."""

    def __init__(
        self, styles: Styles, links: dict[str, tuple[str, str]], pictures: Pictures, tally: Tally
    ) -> None:
        self._styles, self._links, self._pictures, self.tally = styles, links, pictures, tally
        self.gallery = pictures.gallery
        self._hidden = False
        self.fields = Fields()
        #: By id, where comments are anchored, in the order of the text.
        self.comments: dict[str, Place | None] = {}
        #: By kind ("footnote", "endnote") and id: the mark and the key of a note.
        self.notes: dict[tuple[str, str], tuple[str, str]] = {}

    def read(self, paragraph: Element, hidden: bool = False) -> Inside:
        """hidden: whether the paragraph's style hides its text."""
        inside = Inside()
        self._hidden = hidden
        # Also of those that belong to deleted words.
        for reference in paragraph.iter(w("commentReference")):
            self.comments.setdefault(value(reference, "id"), self.tally.place)
        self._walk(paragraph, Run(""), inside)
        return inside

    def _walk(self, element: Element, ink: Run, inside: Inside) -> None:
        for child in element:
            name = local_name(child)
            if name == "r":
                self._run(child, ink, inside)
            elif name in _DELETED:
                self.tally.count(wording.deletions, bool(all_text(child).strip()))
            elif name == "hyperlink":
                self._walk(child, replace(ink, href=self._address(child)), inside)
            elif name == "AlternateContent":
                self._walk(chosen(child), ink, inside)
            elif name == "sdt":
                self._walk_if(child.find(w("sdtContent")), ink, inside)
            elif str(child.tag).startswith(f"{{{MATHS}}}"):
                text = all_text(child, f"{{{MATHS}}}t")
                inside.runs.append(replace(ink, text=text))
            elif name in _THROUGH or name == "subDoc":
                if name in _INSERTED:
                    self.tally.count(wording.insertions, bool(all_text(child).strip()))
                self._walk(child, ink, inside)

    def _walk_if(self, element: Element | None, ink: Run, inside: Inside) -> None:
        if element is not None:
            self._walk(element, ink, inside)

    def _address(self, hyperlink: Element) -> str:
        """Where a link leads, if it may be followed."""
        identity = relation_id(hyperlink, "id")
        if not identity:
            return ""
        target = self._links.get(identity, ("", ""))[1]
        anchor = value(hyperlink, "anchor")
        address = f"{target}#{anchor}" if anchor and "#" not in target else target
        if is_allowed_link(address):
            return address
        self.tally.count(wording.lost_links)
        return ""

    def _run(self, run: Element, ink: Run, inside: Inside) -> None:
        properties = run.find(w("rPr"))
        hidden = self._is_hidden(properties)
        ink = self._marked(properties, ink)
        own_mark = any(value(child, "customMarkFollows") in ("1", "true", "on") for child in run)
        for child in run:
            name = local_name(child)
            if name in ("fldChar", "instrText"):
                self.fields.take(child)
            elif own_mark and name in ("t", "sym"):
                # The note's reference carries this mark already.
                continue
            elif name == "AlternateContent":
                for inner in chosen(child):
                    self._piece(inner, ink, inside, hidden)
            else:
                self._piece(child, ink, inside, hidden)

    def _piece(self, child: Element, ink: Run, inside: Inside, hidden: bool) -> None:
        name = local_name(child)
        if name in ("drawing", "pict", "object"):
            if not hidden:
                self._pictures.take(child, inside.pictures, inside.boxes)
                if not text_of(inside.runs).strip():
                    inside.ahead = len(inside.boxes)
            return
        if self.fields.in_code:
            return
        if name in ("footnoteReference", "endnoteReference"):
            found = self.notes.get((name.removesuffix("Reference"), value(child, "id")))
            if found:
                mark, key = found
                inside.runs.append(Run(mark, marks=frozenset({"sup"}), note=key))
            return
        text = _text(child, name)
        if hidden:
            self.tally.count(wording.hidden_words, len(text.split()))
        elif text:
            href = ink.href or self._checked(self.fields.address)
            inside.runs.append(replace(ink, text=text, href=href))

    def _checked(self, address: str) -> str:
        return address if address and is_allowed_link(address) else ""

    def _is_hidden(self, properties: Element | None) -> bool:
        if properties is None:
            return self._hidden
        own = is_on(properties.find(w("vanish")))
        if own is not None:
            return own
        style = child_value(properties, "rStyle")
        return self._hidden or (bool(style) and self._styles.run_switch(style, "vanish"))

    def _marked(self, properties: Element | None, ink: Run) -> Run:
        if properties is None:
            return ink
        style = child_value(properties, "rStyle")
        marks = set(ink.marks)
        for switch, mark in (("b", "strong"), ("i", "em"), ("strike", "s"), ("dstrike", "s")):
            state = is_on(properties.find(w(switch)))
            if state or (state is None and style and self._styles.run_switch(style, switch)):
                marks.add(mark)
        raised = child_value(properties, "vertAlign")
        if raised in ("superscript", "subscript"):
            marks.add("sup" if raised == "superscript" else "sub")
        return replace(ink, marks=frozenset(marks))


def chosen(alternatives: Element) -> Element:
    """One of the alternatives that a file offers to newer and older programs, never both."""
    choice = alternatives.find(f"{{{COMPATIBILITY}}}Choice")
    fallback = alternatives.find(f"{{{COMPATIBILITY}}}Fallback")
    chosen = choice if choice is not None and len(choice) else fallback
    return alternatives if chosen is None else chosen


def _text(child: Element, name: str) -> str:
    """The text that a part of a run stands for."""
    if name == "t":
        return child.text or ""
    if name in ("tab", "ptab"):
        return "\t"
    if name == "br":
        return "\n" if value(child, "type") in ("", "textWrapping") else " "
    if name == "cr":
        return "\n"
    if name == "noBreakHyphen":
        return "\u2011"
    if name == "sym":
        code = value(child, "char").lower()
        if code in _SYMBOLS:
            return _SYMBOLS[code]
        plain = int(code, 16) if re.fullmatch(r"[0-9a-f]{4}", code) else 0
        return chr(plain - 0xF000) if 0xF020 <= plain <= 0xF07E else ""
    if name == "ruby":
        return "".join(text.text or "" for text in child.iterfind(f"{w('rubyBase')}//{w('t')}"))
    return ""
