"""What readers hand to the assembler: pieces in document order, not yet numbered or sanitised."""

from dataclasses import dataclass, field

from consult.drafts.importing.blocks import Finding, Kind
from consult.drafts.importing.runs import Run


@dataclass(slots=True)
class Cell:
    """A cell of a table; continued cells (under a rowspan) are not there, as in HTML."""

    pieces: list["Piece"]
    header: bool = False
    columns: int = 1
    rows: int = 1


@dataclass(slots=True)
class Table:
    """rows: the first `heads` of them are the table's head."""

    rows: list[list[Cell]]
    heads: int = 0
    caption: list[Run] = field(default_factory=list)


@dataclass(slots=True)
class Piece:
    """A block in the making.

    level: as in Block, but headings as the file counts them; an item's level 0 asks the
    assembler to find the depth from the label. label: what the reader knows of it; the assembler
    looks for a typed label only where `typed` is true and none is known. note: for notes, the
    key by which runs refer to them. whole: the runs as they were before a label was taken off.
    """

    kind: Kind
    runs: list[Run]
    level: int = 0
    label: str = ""
    place: str = ""
    typed: bool = True
    table: Table | None = None
    note: str = ""
    whole: list[Run] = field(default_factory=list)


@dataclass(slots=True)
class Reading:
    """A file as its reader saw it.

    title: the document's own title where the file states it apart from its text (front matter,
    properties); title_source says where, for the report, and is empty where nobody could doubt
    it. Pieces of kind title are titles that stand in the text.
    """

    pieces: list[Piece]
    findings: list[Finding] = field(default_factory=list)
    language: str | None = None
    title: str = ""
    title_source: str = ""
