"""What an official is asked of a doubtful paragraph, and what can be answered."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from consult.fates.decided_fates import ALIKE
from consult.fates.proposing import candidates_of
from consult.fates.sides import Line, Sides
from consult.gate.entries import Entry
from consult.gate.opening import Gate
from consult.gate.rows import Shown, Words

#: What stands for no paragraph and for another one in a form.
REMOVED, OTHER = "removed", "other"

#: Less alike than any two texts of one language is nothing to offer.
FAINT = 0.25

#: Paragraphs that a search finds at most.
FOUND = 8


@dataclass(frozen=True, slots=True)
class Option:
    """What an old paragraph may have become.

    value: what the form sends, keys of paragraphs; text: what they say; words: each of `lines` with
    what changed; held: the other old paragraphs that are taken for the same now.
    """

    value: str
    lines: tuple[Line, ...]
    likeness: float | None
    text: str
    words: Sequence[Shown]
    held: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """An entry that an official is asked about, with the whole of the old text."""

    entry: Entry
    text: Shown
    options: tuple[Option, ...]
    chosen: str


@dataclass(slots=True)
class Answered:
    """What an official answered and could not be taken, by the keys of the entries."""

    chosen: dict[str, str] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)
    found: dict[str, Sequence[Line]] = field(default_factory=dict)
    overtaken: dict[str, str] = field(default_factory=dict)


def value_of(lines: Sequence[Line]) -> str:
    """Return what a form sends for these new paragraphs."""
    return " ".join(line.key for line in lines) or REMOVED


def questions_of(gate: Gate, entries: Sequence[Entry], answered: Answered) -> list[Question]:
    """Return entries as questions. Three queries."""
    sides, candidates = gate.sides, candidates_of(gate.request.db, gate.sides)
    held: dict[int, list[Line]] = {}
    sure: set[int] = set()
    for entry in gate.entries:
        for line in entry.news:
            held.setdefault(line.paragraph_id, []).extend([entry.old] if entry.old else [])
            sure |= set() if entry.doubtful or entry.old is None else {line.paragraph_id}
    offered = {
        entry.key: _offered(sides, entry, candidates, sure, answered.found.get(entry.key, ()))
        for entry in entries
    }
    words = Words(
        gate.request,
        sides,
        [line for entry in entries for line in entry.olds],
        [line for those in offered.values() for lines in those for line in lines],
    )
    return [
        Question(
            entry,
            words.whole(_old(entry)),
            tuple(
                _option(entry, lines, likeness, words, held)
                for lines, likeness in offered[entry.key].items()
            ),
            answered.chosen.get(entry.key, value_of(entry.news)),
        )
        for entry in entries
    ]


def _offered(
    sides: Sides,
    entry: Entry,
    candidates: Mapping[int, Sequence[tuple[int, float]]],
    sure: Collection[int],
    found: Sequence[Line],
) -> dict[tuple[Line, ...], float | None]:
    """Return what an entry may be, the present state first; no paragraph twice by itself.

    What is somebody else for `sure` has to be a good deal alike.
    """
    offered: dict[tuple[Line, ...], float | None] = {}
    if entry.news:
        offered[tuple(entry.news)] = entry.likeness
    elif entry.instead is not None:
        # How alike it is says nothing here: it is offered for its place.
        offered[entry.instead,] = None
    for place, likeness in candidates.get(sides.old_at[_old(entry).paragraph_id], ()):
        line = sides.new[place]
        if likeness >= (ALIKE if line.paragraph_id in sure else FAINT):
            offered.setdefault((line,), likeness)
    for line in found:
        offered.setdefault((line,), None)
    return offered


def _option(
    entry: Entry,
    lines: tuple[Line, ...],
    likeness: float | None,
    words: Words,
    held: Mapping[int, Sequence[Line]],
) -> Option:
    old = _old(entry)
    others = [o for line in lines for o in held.get(line.paragraph_id, ()) if o is not old]
    text = " ".join(words.new(line) for line in lines)
    return Option(value_of(lines), lines, likeness, text, words.shown([old], lines), tuple(others))


def _old(entry: Entry) -> Line:
    assert entry.old is not None  # nobody is asked about what is new
    return entry.old
