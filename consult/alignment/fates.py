"""What alignment takes and gives."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from consult.blocks.blocks import Kind


class FateKind(StrEnum):
    """What became of a paragraph. The values are stored and printed: never rename one.

    Only the text counts: a paragraph that became an item, or has another number, is unchanged.
    """

    UNCHANGED = "unchanged"
    EDITED = "edited"
    MOVED = "moved"  # also moved and edited: then the likeness is below 1
    SPLIT = "split"
    MERGED = "merged"
    REMOVED = "removed"
    NEW = "new"


class Aligned(Protocol):
    """A paragraph, heading, item ... of a version, as far as alignment looks at it.

    The blocks of an import and the wordings of a version are such as they are.
    """

    @property
    def kind(self) -> Kind: ...
    @property
    def label(self) -> str: ...
    @property
    def text(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Part:
    """What is aligned, where it has not come from an import or a version."""

    kind: Kind
    level: int
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Fate:
    """One old part and one new part that belong together, or one that belongs to none.

    old, new: places in the two versions, from 0; None where there is none. A split has a row for
    each new part, a merge one for each old part, all of one likeness.
    likeness: 1.0 only where the texts count as the same (`words.said`), else the share of words
    that both have in the same order, 0.0 to 0.99; for a split or merge, of all their parts
    together. 0.0 for what is removed or new.
    doubtful: a person has to look.
    """

    old: int | None
    new: int | None
    kind: FateKind
    likeness: float
    doubtful: bool
