"""What stands inside a paragraph of an OpenDocument text, as runs."""

import re
from collections import Counter
from dataclasses import replace

from consult.blocks.blocks import Finding
from consult.blocks.messages import Message
from consult.blocks.places import Place
from consult.importing import wording
from consult.importing.equations import Equation, settled, settled_runs
from consult.importing.gallery import Gallery, Picture, decode_base64
from consult.importing.mathml import equation
from consult.importing.opendocument.inside import (
    BLOCKS,
    FIELDS,
    LINES,
    SHAPES,
    UNREAD,
    Inside,
    Note,
    description_in,
    marked,
)
from consult.importing.opendocument.names import integer, name_of, q, value
from consult.importing.opendocument.package import Package
from consult.importing.opendocument.styles import Face, Styles
from consult.importing.runs import Run, text_of
from consult.importing.tally import Say, Tally
from consult.importing.trees import Element, all_text, local_name
from consult.importing.word.pictures import Shown
from consult.text.links import is_allowed_link

CHANGES = frozenset({"text:change", "text:change-start"})
_BLANKS = re.compile(r"[ \t\r\n]+")
_MOST_BLANKS = 200
_ASIAN = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_COMPLEX = re.compile(r"[\u0590-\u08ff\u0900-\u109f\u1780-\u17ff\ufb1d-\ufdff\ufe70-\ufefc]")


class Inline:
    """Reads paragraphs. Notes are collected in the order in which they are called."""

    def __init__(
        self, styles: Styles, package: Package, tally: Tally, changes: dict[str, list[Say]]
    ) -> None:
        """changes: by the identity of a tracked change, what to say of it."""
        self._styles, self._package, self.tally = styles, package, tally
        #: What is not counted but told one by one.
        self.findings: list[Finding] = []
        self._base = styles.base_face()
        self.gallery = Gallery()
        self.notes: list[Note] = []
        self.languages: Counter[str] = Counter()
        #: Comments in the order of the text, and where they are anchored.
        self.comments: dict[Element, Place | None] = {}
        self._changes = changes

    def read(self, paragraph: Element) -> Inside:
        inside = Inside()
        face = self._styles.face("paragraph", value(paragraph, "text:style-name"), self._base)
        # Marks are what an author set apart within a paragraph; its own style marks nothing.
        self._walk(paragraph, Run(""), Face(), face, inside)
        inside.runs = settled_runs(inside.runs)
        return inside

    def _find(self, message: Message) -> None:
        self.findings.append(Finding(self.tally.place, message))

    def read_alone(self, element: Element) -> Inside:
        """What is anchored to no paragraph."""
        inside = Inside()
        face = self._styles.face("paragraph", "", self._base)
        self._enter(element, Run(""), Face(), face, inside)
        return inside

    def take_change(self, element: Element) -> None:
        """Count the tracked change that begins at an element, the first time that it does."""
        for say in self._changes.pop(value(element, "text:change-id"), ()):
            self.tally.count(say)

    def count_other_changes(self) -> None:
        """Count the tracked changes of which the text does not say where they begin."""
        for says in self._changes.values():
            for say in says:
                self.tally.count(say)
        self._changes.clear()

    def _walk(self, element: Element, ink: Run, own: Face, face: Face, inside: Inside) -> None:
        self._add(element.text, ink, face, inside)
        for child in element:
            if isinstance(child.tag, str):
                self._enter(child, ink, own, face, inside)
            self._add(child.tail, ink, face, inside)

    def _add(self, text: str | None, ink: Run, face: Face, inside: Inside) -> None:
        if not text:
            return
        text = _BLANKS.sub(" ", text)
        if face.hidden:
            self.tally.count(wording.hidden_words, len(text.split()))
            return
        inside.runs.append(replace(ink, text=text))
        if text.strip():
            inside.faces.append((len(text.strip()), face))
            self.languages[_language(text, face)] += len(text)

    def _enter(self, child: Element, ink: Run, own: Face, face: Face, inside: Inside) -> None:
        name = name_of(child)
        if name == "text:span":
            style = value(child, "text:style-name")
            own, face = (self._styles.face("text", style, f) for f in (own, face))
            self._walk(child, marked(ink, own), own, face, inside)
        elif name == "text:a":
            self._walk(child, replace(ink, href=self._address(child)), own, face, inside)
        elif name in ("text:s", "text:tab", "text:line-break"):
            inside.runs.append(replace(ink, text=_blank(child, name)))
        elif name == "text:note":
            self._note(child, inside)
        elif name == "office:annotation":
            self.comments.setdefault(child, self.tally.place)
        elif name in BLOCKS:
            inside.apart.append(child)
        elif name == "draw:frame":
            self._frame(child, ink, inside)
        elif name in SHAPES:
            self._shape(child, name, inside)
        elif name == "text:ruby":
            self._ruby(child, ink, own, face, inside)
        elif name in FIELDS and not all_text(child).strip():
            self._find(wording.field_without_result(name))
        elif name.startswith("text:hidden"):
            self._hide(child, name, inside)
        elif value(child, "text:display") == "none":
            self.tally.count(wording.hidden_words, len(all_text(child).split()))
        elif name in CHANGES:
            self.take_change(child)
        elif name not in UNREAD:
            self._walk(child, ink, own, face, inside)

    def _shape(self, shape: Element, name: str, inside: Inside) -> None:
        parts = [part for part in shape if name_of(part) in BLOCKS]
        inside.apart += parts
        if name not in LINES and not any(all_text(part).strip() for part in parts):
            if description := description_in(shape):
                inside.pictures.append(Shown(description, False, None))
            else:
                self._find(wording.DRAWING_LEFT_OUT)

    def _ruby(self, ruby: Element, ink: Run, own: Face, face: Face, inside: Inside) -> None:
        """Words with what stands small above them, which goes into brackets behind them."""
        above = ruby.find(q("text:ruby-text"))
        self._walk(ruby, ink, own, face, inside)
        if above is not None and all_text(above).strip():
            self._add(f"({all_text(above)})", ink, face, inside)

    def _hide(self, child: Element, name: str, inside: Inside) -> None:
        if name == "text:hidden-paragraph":
            inside.hidden = inside.hidden or value(child, "text:is-hidden") == "true"
        elif value(child, "text:is-hidden") == "false":
            inside.runs.append(Run(value(child, "text:string-value")))
        else:
            words = value(child, "text:string-value").split()
            self.tally.count(wording.hidden_words, len(words))

    def _address(self, link: Element) -> str:
        address = value(link, "xlink:href").strip()
        if is_allowed_link(address):
            return address
        self.tally.count(wording.lost_links, bool(address) and not address.startswith("#"))
        return ""

    def _note(self, element: Element, inside: Inside) -> None:
        body, citation = element.find(q("text:note-body")), element.find(q("text:note-citation"))
        if body is None:
            return
        mark = "" if citation is None else all_text(citation) or value(citation, "text:label")
        note = Note(f"note {len(self.notes) + 1}", mark or str(len(self.notes) + 1), body)
        self.notes.append(note)
        inside.runs.append(Run(note.mark, marks=frozenset({"sup"}), note=note.key))

    def _frame(self, frame: Element, ink: Run, inside: Inside) -> None:
        """A frame holds one thing in several forms, the best one first: text, picture, object."""
        description = description_in(frame)
        decorative = value(frame, "loext:decorative") == "true"
        for form in frame:
            name = name_of(form)
            if name in ("draw:text-box", "table:table"):
                inside.apart += [form] if name == "table:table" else list(form)
                if not text_of(inside.runs).strip():
                    inside.ahead = len(inside.apart)
                return
            if name == "draw:object":
                formula = self._formula(form)
                if formula is not None and formula.text:
                    inside.runs.append(replace(ink, text=formula.text))
                    if not formula.plain:
                        self._find(wording.equation(settled(formula.text)))
                    return
            if name == "draw:image":
                picture = None if decorative else self._picture(form, description)
                inside.pictures.append(Shown(description, decorative and not description, picture))
                return
        if description:
            inside.pictures.append(Shown(description, False, None))
        elif len(frame) and not decorative:
            self._find(wording.unread_part(name_of(frame[0])))

    def _picture(self, image: Element, said: str) -> Picture | None:
        """The picture itself, if it lies in the file; what lies elsewhere is never fetched."""
        data = self._package.picture(value(image, "xlink:href"))
        inner = image.find(q("office:binary-data"))
        if data is None and inner is not None:
            data = decode_base64(inner.text or "")
        return None if data is None else self.gallery.take(data, said)

    def _formula(self, form: Element) -> Equation | None:
        """What a formula shows; None where the object is none."""
        link = value(form, "xlink:href")
        root = form.find(q("math:math"))
        if root is None and link:
            root = self._package.part(f"{link}/content.xml")
        if root is None or local_name(root) != "math":
            return None
        return equation(root)


def _blank(child: Element, name: str) -> str:
    if name == "text:s":
        return " " * max(1, min(integer(value(child, "text:c"), 1), _MOST_BLANKS))
    return "\t" if name == "text:tab" else "\n"


def _language(text: str, face: Face) -> str:
    """The language of a stretch: files state one for each of three families of scripts."""
    if _ASIAN.search(text):
        return face.asian
    return face.complex if _COMPLEX.search(text) else face.language
