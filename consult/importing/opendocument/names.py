"""Names of OpenDocument (OASIS OpenDocument 1.3, part 3) as lxml spells them."""

import re

from consult.importing.trees import Element, local_name

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
NAMESPACES = {
    "office": f"{_OASIS}office:1.0",
    "style": f"{_OASIS}style:1.0",
    "text": f"{_OASIS}text:1.0",
    "table": f"{_OASIS}table:1.0",
    "draw": f"{_OASIS}drawing:1.0",
    "svg": f"{_OASIS}svg-compatible:1.0",
    "fo": f"{_OASIS}xsl-fo-compatible:1.0",
    "manifest": f"{_OASIS}manifest:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
    "dc": "http://purl.org/dc/elements/1.1/",
    "math": "http://www.w3.org/1998/Math/MathML",
    # What LibreOffice writes before a version of the standard has it.
    "loext": "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0",
}

_PREFIXES = {uri: prefix for prefix, uri in NAMESPACES.items()}
_LENGTH = re.compile(r"(-?\d+(?:\.\d+)?|-?\.\d+)\s*(pt|in|inch|cm|mm|pc|px)?")
# Twentieths of a point in one of each unit.
_UNITS = {
    "pt": 20.0,
    "in": 1440.0,
    "inch": 1440.0,
    "cm": 566.93,
    "mm": 56.693,
    "pc": 240.0,
    "px": 15.0,
}


def q(name: str) -> str:
    """ "text:p" as lxml spells it."""
    prefix, _, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def name_of(element: Element) -> str:
    """ "text:p" for what lxml spells at length; the bare local name of foreign elements."""
    if not isinstance(element.tag, str):
        return ""
    prefix = _PREFIXES.get(element.tag[1:].partition("}")[0])
    return f"{prefix}:{local_name(element)}" if prefix else local_name(element)


def value(element: Element | None, name: str) -> str:
    """An attribute; empty if it or the element is missing."""
    return "" if element is None else str(element.get(q(name)) or "")


def length(text: str) -> int:
    """A measure in twentieths of a point; 0 for what is none, such as a percentage."""
    match = _LENGTH.fullmatch(text.strip())
    return int(float(match[1]) * _UNITS[match[2] or "pt"]) if match else 0


def integer(text: str, otherwise: int = 0) -> int:
    return int(text) if re.fullmatch(r"-?\d{1,9}", text.strip()) else otherwise
