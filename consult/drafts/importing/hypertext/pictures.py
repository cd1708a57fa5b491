"""What is said of a picture in words."""

from collections.abc import Iterator

from consult.drafts.importing.hypertext.content import visible_text
from consult.drafts.importing.hypertext.counting import Element
from consult.drafts.importing.runs import Run


def describe(element: Element) -> str:
    """The alternative text of an image or drawing; empty where there is none."""
    if element.tag == "svg":
        title = element.find(".//title")
        text = element.get("aria-label") or ("" if title is None else "".join(visible_text(title)))
    else:
        image = element.find(".//img") if element.tag == "picture" else element
        text = "" if image is None else str(image.get("alt") or "")
    return " ".join(str(text).split())


def figure_runs(element: Element) -> list[Run]:
    """Descriptions and caption of a figure, each on its line, nothing twice."""
    said: list[str] = []
    for line in _lines(element):
        if line and line not in said:
            said.append(line)
    return [Run("\n".join(said))] if said else []


def _lines(element: Element) -> Iterator[str]:
    for image in element.iter("img", "svg"):
        yield describe(image)
    yield " ".join("".join(visible_text(element)).split())
