"""Footnotes of pages: links that call them, the elements that hold them, the links back."""

import re
from dataclasses import dataclass

from consult.importing.hypertext.content import visible_text
from consult.importing.hypertext.counting import Element

_CALL = re.compile(
    r"[\[(]?\s*(?:(?:foot)?note\s+|fn\s*)?(\d{1,4}[a-z]?|[a-zA-Z]|[ivxlc]{1,6}|[*†‡§¶#]{1,4})\s*[\])]?\.?",
    re.I,
)
_NAMED = re.compile(
    r"note|(?:^|[\W_])(?:fn|ftn|edn|ntr|ntc|cite|citation|ref)(?:$|[\W_\d])|noteref|fn-?\d", re.I
)
_BACK = re.compile(
    r"\W*(?:back|return|jump up|top|up)?(?: to (?:text|content|reference))?\W*", re.I
)
_HOLDERS = frozenset({"p", "li", "div", "dd", "aside", "td", "section", "blockquote"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


@dataclass(frozen=True, slots=True)
class Note:
    key: str
    label: str


class Footnotes:
    """calls: links by which the text refers to notes. notes: elements that hold one each. backs:
    links from a note back to its call, which are dropped with their text."""

    def __init__(self, root: Element) -> None:
        self.calls: dict[Element, Note] = {}
        self.notes: dict[Element, Note] = {}
        self.backs: set[Element] = set()
        self._order = {element: number for number, element in enumerate(root.iter())}
        self._targets: dict[str, Element] = {}
        for element in self._order:
            for name in (element.get("id"), element.get("name") if element.tag == "a" else None):
                if name:
                    self._targets.setdefault(str(name), element)
        links = [link for link in root.iter("a") if str(link.get("href") or "").startswith("#")]
        for link in links:
            self._consider(link)
        for link in links:
            self._consider_back(link)

    def _target(self, link: Element) -> Element | None:
        return self._targets.get(str(link.get("href"))[1:])

    def _consider(self, link: Element) -> None:
        label = _CALL.fullmatch(_text(link))
        target = self._target(link)
        if not label or target is None or self._order[target] <= self._order[link]:
            return
        if not self._looks_like_call(link):
            return
        holder = _holder(target)
        if holder is None or any(ancestor is holder for ancestor in link.iterancestors()):
            return
        note = self.notes.get(holder)
        if note is None:
            if any(holder in other.iterancestors() for other in self.notes):
                return
            note = Note(f"note {len(self.notes) + 1}", label[1])
            self.notes[holder] = note
        self.calls[link] = note

    def _looks_like_call(self, link: Element) -> bool:
        near = [link, link.getparent(), *link]
        if any(element is not None and element.tag == "sup" for element in near):
            return True
        names = " ".join(
            str(link.get(name) or "") for name in ("class", "id", "name", "role", "href", "style")
        )
        return bool(_NAMED.search(names))

    def _consider_back(self, link: Element) -> None:
        holder = next((a for a in link.iterancestors() if a in self.notes), None)
        target = self._target(link)
        if holder is None or (target is not None and self._order[target] >= self._order[link]):
            return
        text = _text(link)
        # An arrow beside the number says the same as the number.
        label = _CALL.fullmatch(re.sub(r"[^\w\s()\[\].*†‡§¶#]", "", text).strip())
        same = label is not None and label[1] == self.notes[holder].label
        if same or _BACK.fullmatch(text) or "back" in str(link.get("class") or ""):
            self.backs.add(link)


def _holder(target: Element) -> Element | None:
    """The block that is the note to which an anchor belongs."""
    for element in (target, *target.iterancestors()):
        if element.tag in _HEADINGS or element.tag in ("body", "table", "tr", "main", "article"):
            return None
        if element.tag in _HOLDERS:
            return element
    return None


def _text(element: Element) -> str:
    return " ".join("".join(visible_text(element)).split())
