"""The ruled lines of a page, which frame the cells of tables."""

import ctypes
from dataclasses import dataclass, field
from itertools import pairwise

import pypdfium2.raw as pdfium

# Thinner than this a filled shape is a line.
_THICKEST = 2.6
_SHORTEST = 6.0
# A page with more shapes than this holds a drawing.
_MOST = 20_000
Box = tuple[float, float, float, float]


@dataclass(slots=True)
class Rules:
    """level: left, right and height of lines across; upright: lower, upper end and place.

    pictures: how many there are on the page.
    """

    level: list[tuple[float, float, float]] = field(default_factory=list)
    upright: list[tuple[float, float, float]] = field(default_factory=list)
    pictures: int = 0

    def mirrored(self) -> "Rules":
        """The same lines, measured from the right."""
        return Rules(
            [(-right, -left, y) for left, right, y in self.level],
            [(low, high, -x) for low, high, x in self.upright],
            self.pictures,
        )

    def add(self, box: Box, framed: bool) -> None:
        """Add the box around a shape, as the line or the frame that it is.

        framed: whether its edge is drawn; a shape that is only filled shades what lies on it.
        """
        left, bottom, right, top = box
        wide, high = right - left, top - bottom
        if high <= _THICKEST and wide >= _SHORTEST:
            self.level.append((left, right, (bottom + top) / 2))
        elif wide <= _THICKEST and high >= _SHORTEST:
            self.upright.append((bottom, top, (left + right) / 2))
        elif framed and wide >= _SHORTEST and high >= _SHORTEST:
            self.level += [(left, right, bottom), (left, right, top)]
            self.upright += [(bottom, top, left), (bottom, top, right)]


def read_rules(page: object) -> Rules:
    """The ruled lines and frames of a page."""
    rules = Rules()
    number = pdfium.FPDFPage_CountObjects(page)
    if number > _MOST:
        return rules
    for index in range(number):
        shape = pdfium.FPDFPage_GetObject(page, index)
        kind = pdfium.FPDFPageObj_GetType(shape) if shape else 0
        # A picture may be wrapped in a form.
        rules.pictures += kind in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            framed = _is_stroked(shape)
            for box in _boxes(shape):
                rules.add(box, framed)
    return rules


def _is_stroked(shape: object) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    return bool(pdfium.FPDFPath_GetDrawMode(shape, fill, stroke)) and bool(stroke.value)


def _boxes(shape: object) -> list[Box]:
    """The boxes around the parts of a path: frames, and lines that run along the page."""
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(shape, matrix)
    if abs(matrix.b) > 1e-3 or abs(matrix.c) > 1e-3:
        return []
    x, y = ctypes.c_float(), ctypes.c_float()
    parts: list[list[tuple[float, float]]] = []
    for index in range(min(pdfium.FPDFPath_CountSegments(shape), 4_000)):
        segment = pdfium.FPDFPath_GetPathSegment(shape, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_BEZIERTO:
            return []
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = (matrix.a * x.value + matrix.e, matrix.d * y.value + matrix.f)
        if kind == pdfium.FPDF_SEGMENT_MOVETO or not parts:
            parts.append([])
        parts[-1].append(point)
    return [_box(part) for part in parts if len(part) > 1 and _runs_along(part)]


def _runs_along(points: list[tuple[float, float]]) -> bool:
    """Whether each stretch of a path is level or upright."""
    return all(
        abs(one[0] - other[0]) < 0.5 or abs(one[1] - other[1]) < 0.5
        for one, other in pairwise(points)
    )


def _box(points: list[tuple[float, float]]) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)
