"""Drawings in a Word file: what is said of pictures, the text in boxes and diagrams."""

from dataclasses import dataclass

from consult.importing.gallery import Gallery, Picture, description_of
from consult.importing.word.names import DRAWING, Element, account_for, local_name, w
from consult.importing.word.package import Package, relation_id

# One millimetre in the units of drawings.
_THIN = 36_000
_PICTURES = frozenset({"pic", "blip", "imagedata", "chart", "relIds", "OLEObject"})


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture in a paragraph: what is said of it, and itself if it could be kept."""

    description: str
    decorative: bool
    picture: Picture | None


class Pictures:
    """Takes drawings apart; the package is asked for the text of diagrams."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self.gallery = Gallery()

    def take(
        self, drawing: Element, pictures: list[Shown], boxes: list[Element], lines: list[str]
    ) -> None:
        """Add what a drawing shows, the content of text boxes, and words that are drawn."""
        outer = boxes_of(drawing)
        boxes += outer
        names = {local_name(element) for element in drawing.iter()}
        drawn = _lines(drawing)
        lines += drawn
        description = self._description(drawing)
        if not names & _PICTURES and (outer or drawn or not description):
            return
        diagram = self._diagram_text(drawing)
        decorative = any(
            local_name(element) == "decorative" and element.get("val") in ("1", "true")
            for element in drawing.iter()
        )
        said = "\n".join(part for part in (description, diagram) if part)
        picture = None if decorative else self._picture(drawing, said)
        pictures.append(Shown(said, decorative and not said, picture))

    def _picture(self, drawing: Element, said: str) -> Picture | None:
        """The picture itself, if it lies in the file; what lies elsewhere is never fetched."""
        for element in drawing.iter():
            name = local_name(element)
            if name not in ("blip", "imagedata"):
                continue
            identity = relation_id(element, "embed" if name == "blip" else "id")
            kind, target = self._package.relations.get(identity, ("", ""))
            data = self._package.bytes_of(target) if kind == "image" else None
            if data is not None:
                return self.gallery.take(data, said)
        return None

    def _description(self, drawing: Element) -> str:
        """The alternative text; names that Word gives by itself, such as "Picture 3", are none."""
        for element in drawing.iter():
            name = local_name(element)
            if name == "docPr":
                said = element.get("descr") or element.get("title")
            elif name in ("shape", "rect"):
                said = element.get("alt")
            else:
                continue
            if said and description_of(str(said)):
                return description_of(str(said))
        return ""

    def _diagram_text(self, drawing: Element) -> str:
        """The words in a SmartArt diagram, which stand in a part of their own."""
        lines: list[str] = []
        for element in drawing.iter():
            if local_name(element) != "relIds":
                continue
            kind, target = self._package.relations.get(relation_id(element, "dm"), ("", ""))
            if kind != "diagramData":
                continue
            for paragraph in self._package.parse(target).iter(f"{{{DRAWING}}}p"):
                text = "".join(t.text or "" for t in paragraph.iter(f"{{{DRAWING}}}t")).strip()
                if text:
                    lines.append(text)
        return "\n".join(lines)


def boxes_of(drawing: Element) -> list[Element]:
    """The text boxes of a drawing, without those in others."""
    return [box for box in drawing.iter(w("txbxContent")) if not _is_inside_box(box, drawing)]


def _lines(drawing: Element) -> list[str]:
    """Words that are part of a drawing itself: shaped ones, and those in shapes of other kinds."""
    found: list[str] = []
    for element in drawing.iter(f"{{{DRAWING}}}p", "{urn:schemas-microsoft-com:vml}textpath"):
        if _is_repeated(element, drawing):
            continue
        text = str(element.get("string") or "")
        text = text or "".join(t.text or "" for t in element.iter(f"{{{DRAWING}}}t"))
        found += [text] if text.strip() else []
        account_for(element)
    return found


def is_line(drawing: Element) -> bool:
    """Whether a drawing is a line across the page, which says nothing."""
    for element in drawing.iter():
        name = local_name(element)
        if name == "extent":
            sides = [str(element.get(side) or "") for side in ("cx", "cy")]
            if any(side.isdecimal() and int(side) < _THIN for side in sides):
                return True
        if name == "line" or any(str(key).endswith("}hr") for key in element.attrib):
            return True
        if name == "prstGeom" and str(element.get("prst") or "").endswith(("line", "Connector1")):
            return True
    return next(iter(drawing), None) is None


def _is_repeated(element: Element, drawing: Element) -> bool:
    """Whether something is there for older programs only, beside what newer ones show."""
    for ancestor in element.iterancestors():
        if ancestor is drawing:
            return False
        if local_name(ancestor) == "Fallback":
            return True
    return False


def _is_inside_box(box: Element, drawing: Element) -> bool:
    """Whether a text box lies in another one, or repeats one for older programs."""
    for ancestor in box.iterancestors():
        if ancestor is drawing:
            return False
        if local_name(ancestor) == "txbxContent":
            return True
        if local_name(ancestor) == "Fallback":
            choice = next(
                (c for c in ancestor.getparent() or () if local_name(c) == "Choice"), None
            )
            if choice is not None and next(choice.iter(w("txbxContent")), None) is not None:
                return True
    return False
