"""The net below everything: whatever of a Word file is seen and was neither read nor told is told.

What readers have dealt with they have accounted for (`names.account_for`). What is left is gone
through once more by somebody who knows of no format but this: an element that holds text shows it.
"""

from collections.abc import Iterator

from consult.blocks.blocks import Finding
from consult.blocks.places import Place, Unit
from consult.importing import wording
from consult.importing.word.names import (
    ALL_BUT_BOXES,
    WHOLE,
    Element,
    accounted,
    all_text,
    chosen,
    local_name,
    place_number,
)
from consult.importing.word.pictures import boxes_of

# Instructions and deleted words are no text; what is embedded beside the text is told elsewhere.
_UNSEEN = frozenset("instrText delText delInstrText altChunk sectPr binData fldData".split())
# What shows something without holding text.
_SHOWN = frozenset(
    "sym drawing pict object contentPart pgNum dayShort dayLong monthShort monthLong yearShort"
    " yearLong oMath oMathPara control movie".split()
)
_USUAL = frozenset({"t", "r", "p"})


def tell_unread(root: Element, findings: list[Finding]) -> None:
    """Add to the findings what in a text nobody has accounted for."""
    told: dict[tuple[Place | None, str], list[str]] = {}
    for element, place in _unread(root, None):
        told.setdefault((place, _name(element)), []).append(all_text(element).strip())
    for (place, name), words in told.items():
        said = " ".join(" ".join(words).split())
        message = wording.unread_words(said, name) if said else wording.unread_part(name)
        findings.append(Finding(place, message))


def _unread(element: Element, place: Place | None) -> Iterator[tuple[Element, Place | None]]:
    name, how = local_name(element), accounted(element)
    number = place_number(element)
    place = Place(Unit.PARAGRAPH, number) if number else place
    if how == WHOLE or not name or name.endswith("Pr") or name in _UNSEEN:
        return
    if how == ALL_BUT_BOXES:
        for box in boxes_of(element):
            yield from _unread(box, place)
        yield from _drawn(element, place)
    elif name in _SHOWN or (element.text or "").strip():
        yield element, place
    else:
        for child in chosen(element) if name == "AlternateContent" else element:
            yield from _unread(child, place)


def _drawn(element: Element, place: Place | None) -> Iterator[tuple[Element, Place | None]]:
    """Words in a drawing outside of its boxes; the text of other elements is measures."""
    for child in chosen(element) if local_name(element) == "AlternateContent" else element:
        name = local_name(child)
        if name == "txbxContent" or accounted(child) == WHOLE:
            continue
        if name == "t" and (child.text or "").strip():
            yield child, place
        else:
            yield from _drawn(child, place)


def _name(element: Element) -> str:
    """The name of what is not read: not that of the text itself, but of what is around it."""
    for above in (element, *element.iterancestors()):
        if local_name(above) not in _USUAL:
            return local_name(above)
    return local_name(element)
