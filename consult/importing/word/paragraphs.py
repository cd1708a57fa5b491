"""Paragraphs of a Word file with all that tells what they are."""

from dataclasses import dataclass, field, replace

from consult.blocks.places import Place
from consult.importing.pieces import Piece, Table
from consult.importing.runs import Run
from consult.importing.word.names import Element, child_value, integer, is_on, value, w
from consult.importing.word.numbering import Number
from consult.importing.word.styles import Styles


@dataclass(slots=True)
class Look:
    """How a paragraph is set: what readers go by where styles say nothing."""

    size: int = 20
    bold: bool = False
    capitals: bool = False
    underlined: bool = False
    centred: bool = False
    # In a frame beside the text, such as a note in the margin.
    framed: bool = False


@dataclass(slots=True)
class Paragraph:
    """A paragraph or a table in the order of the text.

    level: of its heading style, 0 for others. indent: in twentieths of a point.
    """

    runs: list[Run]
    text: str = ""
    style: str = ""
    level: int = 0
    title: bool = False
    number: Number | None = None
    look: Look = field(default_factory=Look)
    indent: int = 0
    place: Place | None = None
    table: Table | None = None
    pieces: list[Piece] = field(default_factory=list)


def boxed(paragraph: Paragraph) -> Paragraph:
    """A paragraph in a text box, which is no title, and no heading for its looks alone."""
    return replace(paragraph, title=False, look=replace(paragraph.look, framed=True))


def look_of(paragraph: Element, styles: Styles, style: str) -> Look:
    """What most of a paragraph's letters look like; it is bold only if all of them are."""
    properties = paragraph.find(w("pPr"))
    justified = styles.paragraph_property(properties, style, "jc")
    weights: dict[int, int] = {}
    switches = {"b": True, "caps": True, "u": True}
    for run in paragraph.iter(w("r")):
        length = sum(len((text.text or "").strip()) for text in run.iter(w("t")))
        if not length:
            continue
        stated = run.find(w("rPr"))
        size = (
            integer(child_value(stated, "sz"))
            or _character_size(stated, styles)
            or styles.size(style)
        )
        weights[size] = weights.get(size, 0) + length
        for name in switches:
            switches[name] = switches[name] and _is_on(stated, styles, style, name)
    if not weights:
        return Look(size=styles.size(style))
    return Look(
        size=max(weights, key=lambda size: weights[size]),
        bold=switches["b"],
        capitals=switches["caps"] or paragraph_text(paragraph).isupper(),
        underlined=switches["u"],
        centred=value(justified) == "center",
        framed=styles.paragraph_property(properties, style, "framePr") is not None,
    )


def _character_size(stated: Element | None, styles: Styles) -> int:
    character_style = child_value(stated, "rStyle")
    for link in styles.chain(character_style):
        size = integer(child_value(link.run, "sz"))
        if size:
            return size
    return 0


def _is_on(stated: Element | None, styles: Styles, style: str, name: str) -> bool:
    own = None if stated is None else is_on(stated.find(w(name)))
    if own is not None:
        return own
    character_style = child_value(stated, "rStyle")
    return styles.run_switch(character_style, name) or styles.run_switch(style, name)


def paragraph_text(paragraph: Element) -> str:
    return "".join(text.text or "" for text in paragraph.iter(w("t")))


def indent_of(properties: Element | None, styles: Styles, style: str, number: Number | None) -> int:
    """How far a paragraph's text stands from the margin, in twentieths of a point."""
    own = None if properties is None else properties.find(w("ind"))
    if own is None and number is not None and number.indent:
        return number.indent
    stated = styles.paragraph_property(properties, style, "ind")
    indent = integer(value(stated, "left") or value(stated, "start"))
    return indent or (number.indent if number is not None else 0)
