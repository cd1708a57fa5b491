"""From elements to pieces: one walk through the tree, depth first."""

import re
from dataclasses import replace
from typing import Self

from consult.blocks.blocks import Finding, Kind
from consult.blocks.messages import _
from consult.blocks.places import Place
from consult.importing import wording
from consult.importing.equations import settled, settled_runs
from consult.importing.hypertext.counting import LABEL, Element, ListCounter, place_at
from consult.importing.hypertext.footnotes import Footnotes, Note
from consult.importing.hypertext.grids import take_table
from consult.importing.hypertext.inline import Inks
from consult.importing.hypertext.layouts import is_marker, kind_by_class
from consult.importing.hypertext.passages import code_text, paragraphs_of
from consult.importing.hypertext.pictures import Pictures, describe
from consult.importing.mathml import equation, name_of
from consult.importing.pieces import Piece, figure_of
from consult.importing.runs import Run, cut, text_of, tidy

_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details div dl dt fieldset"
    " figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main nav"
    " ol p pre section summary table tbody td tfoot th thead tr ul menu dir option optgroup"
    " noframes search xmp listing plaintext".split()
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLANKS = re.compile(r"[ \t\n\r\f\v]+")


class Walker:
    """Collects pieces. For the cells of tables `grids` makes further walkers."""

    def __init__(
        self,
        inks: Inks,
        footnotes: Footnotes,
        findings: list[Finding],
        pictures: Pictures,
    ) -> None:
        self.inks, self.footnotes, self.findings = inks, footnotes, findings
        self._pictures = pictures
        self.pieces: list[Piece] = []
        self.place: Place | None = None
        self._runs: list[Run] = []
        self._figures: list[Piece] = []
        # What the next paragraph is, and the item that it opens, if it is the first in one.
        self._kind, self._level = Kind.PARAGRAPH, 0
        self._opening: Piece | None = None
        self._label = ""
        self._depth = 0

    def sub_walker(self) -> Self:
        """A walker for something apart from the text around it, such as a cell."""
        walker = type(self)(self.inks, self.footnotes, self.findings, self._pictures)
        walker.place = self.inks.tally.place = self.place
        return walker

    def walk(self, element: Element, ink: Run) -> None:
        """Take in what is inside an element."""
        self._add(element.text, ink)
        for child in element:
            if isinstance(child.tag, str):
                self._enter(child, ink)
            self._add(child.tail, ink)

    def _add(self, text: str | None, ink: Run) -> None:
        if text:
            self._runs.append(replace(ink, text=_BLANKS.sub(" ", text)))

    def _enter(self, element: Element, ink: Run) -> None:
        tag = str(element.tag)
        if element in self.footnotes.backs:
            return
        if tag in _BLOCKS or "-" in tag:
            self.flush()
            self._note_place(element)
            self._block(element, self.inks.ink(element, ink))
            self.flush()
        elif tag == "br":
            self._runs.append(replace(ink, text="\n"))
        elif tag in ("img", "svg", "picture"):
            self._picture(element)
        elif name_of(element) in _SPECIAL:
            _SPECIAL[name_of(element)](self, element, ink)
        elif element in self.footnotes.calls:
            call = self.footnotes.calls[element]
            self._runs.append(Run(call.label, marks=frozenset({"sup"}), note=call.key))
        elif tag not in ("annotation", "annotation-xml"):
            self.walk(element, self.inks.ink(element, ink))
            if is_marker(element):
                self._runs.append(replace(ink, text="\t"))

    def _equation(self, element: Element, ink: Run) -> None:
        found = equation(element)
        self._runs.append(replace(ink, text=found.text))
        if not found.plain:
            place = place_at(element, self.inks.own_lines) or self.place
            self.findings.append(Finding(place, wording.equation(settled(found.text))))

    def _quoted(self, element: Element, ink: Run) -> None:
        self._runs.append(replace(ink, text="“"))
        self.walk(element, ink)
        self._runs.append(replace(ink, text="”"))

    def _ruby(self, element: Element, ink: Run) -> None:
        """What stands small above words goes into brackets, which many pages hold already."""
        if element.find(".//rp") is None:
            for above in element.iter("rt"):
                above.text, above.tail = f"({above.text or ''}", f"){above.tail or ''}"
        self.walk(element, self.inks.ink(element, ink))

    def _note_place(self, element: Element) -> None:
        self.place = place_at(element, self.inks.own_lines) or self.place
        self.inks.tally.place = self.place

    def _block(self, element: Element, ink: Run) -> None:
        tag = str(element.tag)
        note = self.footnotes.notes.get(element)
        if note is not None:
            self._take_note(element, ink, note)
        elif tag in ("ul", "ol", "menu", "dir"):
            self._take_list(element, ink)
        elif tag == "li":
            self._take_item(element, ink, "")
        elif tag == "table":
            take_table(self, element, ink)
        elif tag in ("pre", "xmp", "listing", "plaintext"):
            text = "".join(code_text(element)).strip("\n").expandtabs(4)
            self.pieces.append(
                Piece(Kind.CODE, [Run(text)] if text.strip() else [], place=self.place)
            )
        elif tag == "figure" and element.find(".//img") is not None:
            self.pieces += self._pictures.figure(element, self.place, self.findings)
        else:
            self._take_paragraphs(element, ink)

    def _take_paragraphs(self, element: Element, ink: Run) -> None:
        """A block that says what its paragraphs are."""
        tag, before = str(element.tag), (self._kind, self._level)
        if tag == "blockquote":
            self._kind, self._level = Kind.QUOTATION, 0
        elif tag in _HEADINGS and self._kind is not Kind.QUOTATION:
            self._kind, self._level = Kind.HEADING, _HEADINGS[tag]
        elif tag in ("dt", "summary"):
            ink = replace(ink, marks=ink.marks | {"strong"})
        self._label = f"{self._label} {element.get(LABEL) or ''}".strip()
        named = kind_by_class(element)
        if named is not None and before[0] is Kind.PARAGRAPH:
            self._kind, self._level = named
        self.walk(element, ink)
        self.flush()
        self._kind, self._level = before

    def _take_list(self, element: Element, ink: Run) -> None:
        counter = ListCounter(element)
        self._depth += 1
        for child in element:
            if not isinstance(child.tag, str):
                continue
            if child.tag != "li":
                self._enter(child, ink)
                continue
            self.flush()
            self._note_place(child)
            label = counter.label(child)
            note = self.footnotes.notes.get(child)
            if note is not None:
                self._take_note(child, ink, note)
            else:
                self._take_item(child, self.inks.ink(child, ink), label)
        self._depth -= 1

    def _take_item(self, element: Element, ink: Run, label: str) -> None:
        # An item that begins with another list has no text to carry its label.
        if self._opening is not None and self._opening.label:
            label = f"{self._opening.label} {label}".strip()
        before = (self._kind, self._level)
        self._kind, self._level = Kind.PARAGRAPH, 0
        self._opening = Piece(Kind.ITEM, [], level=max(1, self._depth), label=label)
        self.walk(element, ink)
        self.flush()
        self._opening = None
        self._kind, self._level = before

    def _take_note(self, element: Element, ink: Run, note: Note) -> None:
        """All paragraphs of a note as one piece, without the number at its beginning."""
        walker = self.sub_walker()
        walker.walk(element, self.inks.ink(element, ink))
        walker.flush()
        runs: list[Run] = []
        for piece in walker.pieces:
            label = [Run(f"{piece.label} ")] if piece.label else []
            runs += [Run("\n"), *label, *piece.runs]
        runs = tidy(runs)
        number = re.match(rf"[\[(]?{re.escape(note.label)}[\])]?[.:)]?\s*", text_of(runs))
        if number:
            runs = cut(runs, number.end())
        self.pieces.append(
            Piece(Kind.NOTE, runs, label=note.label, place=self.place, typed=False, note=note.key)
        )

    def _picture(self, element: Element) -> None:
        description = describe(element)
        picture = self._pictures.take(element, description)
        if description or picture:
            figure = figure_of(picture, description, self.place, self.findings)
            self._figures.append(figure)
        else:
            message = _("A picture without a description was left out.")
            self.findings.append(Finding(self.place, message))

    def flush(self) -> None:
        """End the paragraph that is being collected."""
        runs, self._runs = tidy(settled_runs(self._runs)), []
        for stretch in paragraphs_of(runs, keep=self._kind is Kind.HEADING):
            piece = Piece(self._kind, stretch, self._level, place=self.place)
            opening, self._opening = self._opening, None
            if opening is not None and self._kind is Kind.HEADING:
                piece.label = opening.label
            elif opening is not None:
                piece = replace(opening, runs=stretch, place=self.place)
            if self._label:
                # "3." of a paragraph that begins with its item "(a)".
                piece.label, self._label = f"{self._label} {piece.label}".strip(), ""
            self.pieces.append(piece)
        self.pieces += self._figures
        self._figures = []


# Elements within a paragraph that show more than their text.
_SPECIAL = {"math": Walker._equation, "ruby": Walker._ruby, "q": Walker._quoted}
