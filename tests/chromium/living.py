"""A draft in two versions, as its authors keep it: a Word file with all that such files hold."""

import io
from collections.abc import Sequence

from PIL import Image, ImageDraw

from tests.importing.word_files import (
    HEADINGS,
    drawing,
    listed,
    number,
    p,
    pattern,
    with_pictures,
    word_file,
)

TITLE = "Trees in our streets"
PLANTED = "A tree is planted wherever the pavement is three metres wide or more and no main lies below it."
MAINS = "Mains are those on the plan of the water works of 2019."
WATERED = (
    "The council waters young trees for {n} summers, in the evening and never at noon, from barrels"
    " that stand at the corners."
)
HELPED = "Residents may water them as well, and the council lends them cans."
FELLED = "Whoever fells a tree in the street without leave of the council"
REPLACED = "plants two new ones in the same street and waters them until they are ten years old."
ANEW = (
    "plants two new ones in the same street.",
    "Whoever planted the new ones waters them until they are ten years old.",
)
MAP = (
    "Map of the old town: twelve streets in which trees may be planted, most of them by the river."
)
KINDS = "These trees may be planted; whoever wants others asks the council."
COUNTED = (
    "The council counts the trees every ten years and publishes a list of them, with the height of"
    " each."
)
MEASURED = (
    "Every tree is counted and measured in each fifth year; the list, with the health of each, can be"
    " had from the council."
)
FENCED = "Low fences of chestnut wood keep dogs off the earth around young trees."
LEAVES = "Fallen leaves are gathered by the end of November and turned to compost in the park."
ADOPTED = (
    "Schools may adopt a tree, name it and look after it, and the council sends a gardener who shows"
    " them how."
)
TREES = [
    ("Tree", "Height when grown", "Distance to houses", "Earth that it needs", "Flowers"),
    ("Field maple", "12 metres", "5 metres", "9 cubic metres", "April and May"),
    ("Hornbeam", "20 metres", "8 metres", "12 cubic metres", "April"),
]


def first_version() -> bytes:
    """As it first came: a paragraph that is two, two that are one, and a picture without a word."""
    return _file(
        _called(PLANTED, 2),
        _clause(f"{WATERED.format(n='five')} {HELPED}"),
        _clause(FELLED),
        p(REPLACED),
        drawing("rId9"),
        _chapter("Which trees"),
        _clause(KINDS),
        _table(TREES),
        drawing("rId10", MAP),
        _clause(COUNTED),
        _clause(FENCED),
        _clause(LEAVES),
    )


def second_version() -> bytes:
    """What its authors made of it: something happened to most of what people spoke of."""
    return _file(
        _called(PLANTED, 2),
        _clause(WATERED.format(n="seven")),
        _clause(HELPED),
        _clause(f"{FELLED} {ANEW[0]}"),
        _clause(ANEW[1]),
        _clause(LEAVES),
        drawing("rId9"),
        _chapter("Which trees"),
        _clause(KINDS),
        _table(TREES),
        drawing("rId10", MAP),
        _clause(MEASURED),
        _clause(ADOPTED),
    )


def _file(*clauses: str) -> bytes:
    body = p(TITLE, "Title") + _chapter("Planting") + "".join(clauses)
    source = word_file(
        body,
        styles=HEADINGS,
        numbering=pattern(1, "decimal|%1", "decimal|%1.%2") + number(1, 1),
        footnotes=f"<w:footnote w:id='2'>{p(MAINS)}</w:footnote>",
    )
    return with_pictures(source, rId9=_picture("brown"), rId10=_picture("seagreen"))


def _chapter(text: str) -> str:
    return p(text, "berschrift1", listed(1))


def _clause(text: str) -> str:
    return p(text, extra=listed(1, 1))


def _called(text: str, note: int) -> str:
    """A clause that calls a note."""
    call = f"<w:r><w:footnoteReference w:id='{note}'/></w:r>"
    return _clause(text).replace("</w:p>", f"{call}</w:p>")


def _table(rows: Sequence[tuple[str, ...]]) -> str:
    parts = []
    for place, row in enumerate(rows):
        head = "" if place else "<w:trPr><w:tblHeader/></w:trPr>"
        parts.append(f"<w:tr>{head}{''.join(f'<w:tc>{p(cell)}</w:tc>' for cell in row)}</w:tr>")
    return f"<w:tbl>{''.join(parts)}</w:tbl>"


def _picture(colour: str) -> bytes:
    """A plan with a tree on it."""
    image = Image.new("RGB", (640, 360), "beige")
    draw = ImageDraw.Draw(image)
    draw.rectangle((300, 200, 340, 340), fill="sienna")
    draw.ellipse((200, 30, 440, 230), fill=colour)
    stream = io.BytesIO()
    image.save(stream, "PNG")
    return stream.getvalue()
