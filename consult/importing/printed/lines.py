"""Lines: chunks of letters that stand on one line, and the text that they make."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cached_property

from consult.importing.printed.channels import Channel
from consult.importing.printed.letters import Chunk, Letter, Type, mirror
from consult.importing.runs import Run, text_of

# Shares of the size of letters: a gap between words, the same where the file sets blanks of its own
# or letters have much room around them, and one that sets a number or a cell apart.
_WORD_GAP = 0.16
_LOOSE_GAP = 0.25
WIDE_GAP = 1.4
_HEBREW_AND_ARABIC = r"\u0590-\u065f\u066a-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_LEFTWARD = re.compile(f"[{_HEBREW_AND_ARABIC}]")
_LATIN = rf"[^\W\d_{_HEBREW_AND_ARABIC}]"
_RIGHTWARD = re.compile(
    rf"(?:{_LATIN}|\d)(?:[^{_HEBREW_AND_ARABIC}]*{_LATIN})+|\d[\d.,:/%٪-]*(?<=\d)"
)


@dataclass(eq=False)
class Line:
    """chunks: from left to right. parts: what stands on the line far apart, if it is several
    things. Equal only to itself."""

    chunks: list[Chunk]
    parts: list["Line"] = field(default_factory=list)

    @cached_property
    def x0(self) -> float:
        return min(chunk.x0 for chunk in self.chunks)

    @cached_property
    def x1(self) -> float:
        return max(chunk.x1 for chunk in self.chunks)

    @cached_property
    def type(self) -> Type:
        """The type of most letters."""
        weights: Counter[Type] = Counter()
        for chunk in self.chunks:
            weights[chunk.type] += len(chunk.text.strip())
        return weights.most_common(1)[0][0]

    @property
    def size(self) -> float:
        return self.type.size

    @cached_property
    def y(self) -> float:
        """Where most of its letters stand."""
        weights: Counter[float] = Counter()
        for chunk in self.chunks:
            weights[chunk.y] += len(chunk.text.strip()) if chunk.type.size == self.size else 0
        return weights.most_common(1)[0][0]

    @property
    def page(self) -> int:
        return self.chunks[0].page

    @cached_property
    def bold(self) -> bool:
        return all(chunk.type.bold for chunk in self.chunks if chunk.text.strip())

    @cached_property
    def runs(self) -> list[Run]:
        return _runs(self)

    @cached_property
    def text(self) -> str:
        return text_of(self.runs)


def is_leftward(chunks: Iterable[Chunk]) -> bool:
    """Whether most letters are of scripts that are written from right to left."""
    leftward = others = 0
    for chunk in chunks:
        found = len(_LEFTWARD.findall(chunk.text))
        leftward += found
        others += sum(letter.isalpha() for letter in chunk.text) - found
    return leftward > others


def lines_of(chunks: Iterable[Chunk], channels: Sequence[Channel] = ()) -> list[Line]:
    """Lines from the top down, those beside each other from left to right.

    channels: blank strips over which no line goes on.
    """
    lines: list[Line] = []
    for chunk in sorted(chunks, key=lambda c: (-c.y, c.x0)):
        if not chunk.text.strip():
            continue
        beside = [line for line in lines[-12:] if _beside(line, chunk, channels)]
        if not beside:
            lines.append(Line([chunk]))
            continue
        # What was apart is joined by what stands between.
        joined = Line([chunk, *(c for line in beside for c in line.chunks)])
        for line in beside:
            lines.remove(line)
        lines.append(joined)
    for line in lines:
        line.chunks.sort(key=lambda c: c.x0)
    return sorted(lines, key=lambda line: (-round(line.y, 1), line.x0))


def _beside(line: Line, chunk: Chunk, channels: Sequence[Channel]) -> bool:
    for other in line.chunks:
        smaller, larger = sorted((other.type.size, chunk.type.size))
        low = max(other.y - 0.2 * other.type.size, chunk.y - 0.2 * chunk.type.size)
        high = min(other.y + 0.75 * other.type.size, chunk.y + 0.75 * chunk.type.size)
        if high - low < 0.45 * 0.95 * smaller:
            continue
        left, right = sorted((other, chunk), key=lambda c: c.x0)
        if right.x0 - left.x1 > WIDE_GAP * larger:
            continue
        if not any(channel.parts(left.x1, right.x0, chunk.y) for channel in channels):
            return True
    return False


def _runs(line: Line) -> list[Run]:
    """The text of a line; blanks stand where there are gaps, a tabulator where they are wide."""
    chunks = line.chunks
    if chunks[0].mirrored:
        chunks = [deepcopy(chunk) for chunk in reversed(chunks)]
        mirror(chunks)
    leftward = any(_LEFTWARD.search(chunk.text) for chunk in chunks)
    # Numbers alone are set as the letters around them.
    if leftward or (line.chunks[0].mirrored and not any(re.search(_LATIN, c.text) for c in chunks)):
        return _leftward_runs(line, chunks)
    runs: list[Run] = []
    end: float | None = None
    for chunk in chunks:
        # Beside a raised number the gap is that of the letters around it.
        size = max(chunk.type.size, 0.8 * line.size)
        if end is not None and chunk.x0 - end > _WORD_GAP * size:
            runs.append(Run("\t" if chunk.x0 - end > WIDE_GAP * line.size else " "))
        runs.append(_run(line, chunk, _spaced(chunk)))
        end = max(chunk.x1, end) if end is not None else chunk.x1
    return runs


def _spaced(chunk: Chunk) -> str:
    """The text of a chunk, with a blank wherever the file only leaves a gap."""
    parts: list[str] = []
    last: Letter | None = None
    for letter in chunk.letters:
        if (
            last is not None
            and not last.text.isspace()
            and not letter.text.isspace()
            and letter.x0 - last.x1 > _LOOSE_GAP * chunk.type.size
        ):
            parts.append(" ")
        parts.append(letter.text)
        last = letter
    return "".join(parts)


def _run(line: Line, chunk: Chunk, text: str) -> Run:
    marks = set()
    if chunk.type.bold:
        marks.add("strong")
    if chunk.type.italic:
        marks.add("em")
    if chunk.type.size <= 0.85 * line.size:
        offset = chunk.y - line.y
        if offset > 0.12 * line.size:
            marks.add("sup")
        elif offset < -0.06 * line.size:
            marks.add("sub")
    return Run(text, frozenset(marks), href=chunk.href)


def _leftward_runs(line: Line, chunks: list[Chunk]) -> list[Run]:
    """A line with letters written from right to left, in the order in which it is read.

    Its letters are put in order by where they stand: the file has them as the printer wants them.
    """
    placed = [
        (letter, chunk)
        for chunk in chunks
        for letter in chunk.letters
        if letter.text.strip() or letter.x1 - letter.x0 > 0.1 * line.size
    ]
    marks = [letter for letter, _ in placed if _is_mark(letter.text)]
    bases = [pair for pair in placed if not _is_mark(pair[0].text)]
    bases.sort(key=lambda pair: -(pair[0].x0 + pair[0].x1))
    ordered: list[tuple[str, Chunk]] = []
    last: Letter | None = None
    own = _marks_of([letter for letter, _ in bases], marks)
    for letter, chunk in bases:
        if last is not None and _is_gap(last, letter, marks, _LOOSE_GAP * line.size):
            ordered.append((" ", chunk))
        ordered.append((letter.text + own.get(id(letter), ""), chunk))
        last = letter
    # Numbers and words of Latin script stand among the others from left to right.
    signs = "".join(text[0] for text, _ in ordered)
    for match in reversed(list(_RIGHTWARD.finditer(signs))):
        ordered[match.start() : match.end()] = ordered[match.start() : match.end()][::-1]
    return [_run(line, chunk, text) for text, chunk in ordered]


def _is_mark(text: str) -> bool:
    return unicodedata.category(text[0]) in ("Mn", "Me")


def _is_gap(last: Letter, letter: Letter, marks: list[Letter], width: float) -> bool:
    """Whether there is a blank between two letters, and not a mark that takes up room."""
    if last.x0 - letter.x1 <= width:
        return False
    return not any(mark.x0 < last.x0 and mark.x1 > letter.x1 for mark in marks)


def _marks_of(letters: list[Letter], marks: list[Letter]) -> dict[int, str]:
    """The marks over and under letters, by the letter that they stand nearest to."""
    own: dict[int, str] = {}
    for mark in marks if letters else ():
        middle = (mark.x0 + mark.x1) / 2
        nearest = min(letters, key=lambda letter: abs((letter.x0 + letter.x1) / 2 - middle))
        own[id(nearest)] = own.get(id(nearest), "") + mark.text
    return own
