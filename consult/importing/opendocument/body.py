"""Goes through an OpenDocument text in order and collects its paragraphs."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial

from consult.blocks.blocks import Finding
from consult.importing import wording
from consult.importing.opendocument.grids import read_table
from consult.importing.opendocument.inline import CHANGES, Inline
from consult.importing.opendocument.inside import Inside
from consult.importing.opendocument.names import integer, name_of, q, value
from consult.importing.opendocument.numbering import Count, Numbering
from consult.importing.opendocument.styles import Face, Styles
from consult.importing.pieces import figure_of
from consult.importing.runs import text_of, tidy
from consult.importing.trees import Element, all_text
from consult.importing.word.numbering import Number
from consult.importing.word.paragraphs import Look, Paragraph, boxed
from consult.importing.word.position import Position

# Lists of what is where, which a reading page makes for itself.
_CONTENTS = frozenset(
    "text:table-of-content text:illustration-index text:table-index text:object-index"
    " text:user-index text:alphabetical-index".split()
)
_UNREAD = frozenset(
    "text:tracked-changes office:forms text:sequence-decls text:variable-decls"
    " text:user-field-decls text:dde-connection-decls text:alphabetical-index-auto-mark-file"
    " text:section-source text:bibliography-source table:table-column table:shapes".split()
)


@dataclass(frozen=True, slots=True)
class Listed:
    """Where in a list a paragraph stands. numbered: only the first of an item is."""

    count: Count
    style: str
    place: int
    start: int | None = None
    stated: str = ""
    numbered: bool = True


class Body:
    """Collects. One Body reads the whole text, with its notes and boxes, so that numbers count
    on and places are true."""

    def __init__(
        self, styles: Styles, numbering: Numbering, inline: Inline, findings: list[Finding]
    ) -> None:
        self.styles, self._numbering, self.inline = styles, numbering, inline
        self.findings = findings
        self.position = Position()

    def read(self, container: Iterable[Element]) -> list[Paragraph]:
        """The paragraphs and tables among some elements."""
        return [found for child in container for found in self._take(child)]

    def _take(self, element: Element, listed: Listed | None = None) -> list[Paragraph]:
        name = name_of(element)
        if name in ("text:p", "text:h"):
            return self._paragraph(element, listed)
        if name == "text:list":
            return self._list(element, listed)
        if name == "text:numbered-paragraph":
            return self._numbered(element)
        if name == "table:table":
            return self.position.table(partial(read_table, self, element))
        if name == "text:section" and self._is_hidden(element):
            self.inline.tally.count(wording.hidden_words, len(all_text(element).split()))
            return []
        if name in _CONTENTS:
            body = element.find(q("text:index-body"))
            if body is not None:
                self.position.leave_contents(len(all_text(body).split()))
            return []
        if name in CHANGES:
            self.inline.take_change(element)
            return []
        if name.startswith("draw:"):
            return self._anchored(element)
        if name in _UNREAD or not name:
            return []
        return self.read(element)

    def _is_hidden(self, section: Element) -> bool:
        display = value(section, "text:display")
        return display == "none" or (
            display == "condition" and value(section, "text:is-hidden") == "true"
        )

    def _anchored(self, element: Element) -> list[Paragraph]:
        """What is anchored to a page and not to a paragraph."""
        return self._around([], self.inline.read_alone(element))

    def _list(self, element: Element, outer: Listed | None) -> list[Paragraph]:
        style = value(element, "text:style-name")
        if outer is None:
            # A list without a style of its own is numbered as its paragraphs' style says.
            style = style or self._style_within(element)
            listed = Listed(self._numbering.open(element, style), style, 0)
        else:
            listed = replace(outer, place=outer.place + 1, numbered=True)
            if style and style != outer.style:
                count = self._numbering.open(element, style)
                listed = replace(listed, count=count, style=style)
        return [
            found
            for item in element
            for found in self._item(item, listed, header=name_of(item) == "text:list-header")
        ]

    def _style_within(self, element: Element) -> str:
        names = (value(p, "text:style-name") for p in element.iter(q("text:p"), q("text:h")))
        styles = (self.styles.list_style(name) for name in names)
        return next((style for style in styles if style), "")

    def _item(self, item: Element, listed: Listed, header: bool) -> list[Paragraph]:
        found: list[Paragraph] = []
        stated = item.find(q("text:number"))
        start = value(item, "text:start-value")
        own = replace(
            listed,
            style=value(item, "text:style-override") or listed.style,
            start=integer(start) if start else None,
            stated="" if stated is None else all_text(stated),
            numbered=not header,
        )
        for child in item:
            if name_of(child) == "text:number":
                continue
            if name_of(child) == "text:list":
                found += self._list(child, listed)
            else:
                found += self._take(child, own)
                own = replace(own, numbered=False)
        return found

    def _numbered(self, element: Element) -> list[Paragraph]:
        """A paragraph that states its place in a list without elements around it."""
        style = value(element, "text:style-name")
        count = self._numbering.open(element, style)
        place = max(0, integer(value(element, "text:level"), 1) - 1)
        start = value(element, "text:start-value")
        listed = Listed(count, style, place, integer(start) if start else None)
        return [found for child in element for found in self._take(child, listed)]

    def _paragraph(self, element: Element, listed: Listed | None) -> list[Paragraph]:
        self.position.begin_paragraph()
        self.inline.tally.place = self.position.place
        style = value(element, "text:style-name")
        inside = self.inline.read(element)
        runs = inside.runs
        text = text_of(tidy(runs))
        if inside.hidden:
            self.inline.tally.count(wording.hidden_words, len(text.split()))
            return []
        level = self.styles.heading_level(style)
        if element.tag == q("text:h"):
            level = min(6, max(1, integer(value(element, "text:outline-level"), level or 1)))
        number = self._number(element, listed, style, level, bool(text))
        paragraph = Paragraph(
            runs,
            text,
            self.styles.common(style),
            level=level,
            title=self.styles.is_title(style),
            number=number,
            look=_look(inside, self.styles, style),
            indent=self._indent(style, number),
            place=self.position.place,
        )
        return self._around([paragraph] if text else [], inside)

    def _number(
        self, element: Element, listed: Listed | None, style: str, level: int, filled: bool
    ) -> Number | None:
        if listed is not None:
            # A paragraph without text is numbered too, on the screen as on paper.
            if not listed.numbered:
                return None
            return self._numbering.number(
                listed.count, listed.style, listed.place, listed.start, listed.stated
            )
        header = value(element, "text:is-list-header") == "true"
        if element.tag != q("text:h") or header or not filled:
            return None
        if self.styles.list_style(style) == "":
            return None
        start = value(element, "text:start-value")
        restarted = value(element, "text:restart-numbering") == "true"
        stated = element.find(q("text:number"))
        return self._numbering.heading(
            level,
            integer(start, 1) if start or restarted else None,
            "" if stated is None else all_text(stated),
        )

    def _indent(self, style: str, number: Number | None) -> int:
        if number is not None and number.indent:
            return number.indent
        return self.styles.margin(style)

    def _around(self, found: list[Paragraph], inside: Inside) -> list[Paragraph]:
        """A paragraph with what is anchored in it but stands by itself: pictures and text boxes."""
        place = self.position.place
        for shown in inside.pictures:
            if shown.decorative:
                self.findings.append(Finding(place, wording.DECORATIVE_PICTURE))
                continue
            figure = figure_of(shown.picture, shown.description, place, self.findings)
            found.append(Paragraph([], pieces=[figure], place=place))
        ahead: list[Paragraph] = []
        for number, part in enumerate(inside.apart):
            read = [boxed(p) for p in self._take(part)]
            (ahead if number < inside.ahead else found).extend(read)
        return ahead + found


def _look(inside: Inside, styles: Styles, style: str) -> Look:
    """What most of a paragraph's letters look like; it is bold only if all of them are."""
    faces = [face for _, face in inside.faces]
    if not faces:
        return Look()
    weights: dict[int, int] = {}
    for length, face in inside.faces:
        weights[face.size] = weights.get(face.size, 0) + length
    text = text_of(inside.runs)
    return Look(
        size=max(weights, key=lambda size: weights[size]),
        bold=all(face.bold for face in faces),
        capitals=_all(faces, "capitals") or text.isupper(),
        underlined=_all(faces, "underlined"),
        centred=styles.paragraph_value(style, "fo:text-align") == "center",
    )


def _all(faces: list[Face], name: str) -> bool:
    return all(getattr(face, name) for face in faces)
