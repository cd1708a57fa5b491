"""Whether "(b)" at the start of a line is the next in a series or a word of the sentence."""

import re

from consult.importing.depths import Step, steps_of

# What a line ends with when the next may begin something new.
_END = re.compile(r"(?:[.:;,—–!?)\]”\"’']|\b(?:and|or|und|oder|et|ou|y|o|e))[*_]*\s*$")


class Series:
    """The numbered series that are open, by how far they are indented."""

    def __init__(self) -> None:
        self._open: list[tuple[int, Step]] = []

    def end(self) -> None:
        """Text that belongs to no item came between."""
        self._open.clear()

    def take(self, marker: str, indent: int, previous: str) -> int | None:
        """The place of a marker in its series, counted from 1; None if it is part of a sentence.

        previous: the line before. The first of a series has to be its beginning, every other the
        next; behind an empty line any number may start.
        """
        while self._open and self._open[-1][0] > indent + 1:
            self._open.pop()
        last = self._open[-1][1] if self._open and self._open[-1][0] >= indent - 1 else None
        step = self._choose(steps_of(marker), last, previous)
        if step is None:
            return None
        if last is not None:
            self._open.pop()
        self._open.append((indent, step))
        return step.value

    def _choose(self, steps: list[Step], last: Step | None, previous: str) -> Step | None:
        gap = not previous.strip()
        if last is not None:
            for step in steps:
                if step.form == last.form and step.value == last.value + 1:
                    return step
        if not gap and not _END.search(previous):
            return None
        for step in steps:
            if step.value == 1 or (last and step.form == last.form and step.value > last.value):
                return step
        return steps[0] if gap and steps and last is None else None
