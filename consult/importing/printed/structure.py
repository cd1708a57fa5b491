"""Passages of a tagged file, where its structure can be relied on."""

from collections import Counter

from consult.importing.printed.joining import Words
from consult.importing.printed.layout import Laid
from consult.importing.printed.letters import Chunk
from consult.importing.printed.lines import Line
from consult.importing.printed.passages import Passage, settle
from consult.importing.printed.sheets import Sheet
from consult.importing.printed.tagged import TaggedPage, Walk, is_reliable


def passages_by_tags(
    sheets: list[Sheet], laid: list[Laid], words: Words
) -> tuple[list[Passage], Counter[int], Counter[int]] | None:
    """The passages, and by page how many words of contents went and how many the structure forgot.

    laid: the pages without running heads and feet. None where the structure is none, or wrong.
    """
    pages = [_tagged(sheet) for sheet in sheets]
    if not any(page.root.parts for page in pages):
        return None
    passages: list[Passage] = []
    contents, forgotten = Counter[int](), Counter[int]()
    for page, one in zip(pages, laid, strict=True):
        walk = Walk(page)
        walk.take(page.root)
        passages += walk.passages
        contents[page.number] += walk.contents
        left = _untagged(one.page.lines, set(page.root.numbers()))
        forgotten[page.number] += sum(len(line.text.split()) for line in left)
        passages += [Passage([line], page.number, room=line.x1, loose=True) for line in left]
    settle(passages, words)
    letters = sum(len("".join(line.text.split())) for one in laid for line in one.page.lines) + sum(
        len("".join(c.text.split())) for one in laid for c in _in_grids(one)
    )
    return (passages, contents, forgotten) if is_reliable(pages, letters, passages) else None


def _tagged(sheet: Sheet) -> TaggedPage:
    chunks: dict[int, list[Chunk]] = {}
    for chunk in sheet.chunks:
        if chunk.tag >= 0:
            chunks.setdefault(chunk.tag, []).append(chunk)
    return TaggedPage(sheet.number, sheet.tags, chunks)


def _in_grids(one: Laid) -> list[Chunk]:
    return [chunk for grid in one.grids for place in grid.places for chunk in place.chunks]


def _untagged(lines: list[Line], numbers: set[int]) -> list[Line]:
    """The lines of which no part is in the structure."""
    return [line for line in lines if not any(chunk.tag in numbers for chunk in line.chunks)]
