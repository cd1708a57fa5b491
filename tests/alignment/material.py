"""Small documents to align, and short ways to write them down."""

from collections.abc import Sequence

from consult.alignment import Fate, Part, align
from consult.blocks.blocks import Kind

TREES = "Trees are planted along every street that is wider than twelve metres."
BUSES = "Buses run every ten minutes from six in the morning until midnight."
PARKS = "Parks are open by day and by night, and their gates are taken away."
BOOKS = "The library lends books, tools and musical instruments free of charge."
SOUND = "Between ten at night and seven in the morning nobody repairs a road."


def title(text: str = "A plan for the town") -> Part:
    return Part(Kind.TITLE, 0, "", text)


def head(text: str, label: str = "", level: int = 1) -> Part:
    return Part(Kind.HEADING, level, label, text)


def para(text: str, label: str = "") -> Part:
    return Part(Kind.PARAGRAPH, 0, label, text)


def item(text: str, label: str = "") -> Part:
    return Part(Kind.ITEM, 1, label, text)


def note(text: str, label: str = "") -> Part:
    return Part(Kind.NOTE, 0, label, text)


def rows(old: Sequence[Part], new: Sequence[Part]) -> list[str]:
    """Return the alignment, a line for each row: "edited 3 4", "removed 5 -", "? split 1 2"."""
    return [row(fate) for fate in align(old, new)]


def row(fate: Fate) -> str:
    doubt = "? " if fate.doubtful else ""
    old = "-" if fate.old is None else str(fate.old)
    new = "-" if fate.new is None else str(fate.new)
    return f"{doubt}{fate.kind} {old} {new}"


def changed(old: Sequence[Part], new: Sequence[Part]) -> list[str]:
    """Return the rows of what did not stay as it was."""
    return [line for line in rows(old, new) if not line.startswith("unchanged")]
