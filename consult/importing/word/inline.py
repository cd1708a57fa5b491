"""What stands inside a paragraph of a Word file, as runs."""

from collections.abc import Callable
from dataclasses import replace

from consult.blocks.blocks import Finding
from consult.blocks.messages import Message
from consult.blocks.places import Place
from consult.importing import wording
from consult.importing.equations import settled, settled_runs
from consult.importing.runs import Run, text_of
from consult.importing.tally import Tally
from consult.importing.word.characters import PARTS, Script, script_of
from consult.importing.word.fields import Field, Fields
from consult.importing.word.ink import marked
from consult.importing.word.inside import Inside
from consult.importing.word.maths import equation
from consult.importing.word.names import (
    ALL_BUT_BOXES,
    WHOLE,
    Element,
    account_for,
    all_text,
    child_value,
    chosen,
    is_on,
    local_name,
    value,
    w,
)
from consult.importing.word.numbering import Number
from consult.importing.word.package import relation_id
from consult.importing.word.pictures import Pictures, is_line
from consult.importing.word.results import Results
from consult.importing.word.styles import Styles
from consult.text.links import is_allowed_link

_INSERTED = frozenset({"ins", "moveTo"})
_DELETED = frozenset({"del", "moveFrom"})
_NOTES = {"footnoteReference": "footnote", "endnoteReference": "endnote"}


class Inline:
    """Reads paragraphs; fields may span several, so one reader goes through the whole text."""

    def __init__(
        self,
        styles: Styles,
        links: dict[str, tuple[str, str]],
        pictures: Pictures,
        results: Results,
        findings: list[Finding],
    ) -> None:
        self._styles, self._links, self._pictures = styles, links, pictures
        self._results, self._findings, self.tally = results, findings, Tally()
        self.gallery = pictures.gallery
        self._hidden, self._style = False, ""
        self._number: Callable[[], Number | None] = lambda: None
        self.fields = Fields()
        #: By id, where comments are anchored, in the order of the text.
        self.comments: dict[str, Place | None] = {}
        #: By kind ("footnote", "endnote") and id: the mark and the key of a note.
        self.notes: dict[tuple[str, str], tuple[str, str]] = {}

    def read(self, paragraph: Element, style: str, number: Callable[[], Number | None]) -> Inside:
        """number: gives the number of the paragraph, in which fields of its text may count on."""
        inside = Inside()
        self._style, self._number = style, number
        self._hidden = self._styles.run_switch(style, "vanish")
        # Also of those that belong to deleted words.
        for reference in paragraph.iter(w("commentReference")):
            self.comments.setdefault(value(reference, "id"), self.tally.place)
        self._walk(paragraph, Run(""), inside)
        inside.runs = settled_runs(inside.runs)
        self._tell(inside)
        return inside

    def _tell(self, inside: Inside) -> None:
        """Report what of a paragraph is not certain, or not seen on paper."""
        for sign in dict.fromkeys(inside.doubts):
            self._find(wording.sign_of_font(sign.code, sign.font, sign.text))
        if words := " ".join("".join(inside.faint).split()):
            self._find(wording.faint_words(words))

    def _find(self, message: Message) -> None:
        self._findings.append(Finding(self.tally.place, message))

    def _walk(self, element: Element, ink: Run, inside: Inside) -> None:
        for child in element:
            name = local_name(child)
            if name == "r":
                self._run(child, ink, inside)
            elif name in _DELETED:
                account_for(child)
                self.tally.count(wording.deletions, bool(all_text(child).strip()))
            elif name == "hyperlink":
                self._walk(child, replace(ink, href=self._address(child)), inside)
            elif name == "AlternateContent":
                self._walk(chosen(child), ink, inside)
            elif name in ("oMath", "oMathPara"):
                self._equation(child, ink, inside)
            elif name == "fldSimple":
                self.fields.open(value(child, "instr"))
                self._walk(child, ink, inside)
                self._end(self.fields.close(), None, ink, inside)
            elif name and not name.endswith("Pr"):
                # Whatever it is that somebody has put around a text, the text is there.
                if name in _INSERTED:
                    self.tally.count(wording.insertions, bool(all_text(child).strip()))
                self._walk(child, ink, inside)

    def _equation(self, element: Element, ink: Run, inside: Inside) -> None:
        account_for(element)
        if self.fields.in_code:
            return
        found = equation(element)
        self.fields.fill(found.text)
        if self._hidden:
            self.tally.count(wording.hidden_words, len(found.text.split()))
            return
        inside.runs.append(replace(ink, text=found.text))
        if not found.plain:
            self._find(wording.equation(settled(found.text)))

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
        ink = marked(properties, ink, self._styles)
        script = script_of(run, properties, self._styles, self._style)
        own_mark = any(value(child, "customMarkFollows") in ("1", "true", "on") for child in run)
        for child in run:
            name = local_name(child)
            if name in ("fldChar", "instrText"):
                ended = self.fields.take(child)
                if not hidden:
                    self._end(ended, script.fonts, ink, inside)
            elif own_mark and name in ("t", "sym"):
                # The note's reference carries this mark already.
                account_for(child)
            elif name == "AlternateContent":
                for inner in chosen(child):
                    self._piece(inner, ink, inside, hidden, script)
            else:
                self._piece(child, ink, inside, hidden, script)

    def _end(
        self, ended: Field | None, fonts: tuple[str, str] | None, ink: Run, inside: Inside
    ) -> None:
        """Show what a field shows that has ended, if the file holds no result of it."""
        if ended is None or self.fields.in_code or self.fields.in_contents:
            return
        if ended.filled:
            self._results.stored(ended)
            return
        number = self._number() if ended.kind == "LISTNUM" else None
        found = self._results.of(ended, number, fonts[0] if fonts else "")
        if found is None:
            self._find(wording.field_without_result(ended.code))
            return
        if found.text:
            self.fields.fill(found.text)
            inside.runs.append(replace(ink, text=found.text))
        if not found.certain:
            self._find(wording.worked_out(settled(found.text)))

    def _piece(
        self, child: Element, ink: Run, inside: Inside, hidden: bool, script: Script
    ) -> None:
        name = local_name(child)
        if name in ("drawing", "pict", "object"):
            self._drawing(child, inside, hidden)
        elif name in ("oMath", "oMathPara"):
            self._equation(child, ink, inside)
        elif self.fields.in_code and name in (*PARTS, *_NOTES):
            account_for(child)
        elif name in _NOTES:
            self._call(child, _NOTES[name], inside)
        elif name in PARTS:
            self._text(child, ink, inside, hidden, script)

    def _text(self, child: Element, ink: Run, inside: Inside, hidden: bool, script: Script) -> None:
        text = script.part(child, inside.doubts)
        if text or local_name(child) != "ruby":
            account_for(child)
        if text.strip():
            self.fields.fill(text)
        if hidden:
            self.tally.count(wording.hidden_words, len(text.split()))
        elif text:
            href = ink.href or self._checked(self.fields.address)
            inside.runs.append(replace(ink, text=text, href=href))
            if script.faint:
                inside.faint.append(text)

    def _drawing(self, element: Element, inside: Inside, hidden: bool) -> None:
        account_for(element, WHOLE if hidden else ALL_BUT_BOXES)
        self.fields.fill()
        if hidden:
            return
        before = len(inside.pictures), len(inside.boxes), len(inside.lines)
        self._pictures.take(element, inside.pictures, inside.boxes, inside.lines)
        if not text_of(inside.runs).strip():
            inside.ahead = len(inside.boxes)
        if before == (len(inside.pictures), len(inside.boxes), len(inside.lines)) and not is_line(
            element
        ):
            self._find(wording.DRAWING_LEFT_OUT)

    def _call(self, reference: Element, kind: str, inside: Inside) -> None:
        found = self.notes.get((kind, value(reference, "id")))
        if found is None:
            self._find(wording.NOTE_MISSING)
            return
        mark, key = found
        self.fields.fill()
        inside.runs.append(Run(mark, marks=frozenset({"sup"}), note=key))

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
