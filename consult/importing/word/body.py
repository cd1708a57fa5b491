"""Goes through the text of a Word file in order and collects its paragraphs."""

import re
from dataclasses import dataclass
from functools import cache, partial

from lxml import etree

from consult.blocks.blocks import Finding
from consult.blocks.messages import _
from consult.importing import wording
from consult.importing.pieces import figure_of
from consult.importing.runs import Run, text_of, tidy
from consult.importing.word.contents import is_contents_box, is_contents_line
from consult.importing.word.grids import read_table
from consult.importing.word.inline import Inline
from consult.importing.word.inside import Inside
from consult.importing.word.names import (
    Element,
    account_for,
    all_text,
    child_value,
    chosen,
    is_on,
    local_name,
    put_place,
    value,
    w,
)
from consult.importing.word.numbering import Number, Numbering
from consult.importing.word.paragraphs import Look, Paragraph, boxed, indent_of, look_of
from consult.importing.word.position import Position
from consult.importing.word.styles import Styles

# What stands in a text beside its paragraphs and shows nothing, or is told elsewhere.
_UNREAD = frozenset({"sectPr", "tcPr", "sdtPr", "sdtEndPr", "customXmlPr", "smartTagPr", ""})


_DELETED = ("del", "moveFrom")


@dataclass(slots=True)
class _Carried:
    """The text of a paragraph whose end was deleted, which goes on in the next; so does a large
    first letter that stands by itself."""

    element: Element
    runs: list[Run]


class Body:
    """Collects. One Body reads the whole text, with its notes and boxes, so that numbers count
    on and places are true."""

    def __init__(
        self, styles: Styles, numbering: Numbering, inline: Inline, findings: list[Finding]
    ) -> None:
        self._styles, self._numbering, self.inline = styles, numbering, inline
        self.findings = findings
        self.position = Position()
        self._carried: _Carried | None = None

    def read(self, container: Element) -> list[Paragraph]:
        """The paragraphs and tables of a text, a cell, a note or a box."""
        outer, self._carried = self._carried, None
        found = self._read(container)
        found += self._end_carried()
        self._carried = outer
        return found

    def _end_carried(self) -> list[Paragraph]:
        """What was to go on in the next paragraph, where none follows, by itself."""
        carried, self._carried = self._carried, None
        if carried is None or not text_of(tidy(carried.runs)):
            return []
        properties = carried.element.find(w("pPr"))
        style = self._styles.identity(properties)
        number = self._numbering.number(properties, style)
        return [self._made(carried.element, carried.runs, number)]

    def _read(self, container: Element) -> list[Paragraph]:
        found: list[Paragraph] = []
        for child in container:
            name = local_name(child)
            if name == "p":
                found += self._paragraph(child)
            elif name == "tbl":
                found += self._end_carried()
                found += self.position.table(partial(read_table, self, child))
            elif name == "sdt" and is_contents_box(child):
                self.position.leave_contents(len(all_text(child, w("t")).split()))
                self._follow_fields(child)
                account_for(child)
            elif name == "AlternateContent":
                found += self._read(chosen(child))
            elif name in ("oMath", "oMathPara"):
                # As a paragraph that holds nothing else.
                found += self._paragraph(_wrapped(child))
            elif name in ("del", "moveFrom"):
                account_for(child)
                self.inline.tally.count(wording.deletions, bool(all_text(child).strip()))
            elif name == "altChunk":
                message = _("A file embedded in the text could not be read; its text is missing.")
                self.findings.append(Finding(self.position.place, message))
            elif name not in _UNREAD:
                # Whatever it is that somebody has put around paragraphs, they are there.
                found += self._read(child)
        return found

    def has_bold_first_row(self, table: Element) -> bool:
        """Whether a table's style sets its first row in bold, and the table makes use of that."""
        properties = table.find(w("tblPr"))
        look = None if properties is None else properties.find(w("tblLook"))
        # The same choice is written in words or as a bit (ISO/IEC 29500-1, 17.4.56).
        bits = value(look) if re.fullmatch("[0-9A-Fa-f]{4}", value(look)) else "0"
        wanted = value(look, "firstRow") in ("1", "true") or bool(int(bits, 16) & 0x20)
        return wanted and self._styles.has_bold_first_row(child_value(properties, "tblStyle"))

    def _follow_fields(self, element: Element) -> None:
        """Keep count of fields in a part that is not read."""
        for field in element.iter(w("fldChar"), w("instrText")):
            self.inline.fields.take(field)

    def _paragraph(self, element: Element) -> list[Paragraph]:
        self.position.begin_paragraph()
        put_place(element, self.position.place.number)
        properties = element.find(w("pPr"))
        style = self._styles.identity(properties)
        in_contents = self.inline.fields.in_contents
        self.inline.tally.place = self.position.place
        number = cache(lambda: self._numbering.number(properties, style))
        inside = self.inline.read(element, style, number)
        in_contents = in_contents or self.inline.fields.in_contents
        runs = [*(self._carried.runs if self._carried else ()), *inside.runs]
        self._carried = None
        if _mark(properties, *_DELETED) or _is_large_letter(properties):
            # Without its end the paragraph goes on in the next one, and is not numbered.
            self._carried = _Carried(element, runs)
            return self._around([], inside)
        text = text_of(tidy(runs))
        if is_contents_line(element, self._styles.name(style), in_contents):
            self.position.leave_contents(len(text.split()))
            account_for(element)
            return []
        if _mark(properties, "vanish") and not text:
            return self._around([], inside)
        paragraph = self._made(element, runs, number())
        return self._around([paragraph] if text else [], inside)

    def _made(self, element: Element, runs: list[Run], number: Number | None) -> Paragraph:
        properties = element.find(w("pPr"))
        style, text = self._styles.identity(properties), text_of(tidy(runs))
        return Paragraph(
            runs,
            text,
            style,
            level=self._styles.heading_level(properties, style),
            title=self._styles.is_title(style),
            number=number,
            look=look_of(element, self._styles, style) if text else Look(),
            indent=indent_of(properties, self._styles, style, number),
            place=self.position.place,
        )

    def _around(self, found: list[Paragraph], inside: Inside) -> list[Paragraph]:
        """A paragraph with what is anchored in it but stands by itself: pictures and text boxes."""
        for shown in inside.pictures:
            if shown.decorative:
                self.findings.append(Finding(self.position.place, wording.DECORATIVE_PICTURE))
                continue
            figure = figure_of(shown.picture, shown.description, self.position.place, self.findings)
            found.append(Paragraph([], pieces=[figure], place=self.position.place))
        for line in inside.lines:
            found.append(boxed(Paragraph([Run(line)], line, place=self.position.place)))
        ahead: list[Paragraph] = []
        for number, box in enumerate(inside.boxes):
            read = [boxed(p) for p in self.read(box)]
            (ahead if number < inside.ahead else found).extend(read)
        return ahead + found


def _mark(properties: Element | None, *names: str) -> bool:
    """Whether the mark at a paragraph's end is deleted, moved away or hidden."""
    run = None if properties is None else properties.find(w("rPr"))
    if run is None:
        return False
    states = [is_on(found) for name in names if (found := run.find(w(name))) is not None]
    return any(states)


def _is_large_letter(properties: Element | None) -> bool:
    """Whether a paragraph is the large first letter of the one behind it."""
    frame = None if properties is None else properties.find(w("framePr"))
    return value(frame, "dropCap") in ("drop", "margin")


def _wrapped(element: Element) -> Element:
    """An element as the only one of a paragraph, where it stood without."""
    paragraph: Element = etree.Element(w("p"))
    parent = element.getparent()
    if parent is not None:
        parent.replace(element, paragraph)
    paragraph.append(element)
    return paragraph
