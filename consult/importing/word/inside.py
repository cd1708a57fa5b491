"""What was found inside one paragraph of a Word file."""

from dataclasses import dataclass, field

from consult.importing.runs import Run
from consult.importing.word.characters import Sign
from consult.importing.word.names import Element
from consult.importing.word.pictures import Shown


@dataclass(slots=True)
class Inside:
    """The content of one paragraph: its runs, and what is anchored in it but stands apart.

    ahead: how many of the boxes, side notes often, are anchored before the first word. lines:
    words in drawings, each with what it belongs to. doubts, faint: signs and words for the report.
    """

    runs: list[Run] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    ahead: int = 0
    pictures: list[Shown] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    doubts: list[Sign] = field(default_factory=list)
    faint: list[str] = field(default_factory=list)
