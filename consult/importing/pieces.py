"""What readers hand to the assembler: pieces in document order, not yet numbered or sanitised."""

from dataclasses import dataclass, field

from consult.blocks.blocks import Finding, Kind
from consult.blocks.messages import Message
from consult.blocks.places import Place
from consult.importing.gallery import Picture, tell
from consult.importing.runs import Run


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
    picture: of a figure, whose runs are then the caption below it.
    """

    kind: Kind
    runs: list[Run]
    level: int = 0
    label: str = ""
    place: Place | None = None
    typed: bool = True
    table: Table | None = None
    note: str = ""
    whole: list[Run] = field(default_factory=list)
    picture: Picture | None = None


def figure_of(
    picture: Picture | None, description: str, place: Place | None, findings: list[Finding]
) -> Piece:
    """A picture as a piece: itself, or what is said of it; and what the report says about it."""
    finding = tell(place, picture, description)
    if finding is not None:
        findings.append(finding)
    runs = [Run(description)] if picture is None else []
    return Piece(Kind.FIGURE, runs, place=place, picture=picture)


@dataclass(slots=True)
class Reading:
    """A file as its reader saw it.

    title: the document's own title where the file states it apart from its text (front matter,
    properties); title_source says for the report where, and is None where nobody could doubt it.
    Pieces of kind title are titles that stand in the text. images: what pictures of pieces
    show, by digest.
    """

    pieces: list[Piece]
    findings: list[Finding] = field(default_factory=list)
    language: str | None = None
    title: str = ""
    title_source: Message | None = None
    images: dict[str, bytes] = field(default_factory=dict)
