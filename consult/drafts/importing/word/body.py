"""Goes through the text of a Word file in order and collects its paragraphs."""

import re
from functools import partial

from consult.drafts.importing import wording
from consult.drafts.importing.blocks import Finding
from consult.drafts.importing.messages import _
from consult.drafts.importing.pieces import figure_of
from consult.drafts.importing.runs import Run, text_of, tidy
from consult.drafts.importing.word.contents import is_contents_box, is_contents_line
from consult.drafts.importing.word.grids import read_table
from consult.drafts.importing.word.inline import Inline, Inside, chosen
from consult.drafts.importing.word.names import (
    Element,
    all_text,
    child_value,
    is_on,
    local_name,
    value,
    w,
)
from consult.drafts.importing.word.numbering import Numbering
from consult.drafts.importing.word.paragraphs import Look, Paragraph, boxed, indent_of, look_of
from consult.drafts.importing.word.position import Position
from consult.drafts.importing.word.styles import Styles

_THROUGH = frozenset({"customXml", "sdtContent", "smartTag", "ins", "moveTo", "body"})


class Body:
    """Collects. One Body reads the whole text, with its notes and boxes, so that numbers count
    on and places are true."""

    def __init__(
        self, styles: Styles, numbering: Numbering, inline: Inline, findings: list[Finding]
    ) -> None:
        self._styles, self._numbering, self.inline = styles, numbering, inline
        self.findings = findings
        self.position = Position()
        # The text of paragraphs whose end was deleted, which goes on in the next.
        self._carried: list[Run] = []

    def read(self, container: Element) -> list[Paragraph]:
        """The paragraphs and tables in an element."""
        found: list[Paragraph] = []
        for child in container:
            name = local_name(child)
            if name == "p":
                found += self._paragraph(child)
            elif name == "tbl":
                found += self.position.table(partial(read_table, self, child))
            elif name == "sdt":
                content = child.find(w("sdtContent"))
                if is_contents_box(child):
                    self.position.leave_contents(len(all_text(child, w("t")).split()))
                    self._follow_fields(child)
                elif content is not None:
                    found += self.read(content)
            elif name == "AlternateContent":
                found += self.read(chosen(child))
            elif name == "altChunk":
                message = _("A file embedded in the text could not be read; its text is missing.")
                self.findings.append(Finding(self.position.place, message))
            elif name in _THROUGH:
                found += self.read(child)
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
        properties = element.find(w("pPr"))
        style = self._styles.identity(properties)
        in_contents = self.inline.fields.in_contents
        hidden = self._styles.run_switch(style, "vanish")
        self.inline.tally.place = self.position.place
        inside = self.inline.read(element, hidden)
        in_contents = in_contents or self.inline.fields.in_contents
        runs = [*self._carried, *inside.runs]
        self._carried = []
        if _mark(properties, "del"):
            # Without its end the paragraph goes on in the next one, and is not numbered.
            self._carried = runs
            return self._around([], inside)
        text = text_of(tidy(runs))
        if is_contents_line(element, self._styles.name(style), in_contents):
            self.position.leave_contents(len(text.split()))
            return []
        if _mark(properties, "vanish") and not text:
            return self._around([], inside)
        number = self._numbering.number(properties, style)
        paragraph = Paragraph(
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
        return self._around([paragraph] if text else [], inside)

    def _around(self, found: list[Paragraph], inside: Inside) -> list[Paragraph]:
        """A paragraph with what is anchored in it but stands by itself: pictures and text boxes."""
        for shown in inside.pictures:
            if shown.decorative:
                self.findings.append(Finding(self.position.place, wording.DECORATIVE_PICTURE))
                continue
            figure = figure_of(shown.picture, shown.description, self.position.place, self.findings)
            found.append(Paragraph([], pieces=[figure], place=self.position.place))
        ahead: list[Paragraph] = []
        for number, box in enumerate(inside.boxes):
            read = [boxed(p) for p in self.read(box)]
            (ahead if number < inside.ahead else found).extend(read)
        return ahead + found


def _mark(properties: Element | None, name: str) -> bool:
    """Whether the mark at a paragraph's end is deleted or hidden."""
    run = None if properties is None else properties.find(w("rPr"))
    if run is None:
        return False
    found = run.find(w(name))
    return found is not None and (name == "del" or bool(is_on(found)))
