"""Side notes: small print in the margin, beside the paragraph that it is about."""

import re
from collections.abc import Sequence

from consult.importing.printed.letters import Chunk
from consult.importing.printed.lines import Line
from consult.importing.printed.passages import Passage

# Side notes are set smaller than the text, by the size of its letters.
_SMALLER = 0.92
# How many of the letters of a text may begin or end further out than its edges.
_STRAY = 0.01
_GAP = 1.8
_WORD = re.compile(r"[^\W\d_]{3}")


def in_margins(chunks: Sequence[Chunk], body: float) -> list[Chunk]:
    """What stands in the margins of a page, if there are words among it.

    body: the size of most letters of the file.
    """
    size = _SMALLER * body
    text = [chunk for chunk in chunks if chunk.type.size > size and chunk.text.strip()]
    if not text:
        return []
    left = _outermost([(chunk.x0, chunk) for chunk in text])
    right = -_outermost([(-chunk.x1, chunk) for chunk in text])
    found = [
        chunk
        for chunk in chunks
        if chunk.type.size <= size and (chunk.x1 < left - 2 or chunk.x0 > right + 2)
    ]
    return found if any(_WORD.search(chunk.text) for chunk in found) else []


def _outermost(ends: list[tuple[float, Chunk]]) -> float:
    """The least of these places, but for those of a few stray letters."""
    ends.sort(key=lambda end: end[0])
    stray = _STRAY * sum(len(chunk.text) for _place, chunk in ends)
    for place, chunk in ends:
        stray -= len(chunk.text)
        if stray < 0:
            return place
    return ends[-1][0]


def with_side_notes(passages: Sequence[Passage], lines: Sequence[Line]) -> list[Passage]:
    """The passages of a page with its side notes, each before the paragraph that it stands beside.

    lines: what the margins of the page hold, from the top down.
    """
    found = list(passages)
    for note in _blocks(lines):
        found.insert(_place(found, note.lines[0]), note)
    return found


def _blocks(lines: Sequence[Line]) -> list[Passage]:
    blocks: list[Passage] = []
    for line in lines:
        last = next((b for b in blocks if _follows(b.lines[-1], line)), None)
        if last is None:
            blocks.append(Passage([line], line.page, room=line.x1, loose=True))
        else:
            last.lines.append(line)
            last.room = max(last.room, line.x1)
    return blocks


def _follows(last: Line, line: Line) -> bool:
    beside = line.x0 < last.x1 and last.x0 < line.x1
    return beside and 0 <= last.y - line.y <= _GAP * line.size


def _place(passages: Sequence[Passage], note: Line) -> int:
    """Where the paragraph beside a note stands; one that only goes on from the page before is past."""
    for number, passage in enumerate(passages):
        if not passage.lines or passage.lines[-1].y > note.y + note.size:
            continue
        goes_on = number == 0 and passage.lines[0].y > note.y + 2 * note.size
        return number + goes_on
    return len(passages)
