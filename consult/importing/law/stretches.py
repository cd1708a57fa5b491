"""Stretches of text in legal XML: what stands within a paragraph, and the notes called from it."""

from collections.abc import Iterator
from copy import deepcopy

from lxml import etree

from consult.importing.hypertext.counting import LINE
from consult.importing.law.vocabulary import Vocabulary
from consult.importing.trees import XML, Element, local_name

_KEPT = ("colspan", "rowspan", "scope", "dir", "start")


class Stretches:
    """Renders text. Readers of a format say by `note` what a note in the text is."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.notes = etree.Element("section")

    def note(self, source: Element, target: Element) -> None:
        """Render a note; one that nothing refers to stays where it stands."""
        self.fill(self.new(source, target, "span"), source)

    def call(self, target: Element, label: str) -> Element:
        """Refer to a new note from the text; the element that takes the note's own text."""
        key = f"called-note-{len(self.notes) + 1}"
        raised = etree.SubElement(target, "sup")
        link = etree.SubElement(raised, "a", {"href": f"#{key}", "class": "footnote-ref"})
        link.text = label
        return etree.SubElement(self.notes, "div", {"id": key})

    def next_mark(self) -> str:
        """The mark of the next note that has none of its own."""
        return str(len(self.notes) + 1)

    def has_blocks(self, source: Element) -> bool:
        """Whether something within an element makes paragraphs of its own; notes do not count."""
        words = self.vocabulary
        for child in source:
            name = local_name(child)
            if not name or name in words.notes or name in words.unread:
                continue
            if (
                name in words.paragraphs
                or name in words.headings
                or name in words.numbers
                or name in words.lists
                or name in words.quotations
                or words.tables.get(name) == "table"
                or self.has_blocks(child)
            ):
                return True
        return False

    def is_stretch(self, element: Element) -> bool:
        """Whether an element is a part of a paragraph's text."""
        name, words = local_name(element), self.vocabulary
        if name == "math":
            return True
        if name in words.notes or name in words.tabulators or name in words.breaks:
            return True
        return name in words.inline and not self.has_blocks(element)

    def parts(self, source: Element, skip: list[Element]) -> Iterator[Element | str]:
        if source.text:
            yield source.text
        for child in source:
            if child not in skip:
                yield child
            if child.tail:
                yield child.tail

    def fill(self, target: Element, source: Element) -> None:
        """Render what is within an element as text of one paragraph."""
        for part in self.parts(source, []):
            if isinstance(part, str):
                append_text(target, part)
            else:
                self.enter(part, target)

    def enter(self, source: Element, target: Element) -> None:
        name, words = local_name(source), self.vocabulary
        if not name or name in words.unread:
            return
        if name in words.tabulators:
            # The walker sets what follows such a marker apart by a tabulator.
            etree.SubElement(target, "span", {"class": "num"})
        elif name in words.breaks:
            etree.SubElement(target, "br")
        elif name in words.notes:
            self.note(source, target)
        elif name == "math":
            self.new(source, target, "math").extend(deepcopy(list(source)))
        elif name == "img":
            etree.SubElement(target, "img", {"alt": str(source.get("alt") or "")})
        else:
            tag = self.inline_tag(source)
            element = target if not tag else self.new(source, target, tag)
            href = str(source.get("href") or "")
            if tag == "a" and href:
                element.set("href", href)
            self.fill(element, source)

    def inline_tag(self, source: Element) -> str:
        """The HTML element for a stretch of text; empty for none."""
        return self.vocabulary.inline.get(local_name(source), "span")

    def new(
        self, source: Element, target: Element, tag: str, more: dict[str, str] | None = None
    ) -> Element:
        element = etree.SubElement(target, tag)
        element.set(LINE, str(source.sourceline or ""))
        for name in _KEPT:
            if source.get(name):
                element.set(name, str(source.get(name)))
        language = source.get(f"{XML}lang")
        if language:
            element.set("lang", str(language))
        for name, value in (more or {}).items():
            if value:
                element.set(name, value)
        return element


def append_text(target: Element, text: str) -> None:
    """Add text behind all that is in an element."""
    if len(target):
        target[-1].tail = (target[-1].tail or "") + text
    else:
        target.text = (target.text or "") + text
