"""XML as a tree, with nothing taken in that the file does not hold itself."""

import re
from typing import TypeAlias

from lxml import etree

from consult.blocks.blocks import ImportRefused
from consult.blocks.messages import Message, _

Element: TypeAlias = etree._Element

XML = "{http://www.w3.org/XML/1998/namespace}"
# Entities are declared before the first element; what looks alike further on is text.
_DECLARATIONS = re.compile(rb"<\x00?!\x00?E\x00?N\x00?T\x00?I\x00?T\x00?Y")


def parse(data: bytes, kind: str) -> Element:
    """The root element. kind: the proper name of the file's format, for the sentence of a refusal.

    Raises ImportRefused for what is not XML, and for declarations of entities: with those a few
    bytes stand for gigabytes, or for a file of the machine. Document types are never fetched.
    """
    if _DECLARATIONS.search(data[:100_000]):
        raise ImportRefused(
            _(
                "This ${kind} file declares entities, which an import does not follow; save it"
                " without them and try again.",
                kind=kind,
            )
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
        raise ImportRefused(_too_deep(kind) if deep else _damaged(kind)) from error
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and declared.entities():  # type: ignore[union-attr]  # not in the stubs
        raise ImportRefused(_damaged(kind))
    return root


def _damaged(kind: str) -> Message:
    return _(
        "This ${kind} file is damaged or was not sent whole; save it afresh from the program that it"
        " was written with, and try again.",
        kind=kind,
    )


def _too_deep(kind: str) -> Message:
    return _(
        "The elements of this ${kind} file are nested too deeply to be read; save it afresh from the"
        " program that it was written with, and try again.",
        kind=kind,
    )


def local_name(element: Element) -> str:
    """The name without its namespace; empty for entities and the like."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def all_text(element: Element) -> str:
    """The text below an element as one line."""
    return " ".join("".join(str(text) for text in element.itertext()).split())
