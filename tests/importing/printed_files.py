"""PDF files made for the tests: lines of text where they are told to stand."""

from collections.abc import Sequence
from dataclasses import dataclass, field

_FONTS = ("Helvetica", "Helvetica-Bold", "Helvetica-Oblique", "Courier")
PLAIN, BOLD, SLANTED, FIXED = range(4)


@dataclass
class Sheet:
    """A page of A4. parts: the structure, as the type of each element."""

    content: list[str] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)

    def text(self, x: float, y: float, text: str, size: float = 11, font: int = PLAIN) -> "Sheet":
        escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        self.content.append(f"BT /F{font} {size} Tf 1 0 0 1 {x} {y} Tm ({escaped}) Tj ET")
        return self

    def lines(
        self, x: float, y: float, text: str, size: float = 11, font: int = PLAIN, step: float = 14
    ) -> "Sheet":
        """A paragraph whose lines are given one by one."""
        for number, line in enumerate(text.splitlines()):
            self.text(x, y - number * step, line, size, font)
        return self

    def part(self, kind: str, x: float, y: float, text: str, font: int = PLAIN) -> "Sheet":
        """A paragraph that the structure of the file names."""
        self.content.append(f"/{kind} <</MCID {len(self.parts)}>> BDC")
        self.lines(x, y, text, font=font)
        self.content.append("EMC")
        self.parts.append(kind)
        return self

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> "Sheet":
        self.content.append(f"{x0} {y0} m {x1} {y1} l S")
        return self


def printed_file(sheets: Sequence[Sheet], more: str = "", information: str = "") -> bytes:
    """more: further entries of the catalogue; information: what the file says of itself."""
    objects = {1: "", 2: ""}
    fonts = "".join(f"/F{number} {3 + number} 0 R " for number in range(len(_FONTS)))
    for number, name in enumerate(_FONTS, start=3):
        objects[number] = (
            f"<</Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding>>"
        )
    kids, elements, parents = [], [], []
    for number, sheet in enumerate(sheets):
        page = len(objects) + 1
        objects[page] = ""
        stream = "\n".join(sheet.content)
        objects[page + 1] = (
            f"<</Length {len(stream.encode('cp1252'))}>>\nstream\n{stream}\nendstream"
        )
        kids.append(f"{page} 0 R")
        objects[page] = (
            f"<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {page + 1} 0 R"
            f" /Resources <</Font <<{fonts}>>>> /StructParents {number}>>"
        )
        own = []
        for place, kind in enumerate(sheet.parts):
            identity = len(objects) + 1
            objects[identity] = (
                f"<</Type /StructElem /S /{kind} /P 2000 0 R /Pg {page} 0 R /K {place}>>"
            )
            own.append(f"{identity} 0 R")
        elements += own
        parents.append(f"{number} [{' '.join(own)}]")
    structure = ""
    if elements:
        objects[2000] = f"<</Type /StructElem /S /Document /P 2001 0 R /K [{' '.join(elements)}]>>"
        objects[2001] = (
            f"<</Type /StructTreeRoot /K [2000 0 R] /ParentTree <</Nums [{' '.join(parents)}]>>>>"
        )
        structure = "/StructTreeRoot 2001 0 R /MarkInfo <</Marked true>>"
    objects[1] = f"<</Type /Catalog /Pages 2 0 R {structure} {more}>>"
    objects[2] = f"<</Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)}>>"
    if information:
        objects[2002] = f"<<{information}>>"
    return _written(objects, "/Info 2002 0 R" if information else "")


def _written(objects: dict[int, str], trailer: str) -> bytes:
    data = b"%PDF-1.7\n"
    places = {}
    for number, content in sorted(objects.items()):
        places[number] = len(data)
        data += f"{number} 0 obj\n{content}\nendobj\n".encode("cp1252")
    start = len(data)
    data += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in places.items():
        data += f"{number} 1\n{place:010d} 00000 n \n".encode()
    size = max(objects) + 1
    data += f"trailer\n<</Size {size} /Root 1 0 R {trailer}>>\nstartxref\n{start}\n%%EOF\n".encode()
    return data
