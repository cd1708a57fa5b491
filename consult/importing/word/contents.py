"""Tables of contents, which a reading page makes for itself."""

import re

from consult.importing.word.names import Element, value, w
from consult.importing.word.paragraphs import Paragraph

_LINE_STYLES = re.compile(
    r"(?:toc|table of figures|table of authorities|index)(?: ?\d| heading)?$", re.I
)
_HEADING = re.compile(
    r"(?:table of )?contents(?: page)?|inhalt(?:sverzeichnis)?|sommaire|table des matières|índice"
    r"|indice|inhoud(?:sopgave)?|cynnwys",
    re.IGNORECASE,
)
_PAGE_NUMBER = re.compile(r"(?:\t|\.{3,}|…|\s{3,})\s*(?:\d{1,4}|[ivxlc]{1,6})\s*$", re.IGNORECASE)


def is_contents_box(control: Element) -> bool:
    """Whether a content control holds a table of contents that Word made."""
    return any(
        "contents" in value(gallery).lower() for gallery in control.iter(w("docPartGallery"))
    )


def is_contents_line(paragraph: Element, style: str, in_field: bool) -> bool:
    """Whether a paragraph is a line of a table of contents.

    in_field: whether it stands in a field that makes one; a field that was never closed must not
    swallow the text behind it, so the line itself has to look its part.
    """
    if _LINE_STYLES.match(style.strip()) and not style.lower().startswith("index"):
        return True
    if not in_field:
        return False
    codes = " ".join(code.text or "" for code in paragraph.iter(w("instrText")))
    text = "".join(
        "\t" if e.tag == w("tab") else e.text or "" for e in paragraph.iter(w("t"), w("tab"))
    )
    linked = next(paragraph.iter(w("hyperlink")), None) is not None
    return not text.strip() or linked or "PAGEREF" in codes or bool(_PAGE_NUMBER.search(text))


def without_contents_heading(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """The paragraphs without the heading of a table of contents that was left out."""
    for place, paragraph in enumerate(paragraphs):
        if _HEADING.fullmatch(paragraph.text.strip(" :.")):
            return paragraphs[:place] + paragraphs[place + 1 :]
    return paragraphs
