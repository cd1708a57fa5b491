"""Legal XML as HTML: numbers and headings become labels and levels."""

import re

from lxml import etree

from consult.importing.hypertext.counting import LABEL, LINE
from consult.importing.law.stretches import Stretches, append_text
from consult.importing.law.vocabulary import Vocabulary
from consult.importing.trees import Element, all_text, local_name

_DEEPEST = 6
_BULLET = re.compile(r"[^\w§]*|o")
_ITEM = re.compile(r"[(\[].*|.*\)|[a-z]{1,4}\.?|[A-Z]\.")


class Renderer(Stretches):
    """Goes through a document once; `root` is the element that takes the HTML.

    Readers of a format derive from it where an element needs more than its vocabulary says.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        super().__init__(vocabulary)
        self.root = etree.Element("body")

    def finish(self) -> Element:
        """The HTML of all that was rendered, the notes at its end."""
        if len(self.notes):
            self.root.append(self.notes)
        return self.root

    def block(self, source: Element, target: Element, depth: int = 0) -> None:
        """Render an element that stands by itself. depth: how many headings it is under."""
        name, words = local_name(source), self.vocabulary
        if not name or name in words.unread or name in words.numbers:
            return
        if name in words.notes:
            self.note(source, target)
        elif name in words.tables and words.tables[name] == "table":
            self.table(source, target)
        elif name in words.headings:
            self.heading(source, target, "", depth)
        elif name in words.titles:
            self.fill(self.new(source, target, "p", {"class": "doc-ti"}), source)
        elif name in words.quotations:
            self.inside(source, self.new(source, target, "blockquote"), _DEEPEST)
        elif name in words.lists:
            self._list(source, target, depth)
        elif self.child(source, words.headings) is not None and self.has_blocks(source):
            self._headed(source, target, depth)
        elif self.child(source, words.numbers) is not None:
            self._numbered(source, target, depth)
        elif name in words.paragraphs:
            self._paragraph(source, target, words.paragraphs[name], depth)
        elif self.has_blocks(source):
            self.inside(source, target, depth)
        else:
            self._paragraph(source, target, "p", depth)

    def child(self, source: Element, names: frozenset[str]) -> Element | None:
        return next((child for child in source if local_name(child) in names), None)

    def heading(self, source: Element, target: Element, label: str, depth: int) -> None:
        level = min(_DEEPEST, depth + 1)
        self.fill(self.new(source, target, f"h{level}", {LABEL: label}), source)

    def table(self, source: Element, target: Element) -> None:
        """A table in the elements of HTML, whatever they are called here."""
        name = self.vocabulary.tables[local_name(source)]
        element = self.new(source, target, name)
        if name in ("caption", "th", "td"):
            if self.has_blocks(source):
                self.inside(source, element, _DEEPEST)
            else:
                self.fill(element, source)
            return
        for child in source:
            if local_name(child) in self.vocabulary.tables:
                self.table(child, element)
            elif local_name(child) in ("colgroup", "col", "colspec"):
                continue
            else:
                # What stands between the rows would be lost in a browser.
                self.block(child, target, _DEEPEST)

    def _headed(self, source: Element, target: Element, depth: int) -> None:
        """An element with a heading of its own: number and heading, then what is under it."""
        words = self.vocabulary
        label = self._label(source)
        headings = [child for child in source if local_name(child) in words.headings]
        first = next((child for child in headings if all_text(child)), None)
        if first is None:
            self.inside(source, target, depth, skip=[*headings])
            return
        self.heading(first, target, label, depth)
        self.inside(source, target, depth + 1, skip=[first])

    def _numbered(self, source: Element, target: Element, depth: int) -> None:
        """An element with a number and no heading: the number goes to its first paragraph."""
        label = self._label(source)
        if not self._begins_with_text(source):
            if label and any(character.isalnum() for character in label):
                heading = self.new(source, target, f"h{min(_DEEPEST, depth + 1)}")
                heading.text = label
            self.inside(source, target, depth + 1)
        elif _BULLET.fullmatch(label) or self._is_item(source, label):
            bullet = "" if _BULLET.fullmatch(label) else label
            item = etree.SubElement(self._open_list(target), "li", {LABEL: bullet})
            item.set(LINE, str(source.sourceline or ""))
            self.inside(source, item, depth)
        else:
            self.inside(source, self.new(source, target, "div", {LABEL: label}), depth)

    def _is_item(self, source: Element, label: str) -> bool:
        if re.fullmatch(r"\d+(\.\d+)*\.?|§.*", label):
            return local_name(source) in self.vocabulary.items
        return bool(_ITEM.fullmatch(label))

    def _open_list(self, target: Element) -> Element:
        """The list that the last item went to, or a new one."""
        last = target[-1] if len(target) else None
        if last is not None and last.tag == "ul" and not (last.tail or "").strip():
            return last
        return etree.SubElement(target, "ul")

    def _label(self, source: Element) -> str:
        number = self.child(source, self.vocabulary.numbers)
        return "" if number is None else all_text(number).rstrip(":–—- ")

    def _begins_with_text(self, source: Element) -> bool:
        """Whether text comes before the first heading or table in an element."""
        words = self.vocabulary
        for child in source:
            name = local_name(child)
            if name in words.numbers or name in words.unread or not all_text(child):
                if (child.tail or "").strip():
                    return True
                continue
            if name in words.headings or words.tables.get(name) == "table":
                return False
            if self.child(child, words.headings) is not None:
                return False
            if self.child(child, words.numbers) is not None:
                # "3 (1)" is read in one go, "Part II Article 5" is a heading and an article.
                return self._is_item(child, self._label(child))
            return name in words.paragraphs or self._begins_plain(child)
        return False

    def _begins_plain(self, source: Element) -> bool:
        if (source.text or "").strip() or not self.has_blocks(source):
            return True
        return self._begins_with_text(source)

    def _list(self, source: Element, target: Element, depth: int) -> None:
        element = self.new(source, target, "ol" if local_name(source) == "ol" else "ul")
        for child in source:
            if self.child(child, self.vocabulary.numbers) is not None:
                self._numbered(child, element, depth)
            elif local_name(child):
                item = self.new(child, element, "li")
                self.inside(child, item, depth)

    def _paragraph(self, source: Element, target: Element, tag: str, depth: int) -> None:
        if self.has_blocks(source):
            self.inside(source, self.new(source, target, "div"), depth)
        else:
            self.fill(self.new(source, target, tag), source)

    def inside(
        self, source: Element, target: Element, depth: int, skip: list[Element] | None = None
    ) -> None:
        """Render what is within an element: text between the blocks in it is a paragraph."""
        loose: Element | None = None
        for part in self.parts(source, skip or []):
            if not isinstance(part, str) and not self.is_stretch(part):
                loose = None
                self.block(part, target, depth)
                continue
            if loose is None:
                if isinstance(part, str) and not part.strip():
                    continue
                loose = self.new(source, target, "p")
            if isinstance(part, str):
                append_text(loose, part)
            else:
                self.enter(part, loose)
