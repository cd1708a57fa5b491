"""Names of WordprocessingML (ISO/IEC 29500-1, 17) as lxml spells them."""

from typing import TypeAlias

from lxml import etree

Element: TypeAlias = etree._Element

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
MATHS = "http://schemas.openxmlformats.org/officeDocument/2006/math"

# The strict form of the standard has names of its own for the same things.
STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": MAIN.encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": RELATIONS.encode(),
    b"http://purl.oclc.org/ooxml/drawingml/main": DRAWING.encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/math": MATHS.encode(),
}


def w(name: str) -> str:
    """The full name of an element or attribute of the main namespace."""
    return f"{{{MAIN}}}{name}"


def value(element: Element | None, name: str = "val") -> str:
    """An attribute of the main namespace; empty if it or the element is missing."""
    return "" if element is None else str(element.get(w(name)) or "")


def child_value(element: Element | None, name: str) -> str:
    """The value of a child element; empty if there is none."""
    return "" if element is None else value(element.find(w(name)))


def is_on(element: Element | None) -> bool | None:
    """A switch: true where it is present and not set to no; None where it is missing."""
    if element is None:
        return None
    return value(element).lower() not in ("0", "false", "off", "none")


def integer(text: str, otherwise: int = 0) -> int:
    """A whole number from an attribute, however it was written; measures may have fractions."""
    try:
        return int(float(text.removesuffix("pt")))
    except (ValueError, OverflowError):
        return otherwise


def all_text(element: Element, *names: str) -> str:
    """The text below an element, or only that in elements of these names."""
    return "".join(str(text) for text in element.itertext(*names))


def local_name(element: Element) -> str:
    """The name without its namespace; empty for comments and the like."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


_READ = "read"
#: What is said of an element: all that is in it is accounted for, or all but its text boxes.
WHOLE, ALL_BUT_BOXES = "whole", "all but boxes"


def account_for(element: Element, how: str = WHOLE) -> None:
    """Take note that what an element shows has been read, or left out and told."""
    element.set(_READ, how)


def accounted(element: Element) -> str:
    """What was noted by `account_for`; empty if nothing was."""
    return str(element.get(_READ) or "")


def chosen(alternatives: Element) -> Element:
    """One of the alternatives that a file offers to newer and older programs, never both."""
    choice = alternatives.find(f"{{{COMPATIBILITY}}}Choice")
    fallback = alternatives.find(f"{{{COMPATIBILITY}}}Fallback")
    chosen = choice if choice is not None and len(choice) else fallback
    return alternatives if chosen is None else chosen


def put_place(paragraph: Element, number: int) -> None:
    """Take note of the number by which readers know a paragraph."""
    paragraph.set("place", str(number))


def place_number(element: Element) -> int:
    """The number of a paragraph; 0 where none was noted."""
    stated = str(element.get("place") or "") if element.tag == w("p") else ""
    return int(stated) if stated.isdecimal() and len(stated) < 8 else 0
