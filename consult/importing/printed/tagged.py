"""Passages of a tagged file, by what its structure says that they are."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from consult.importing.printed.letters import Chunk
from consult.importing.printed.lines import Line
from consult.importing.printed.passages import ENDED, GridCell, Passage, Role, is_fixed
from consult.importing.printed.tags import BOXES, INLINE, PLAIN, Tag

_CONTENTS = frozenset({"TOC", "TOCI", "Index"})
_ROLES = {"BlockQuote": Role.QUOTATION, "Title": Role.TITLE}
_HEADING = re.compile(r"H([1-6])?")


@dataclass(slots=True)
class TaggedPage:
    """The structure of a page and its chunks by the number of their marked content."""

    number: int
    root: Tag
    chunks: dict[int, list[Chunk]]


@dataclass(slots=True)
class Walk:
    """Collects passages. contents: words of lists of contents, which are left out."""

    page: TaggedPage
    passages: list[Passage] = field(default_factory=list)
    contents: int = 0

    def take(self, tag: Tag, role: Role = Role.TEXT, level: int = 0, depth: int = 0) -> None:
        """Take in what an element holds: stretches of its own text, and elements."""
        numbers: list[int] = []
        first = True
        for part in tag.parts:
            if isinstance(part, int):
                numbers.append(part)
                continue
            if _is_inline(part, tag) and not _has_blocks(part):
                numbers += part.numbers()
                continue
            if part.kind == "Note" or part.kind == "FENote":
                self._note(part)
                continue
            self._flush(numbers, role, level, depth, begun=tag.begun and first)
            first = first and not numbers
            numbers = []
            self._element(part, role, level, depth)
        self._flush(numbers, role, level, depth, begun=tag.begun and first, unended=tag.unended)

    def _element(self, tag: Tag, role: Role, level: int, depth: int) -> None:
        heading = _HEADING.fullmatch(tag.kind)
        if tag.kind in _CONTENTS:
            self.contents += sum(len(c.text.split()) for c in self._chunks(tag.numbers()))
        elif tag.kind == "Table":
            self._table(tag)
        elif tag.kind in ("Figure", "Formula"):
            self._figure(tag)
        elif heading or tag.raw == "Title":
            title = tag.raw == "Title"
            self.take(
                tag, Role.TITLE if title else Role.HEADING, int(heading[1] or 1) if heading else 0
            )
        elif tag.kind == "L":
            self.take(tag, role, level, depth + 1)
        elif tag.kind == "LI":
            self._item(tag, role, depth)
        else:
            self.take(tag, _ROLES.get(tag.kind, role), level, depth)

    def _item(self, tag: Tag, role: Role, depth: int) -> None:
        """An item: its label stands before the first paragraph of its body."""
        start = len(self.passages)
        self.take(tag, role, 0, depth)
        for number, passage in enumerate(self.passages[start:]):
            if passage.role is Role.TEXT and number == 0:
                passage.role, passage.depth = Role.ITEM, depth
        # A label in an element of its own, or in a paragraph of its own, is joined to its text.
        if len(self.passages) > start + 1:
            label, body = self.passages[start], self.passages[start + 1]
            text = "".join(line.text for line in label.lines).strip()
            if label.lines and body.lines and len(text) < 8 and body.depth <= depth:
                beside = abs(label.lines[-1].y - body.lines[0].y) < body.lines[0].size
                if beside and label.lines[-1].x0 < body.lines[0].x0:
                    label.lines += body.lines
                    label.unended = body.unended
                    del self.passages[start + 1]

    def _note(self, tag: Tag) -> None:
        """A note, or several that one element holds."""
        inner = Walk(self.page)
        inner.take(tag)
        note: Passage | None = None
        for passage in inner.passages:
            mark = _mark_of(passage)
            if mark:
                note = Passage([], self.page.number, Role.NOTE, mark=mark)
                self.passages.append(note)
            if note is None:
                # Without a mark nothing can refer to it.
                self.passages.append(passage)
            else:
                note.lines += passage.lines

    def _figure(self, tag: Tag) -> None:
        chunks = self._chunks(tag.numbers())
        if tag.said or not chunks:
            self.passages.append(Passage([], self.page.number, Role.FIGURE, said=tag.said))
        # Words within a drawing are words; they stand behind it.
        start = len(self.passages)
        self.take(tag)
        for passage in self.passages[start:]:
            passage.loose = True

    def _table(self, tag: Tag) -> None:
        table = Passage([], self.page.number, Role.TABLE, begun=tag.begun, unended=tag.unended)
        for row, in_head in self._rows(tag, False):
            inner = [part for part in row.parts if isinstance(part, Tag)]
            cells = [self._cell(part) for part in inner if part.kind in ("TH", "TD")]
            for part in inner:
                if part.kind not in ("TH", "TD"):
                    self.take(part)
            if not cells:
                continue
            if table.heads == len(table.rows) and (in_head or all(c.header for c in cells)):
                table.heads += 1
            table.rows.append(cells)
        if table.rows:
            self.passages.append(table)

    def _rows(self, tag: Tag, in_head: bool) -> Iterable[tuple[Tag, bool]]:
        for part in tag.parts:
            if not isinstance(part, Tag):
                continue
            if part.kind == "TR":
                yield part, in_head
            elif part.kind in ("THead", "TBody", "TFoot", "Sect", "Div", "NonStruct"):
                yield from self._rows(part, part.kind == "THead")
            else:
                self._element(part, Role.TEXT, 0, 0)

    def _cell(self, tag: Tag) -> GridCell:
        inner = Walk(self.page)
        inner.take(tag)
        columns, rows = tag.spans
        return GridCell(inner.passages, tag.kind == "TH", columns, rows)

    def _chunks(self, numbers: Iterable[int]) -> list[Chunk]:
        return [chunk for number in numbers for chunk in self.page.chunks.get(number, [])]

    def _flush(
        self,
        numbers: list[int],
        role: Role,
        level: int,
        depth: int,
        begun: bool = False,
        unended: bool = False,
    ) -> None:
        lines = in_order(self._chunks(numbers))
        if lines and role is Role.TEXT and is_fixed(lines):
            role = Role.CODE
        if lines:
            self.passages.append(
                Passage(
                    lines,
                    self.page.number,
                    role,
                    level=level,
                    depth=depth,
                    begun=begun,
                    unended=unended,
                    room=max(line.x1 for line in lines),
                )
            )


def _mark_of(passage: Passage) -> str:
    """The raised number or sign with which a note begins; empty if there is none."""
    if not passage.lines or not passage.lines[0].runs:
        return ""
    first = passage.lines[0].runs[0]
    mark = re.fullmatch(r"\s*(\d{1,3}|[*†‡§¶]{1,3}|[a-z]|[ivx]{1,5})\s*", first.text)
    return mark[1] if mark and "sup" in first.marks else ""


def _is_inline(tag: Tag, around: Tag) -> bool:
    return tag.kind in INLINE or (tag.kind in PLAIN and around.kind not in BOXES)


def _has_blocks(tag: Tag) -> bool:
    return any(
        isinstance(part, Tag) and (part.kind not in INLINE | PLAIN or _has_blocks(part))
        for part in tag.parts
    )


def in_order(chunks: list[Chunk]) -> list[Line]:
    """Lines of chunks that come in the order of reading, which may be that of columns."""
    lines: list[Line] = []
    for chunk in chunks:
        if not chunk.text.strip():
            continue
        last = lines[-1].chunks if lines else []
        if last and any(_is_beside(other, chunk) for other in last[-6:]):
            last.append(chunk)
        else:
            lines.append(Line([chunk]))
    for line in lines:
        line.chunks.sort(key=lambda c: c.x0)
    return lines


def _is_beside(other: Chunk, chunk: Chunk) -> bool:
    smaller = min(other.type.size, chunk.type.size)
    low = max(other.y - 0.2 * other.type.size, chunk.y - 0.2 * chunk.type.size)
    high = min(other.y + 0.75 * other.type.size, chunk.y + 0.75 * chunk.type.size)
    return high - low > 0.45 * 0.95 * smaller


def is_reliable(pages: list[TaggedPage], letters: int, passages: list[Passage]) -> bool:
    """Whether the structure covers the text and its paragraphs are whole.

    letters: how many of the document stand neither in running heads nor feet.
    """
    covered = 0
    for page in pages:
        numbers = set(page.root.numbers())
        covered += sum(
            len("".join(chunk.text.split()))
            for number in numbers
            for chunk in page.chunks.get(number, [])
        )
    texts = [p for p in passages if p.role in (Role.TEXT, Role.ITEM) and p.lines]
    if covered < 0.9 * letters or not texts:
        return False
    cut_short = sum(
        not ENDED.search(before.text.rstrip()) and following.text[:1].islower()
        for before, following in pairwise(texts)
        if following.role is Role.TEXT and following.page == before.page
    )
    longest = max(len(passage.lines) for passage in texts)
    return cut_short * 5 < len(texts) and longest < 60
