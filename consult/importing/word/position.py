"""How far the reading of a word processor's file has come, which is where things are."""

from collections.abc import Callable
from dataclasses import replace

from consult.blocks.blocks import Finding
from consult.blocks.places import Place, Unit
from consult.importing import wording
from consult.importing.tally import Tally
from consult.importing.word.paragraphs import Paragraph


class Position:
    """Counts paragraphs and tables, with those in notes and boxes, in the order of the text."""

    def __init__(self) -> None:
        self.contents_words = 0
        self._contents: Place | None = None
        self._paragraphs = self._tables = 0
        # Places within tables, which readers see as one thing, and the place of the table.
        self._within: dict[Place, Place] = {}

    @property
    def place(self) -> Place:
        """The paragraph that was begun last; before all of them, the first."""
        return Place(Unit.PARAGRAPH, max(1, self._paragraphs))

    def begin_paragraph(self) -> None:
        self._paragraphs += 1

    def table(self, read: Callable[[Place], list[Paragraph]]) -> list[Paragraph]:
        """What `read` makes of a table, given its place: one paragraph, or those framed by it."""
        self._tables += 1
        place, first = Place(Unit.TABLE, self._tables), self._paragraphs + 1
        found = read(place)
        if any(paragraph.place == place for paragraph in found):
            inner = [Place(Unit.PARAGRAPH, n) for n in range(first, self._paragraphs + 1)]
            inner += [Place(Unit.TABLE, n) for n in range(place.number + 1, self._tables + 1)]
            self._within |= dict.fromkeys(inner, place)
        return found

    def leave_contents(self, words: int) -> None:
        """Take note of words of a table of contents that are left out."""
        self._contents = self._contents or self.place
        self.contents_words += words

    def report(self, tally: Tally, findings: list[Finding]) -> None:
        """Add what was counted to the findings, with all places as readers see them."""
        tally.count(wording.table_of_contents, self.contents_words, self._contents)
        findings[:] = [
            replace(finding, place=self._within.get(finding.place, finding.place))
            if finding.place
            else finding
            for finding in findings
        ]
        findings += tally.findings(self._within)
