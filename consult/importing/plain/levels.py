"""How deep the items of a text lie, from their indentation and, where that is all the same, from
their numbers."""

from dataclasses import dataclass

from consult.importing.depths import Step, steps_of
from consult.importing.plain.stretches import Stretch, text_indent


@dataclass(frozen=True, slots=True)
class _Open:
    """An open level: where its marker and its text begin, and its place in a series."""

    marker: int
    text: int
    step: Step | None


class Levels:
    """The items that are open, the outermost first."""

    def __init__(self) -> None:
        self._open: list[_Open] = []

    def end(self) -> None:
        self._open = []

    def holds(self, stretch: Stretch) -> bool:
        """Whether an open level lies where this item does."""
        return any(self._beside(level, stretch) for level in self._open)

    def depth(self, stretch: Stretch) -> int:
        """The depth of an item, counted from 1; it is open from now on."""
        indent = text_indent(stretch)
        kept = [o for o in self._open if o.marker < stretch.indent or self._beside(o, stretch)]
        beside = [o for o in kept if self._beside(o, stretch)]
        steps = steps_of(stretch.marker)
        step = _fitting(steps, beside)
        if beside:
            forms = [o.step.form if o.step else "" for o in beside]
            outer = [o for o in kept if o not in beside]
            form = step.form if step else ""
            # "(i)" begins a list in the item "(b)" though it stands below it at the same margin.
            inner = forms.index(form) if form in forms else len(beside)
            kept = outer + beside[:inner]
        self._open = [*kept, _Open(stretch.indent, indent, step)]
        return len(self._open)

    def _beside(self, level: _Open, stretch: Stretch) -> bool:
        """Numbers are often flush right, so that "10." begins a column before "9."."""
        return level.marker == stretch.indent or abs(level.text - text_indent(stretch)) <= 1


def _fitting(steps: list[Step], beside: list[_Open]) -> Step | None:
    """What the marker is read as: the next of an open series, the first of a new one, or else."""
    for level in reversed(beside):
        for step in steps:
            if level.step and step.form == level.step.form and step.value == level.step.value + 1:
                return step
    firsts = [step for step in steps if step.value == 1]
    return firsts[0] if firsts else steps[0] if steps else None
