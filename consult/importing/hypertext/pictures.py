"""Pictures of a page: what is said of them in words, and themselves where the file holds them."""

from collections.abc import Callable, Iterator

from consult.blocks.blocks import Finding
from consult.blocks.places import Place
from consult.importing.gallery import Gallery, Picture, decode_base64, description_of
from consult.importing.hypertext.content import visible_text
from consult.importing.hypertext.counting import Element
from consult.importing.pieces import Piece, figure_of
from consult.importing.runs import Run


def within(address: str) -> bytes | None:
    """The picture that an address itself holds ("data:", RFC 2397); None for any other."""
    head, comma, text = address.strip().partition(",")
    if not comma or not head.lower().startswith("data:image/") or not head.endswith(";base64"):
        return None
    return decode_base64(text)


class Pictures:
    """Takes the pictures of a page. find: what lies at an address within the file; addresses
    outside are never followed."""

    def __init__(self, find: Callable[[str], bytes | None] = within) -> None:
        self._find = find
        self.gallery = Gallery()

    def take(self, element: Element, description: str) -> Picture | None:
        image = element.find(".//img") if element.tag == "picture" else element
        data = None if image is None else self._find(str(image.get("src") or ""))
        return None if data is None else self.gallery.take(data, description)

    def figure(self, element: Element, place: Place | None, findings: list[Finding]) -> list[Piece]:
        """The pieces of a figure: each picture that is kept, the caption with the last of them."""
        images = [(image, describe(image)) for image in element.iter("img")]
        taken = [(self.take(image, said), said) for image, said in images]
        if not any(picture for picture, _ in taken):
            piece = figure_of(None, "\n".join(said for _, said in images if said), place, findings)
            piece.runs = figure_runs(element)
            return [piece]
        pieces = [figure_of(picture, said, place, findings) for picture, said in taken]
        caption = " ".join("".join(visible_text(element)).split())
        if caption and caption not in [said for _, said in taken]:
            pieces[-1].runs += [Run("\n" if pieces[-1].runs else ""), Run(caption)]
        return pieces


def describe(element: Element) -> str:
    """The alternative text of an image or drawing; empty where there is none."""
    if element.tag == "svg":
        title = element.find(".//title")
        text = element.get("aria-label") or ("" if title is None else "".join(visible_text(title)))
    else:
        image = element.find(".//img") if element.tag == "picture" else element
        text = "" if image is None else str(image.get("alt") or "")
    return description_of(str(text))


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
