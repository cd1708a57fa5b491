"""XML as a tree, with nothing taken in that the file does not hold itself."""

import re
from typing import TypeAlias

from lxml import etree

from consult.drafts.importing.blocks import ImportRefused

Element: TypeAlias = etree._Element

XML = "{http://www.w3.org/XML/1998/namespace}"
# Entities are declared before the first element; what looks alike further on is text.
_DECLARATIONS = re.compile(rb"<\x00?!\x00?E\x00?N\x00?T\x00?I\x00?T\x00?Y")


def parse(data: bytes, what: str) -> Element:
    """The root element. what: the kind of file, as the sentence of a refusal calls it.

    Raises ImportRefused for what is not XML, and for declarations of entities: with those a few
    bytes stand for gigabytes, or for a file of the machine. Document types are never fetched.
    """
    if _DECLARATIONS.search(data[:100_000]):
        raise ImportRefused(
            f"This {what} declares entities, which an import does not follow; save it without"
            " them and try again."
        )
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        load_dtd=False,
        dtd_validation=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        deep = "depth" in str(error).lower()
        raise ImportRefused(_too_deep(what) if deep else _damaged(what)) from error
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and declared.entities():  # type: ignore[union-attr]  # not in the stubs
        raise ImportRefused(_damaged(what))
    return root


def _damaged(what: str) -> str:
    return (
        f"This {what} is damaged or was not sent whole; save it afresh from the program that it"
        " was written with, and try again."
    )


def _too_deep(what: str) -> str:
    return (
        f"The elements of this {what} are nested too deeply to be read; save it afresh from the"
        " program that it was written with, and try again."
    )


def local_name(element: Element) -> str:
    """The name without its namespace; empty for entities and the like."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def all_text(element: Element) -> str:
    """The text below an element as one line."""
    return " ".join("".join(str(text) for text in element.itertext()).split())
