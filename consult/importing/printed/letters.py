"""The letters of a page: what they are, where they stand and what they look like."""

import ctypes
import math
import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

import pypdfium2.raw as pdfium

_BOLD = re.compile(r"bold|black|heavy|semibold|demi(?!.?light)|[-,]bd", re.IGNORECASE)
_ITALIC = re.compile(r"ital|obli|slant|kursiv", re.IGNORECASE)
_FIXED = re.compile(r"courier|mono|consol|typewriter|cmtt|lucidacon|menlo", re.IGNORECASE)
_PICTURES = re.compile(r"symbol|dingbat|wingding|webding|zapf", re.IGNORECASE)
_FORCED_BOLD, _ITALIC_FLAG = 1 << 18, 1 << 6
_INVISIBLE = 3
# Joined letters that fonts have as one, and what pdfium gives for a hyphen at the end of a line.
_JOINED = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
HYPHEN = "\u00ad"
_HYPHENS = (0xFFFE, 0x02, 0xAD)
# Further apart than this share of their size letters are not of one chunk.
_CHUNK_GAP = 0.55


@dataclass(frozen=True, slots=True)
class Type:
    """What letters look like. size: in points on the page. turned: quarters of a turn, counted
    against the clock, or -1 for any other angle."""

    size: float
    bold: bool
    italic: bool
    fixed: bool
    turned: int
    invisible: bool


@dataclass(slots=True)
class Letter:
    text: str
    x0: float
    x1: float


@dataclass(eq=False)
class Chunk:
    """Letters that stand beside each other, of one type and one tag. y: where they stand.

    tag: the number by which the structure of a tagged file refers to it; -1 for none. What is
    worked out from the letters is kept, so they stay as they are once they are gathered.
    """

    letters: list[Letter]
    y: float
    type: Type
    tag: int
    page: int
    href: str = ""
    # Where lines begin at the right, the page is measured from there, as in a mirror.
    mirrored: bool = False

    @cached_property
    def x0(self) -> float:
        return min(letter.x0 for letter in self.letters)

    @cached_property
    def x1(self) -> float:
        return max(letter.x1 for letter in self.letters)

    @cached_property
    def text(self) -> str:
        return "".join(letter.text for letter in self.letters)


def mirror(chunks: list[Chunk]) -> None:
    """Measure chunks from the right, so that lines written leftward begin where they are least."""
    for chunk in chunks:
        chunk.mirrored = not chunk.mirrored
        for kept in ("x0", "x1"):
            chunk.__dict__.pop(kept, None)
        for letter in chunk.letters:
            letter.x0, letter.x1 = -letter.x1, -letter.x0


@dataclass(slots=True)
class Letters:
    """The letters of one page. unknown: how many could not be told; turned: words set at an
    angle to the others."""

    chunks: list[Chunk] = field(default_factory=list)
    number: int = 0
    unknown: int = 0
    turned: int = 0


def read_letters(page: object, number: int) -> Letters:
    """The letters of a page. number: of the page, from 1."""
    text = pdfium.FPDFText_LoadPage(page)
    found = Letters()
    if not text:
        return found
    try:
        _Gathering(text, number, found).gather(pdfium.FPDFText_CountChars(text))
    finally:
        pdfium.FPDFText_ClosePage(text)
    _straighten(found)
    return found


class _Gathering:
    """Goes through the characters of a page in the order of the file."""

    def __init__(self, text: object, number: int, found: Letters) -> None:
        self._text, self._number, self._found = text, number, found
        self._box = pdfium.FS_RECTF()
        self._origin = [ctypes.c_double() for _ in range(2)]
        self._chunk: Chunk | None = None
        self._object: int | None = None
        self._type = Type(1.0, False, False, False, 0, False)
        self._tag = -1
        self._pictures = False

    def gather(self, characters: int) -> None:
        for index in range(characters):
            code = pdfium.FPDFText_GetUnicode(self._text, index)
            if code in (10, 13):
                self._chunk = None
                continue
            if code in (0, 0xFFFD):
                self._found.unknown += 1
                continue
            if self._look_up(index):
                self._add(index, code)
            elif self._chunk is not None:
                # A blank that is not in the file, where a gap is wide enough for one.
                end = self._chunk.letters[-1].x1
                self._chunk.letters.append(Letter(" ", end, end))

    def _look_up(self, index: int) -> bool:
        """Find type and tag of a character; whether it stands in the file at all."""
        shown = pdfium.FPDFText_GetTextObject(self._text, index)
        if not shown:
            return False
        address = ctypes.c_void_p.from_buffer(shown).value
        if address == self._object:
            return True
        self._object = address
        matrix = pdfium.FS_MATRIX()
        pdfium.FPDFText_GetMatrix(self._text, index, matrix)
        size = pdfium.FPDFText_GetFontSize(self._text, index) * math.hypot(matrix.c, matrix.d)
        name, flags = _font(self._text, index)
        self._pictures = bool(_PICTURES.search(name))
        self._type = Type(
            size=round(max(0.5, min(abs(size), 400.0)), 1),
            bold=bool(_BOLD.search(name)) or bool(flags & _FORCED_BOLD),
            italic=bool(_ITALIC.search(name)) or bool(flags & _ITALIC_FLAG),
            fixed=bool(_FIXED.search(name)),
            turned=_turn(matrix.a, matrix.b),
            invisible=pdfium.FPDFTextObj_GetTextRenderMode(shown) == _INVISIBLE,
        )
        self._tag = pdfium.FPDFPageObj_GetMarkedContentID(shown)
        return True

    def _add(self, index: int, code: int) -> None:
        x, y = self._origin
        pdfium.FPDFText_GetLooseCharBox(self._text, index, self._box)
        pdfium.FPDFText_GetCharOrigin(self._text, index, x, y)
        written = _written(code, self._pictures)
        if not written:
            return
        x0, x1, base = _turned_back(self._type.turned, self._box, x.value, y.value)
        letter = Letter(written, min(x0, x1), max(x0, x1))
        self._found.number += not written.isspace()
        chunk, size = self._chunk, self._type.size
        if (
            chunk is None
            or chunk.type != self._type
            or chunk.tag != self._tag
            or abs(chunk.y - base) > 0.1 * size
            or not _beside(chunk.letters[-1], letter, size)
        ):
            chunk = Chunk([], base, self._type, self._tag, self._number)
            self._chunk = chunk
            self._found.chunks.append(chunk)
        chunk.letters.append(letter)


def _beside(last: Letter, letter: Letter, size: float) -> bool:
    """Whether a letter goes on where the last one ended, on either side of it, or is a part of
    the same sign, as the three of "ffi" are."""
    if abs(letter.x0 - last.x0) < 0.1 and abs(letter.x1 - last.x1) < 0.1:
        return True
    right, left = letter.x0 - last.x1, last.x0 - letter.x1
    return -0.6 * size < right < _CHUNK_GAP * size or -0.6 * size < left < _CHUNK_GAP * size


def _written(code: int, pictures: bool) -> str:
    if code in _HYPHENS:
        return HYPHEN
    if 0xE000 <= code <= 0xF8FF or (pictures and code > 0x7F):
        return "•"
    if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF or code < 32:
        return ""
    return _JOINED.get(chr(code), chr(code))


def _font(text: object, index: int) -> tuple[str, int]:
    """Name and flags of a character's font."""
    flags = ctypes.c_int(0)
    buffer = ctypes.create_string_buffer(128)
    pdfium.FPDFText_GetFontInfo(text, index, buffer, 128, flags)
    # The name is cut off without an end where it is longer.
    return buffer.raw.split(b"\0")[0].decode("latin-1"), flags.value


@lru_cache(maxsize=1024)
def _turn(a: float, b: float) -> int:
    degrees = math.degrees(math.atan2(b, a))
    quarters = round(degrees / 90)
    return quarters % 4 if abs(degrees - 90 * quarters) < 3 else -1


def _turned_back(
    turned: int, box: pdfium.FS_RECTF, x: float, y: float
) -> tuple[float, float, float]:
    """Left, right and base of a letter, on the page turned so that its line is level."""
    if turned == 1:
        return box.bottom, box.top, -x
    if turned == 2:
        return -box.right, -box.left, -y
    if turned == 3:
        return -box.top, -box.bottom, x
    return box.left, box.right, y


def _straighten(found: Letters) -> None:
    """Keep the letters that are set as most of the page is; count the words of the others."""
    weights: Counter[int] = Counter()
    for chunk in found.chunks:
        weights[chunk.type.turned] += len(chunk.letters)
    if not weights:
        return
    usual = weights.most_common(1)[0][0]
    others = [chunk for chunk in found.chunks if chunk.type.turned != usual]
    found.turned = sum(len(chunk.text.split()) for chunk in others)
    found.chunks = [chunk for chunk in found.chunks if chunk.type.turned == usual]
