"""Runs of words that two texts have in common, chosen so that a person can read what is left.

The longest common subsequence of the words (Myers 1986, "An O(ND) difference algorithm and its
variations") gives the fewest words inserted and deleted, and that is not what people read best:
where a sentence was written anew, an "of" and a "the" stand by chance in both, and the sentence
becomes confetti. So an island that is smaller than the changes around it is taken into them, and
an insertion that could stand at several places is shown where a sentence begins (both after
Fraser's "semantic cleanup" in diff-match-patch, 2006).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, compress, pairwise, takewhile
from operator import sub

from consult.alignment.likeness import places
from consult.alignment.tokens import TOKEN
from consult.text.folding import fold_typography

# Bits that a comparison may take, 32 MB; what is larger is shown as deleted and inserted whole.
_MOST_BITS = 1 << 28

# Texts with a smaller share of words in common are shown one after the other.
_HARDLY_ALIKE = 0.25

# So many words in a row are never taken for chance.
_NO_ISLAND = 8

# How far an insertion is moved to find where a sentence begins.
_FARTHEST = 100

_ENDS = frozenset(".!?;:。！？；：।؟")


@dataclass(slots=True)
class Run:
    """Words of the old text and equally many of the new one that are the same, by their places."""

    old: int
    new: int
    length: int


class Row:
    """A text as words and signs, without typography and white space, and where each stands."""

    def __init__(self, text: str) -> None:
        self.text = text
        tokens = TOKEN.findall(text)
        # The tokens are the whole text, so that their lengths say where each of them stands.
        kept = [not blank for blank in map(str.isspace, tokens)]
        words = list(compress(tokens, kept))
        self.words = words if text.isascii() else list(map(_folded, words))
        self._ends = list(compress(accumulate(map(len, tokens)), kept))
        self._starts = list(map(sub, self._ends, map(len, words)))

    def between(self, first: int, last: int) -> str:
        """Return the text from the end of the word before `first` to the beginning of `last`."""
        start = self._ends[first - 1] if first else 0
        end = self._starts[last] if last < len(self.words) else len(self.text)
        return self.text[start:end]

    def word(self, place: int) -> str:
        """Return a word as it was written."""
        return self.text[self._starts[place] : self._ends[place]]

    def stretch(self, first: int, length: int) -> str:
        """Return the text from the word at `first`, so many words long."""
        return self.text[self._starts[first] : self._ends[first + length - 1]]

    def size(self, first: int, last: int) -> int:
        """Return how many characters the words from `first` to before `last` have."""
        return sum(map(len, self.words[first:last]))


def _folded(word: str) -> str:
    return word if word.isascii() else fold_typography(word)


def readable_runs(before: Row, after: Row) -> list[Run]:
    """Return what two texts have in common, in order."""
    runs = _runs(before.words, after.words)
    kept = sum(run.length for run in runs)
    if 2 * kept < _HARDLY_ALIKE * (len(before.words) + len(after.words)):
        return []
    return _slid(before.words, after.words, _without_islands(before, after, runs))


def _runs(before: Sequence[str], after: Sequence[str]) -> list[Run]:
    """Return a longest common subsequence as runs of words that follow one another in both."""
    first = _alike(before, after)
    last = _alike(before[first:][::-1], after[first:][::-1])
    runs = [Run(0, 0, first)]
    for i, j in _common(before[first : len(before) - last], after[first : len(after) - last]):
        i, j = first + i, first + j
        if runs[-1].old + runs[-1].length == i and runs[-1].new + runs[-1].length == j:
            runs[-1].length += 1
        else:
            runs.append(Run(i, j, 1))
    runs.append(Run(len(before) - last, len(after) - last, last))
    return [run for run in runs if run.length]


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    """Count the words that both begin with."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _common(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int]]:
    """Return the places of the words of a longest common subsequence."""
    if not before or not after or len(before) * len(after) > _MOST_BITS:
        return []
    numbers: dict[str, int] = {}
    row = [numbers.setdefault(word, len(numbers)) for word in before]
    length, found = places([numbers.setdefault(word, len(numbers)) for word in after])
    full = (1 << length) - 1
    # For each word of the old text a zero where the subsequence grows: see likeness.common.
    grown = [full]
    for word in row:
        last = grown[-1]
        here = last & found.get(word, 0)
        grown.append(((last + here) | (last - here)) & full)
    pairs = []
    i, j = len(before), length
    while i and j:
        if before[i - 1] == after[j - 1]:
            i, j = i - 1, j - 1
            pairs.append((i, j))
        elif grown[i] >> (j - 1) & 1:
            j -= 1
        else:
            i -= 1
    return pairs[::-1]


def _without_islands(before: Row, after: Row, runs: list[Run]) -> list[Run]:
    """Leave out runs that are smaller than the change before them and the change after them."""
    kept: list[Run] = []
    for number, run in enumerate(runs):
        kept.append(run)
        following = runs[number + 1] if number + 1 < len(runs) else None
        # What is left out makes the change after the run before it larger.
        while kept and _is_island(before, after, kept, following):
            kept.pop()
    return kept


def _is_island(before: Row, after: Row, kept: list[Run], following: Run | None) -> bool:
    """Say whether the last of the runs kept is smaller than the changes on both its sides.

    It has to be so in words as well as in characters: between two changed numbers an "in" stays.
    At the beginning and at the end of the texts there is no change to be part of.
    """
    run = kept[-1]
    last = kept[-2] if len(kept) > 1 else Run(0, 0, 0)
    old_next = following.old if following else len(before.words)
    new_next = following.new if following else len(after.words)
    changes = (
        ((last.old + last.length, run.old), (last.new + last.length, run.new)),
        ((run.old + run.length, old_next), (run.new + run.length, new_next)),
    )
    size = before.size(run.old, run.old + run.length)
    return run.length < _NO_ISLAND and all(
        run.length < max(gone[1] - gone[0], come[1] - come[0])
        and size <= max(before.size(*gone), after.size(*come))
        for gone, come in changes
    )


def _slid(before: Sequence[str], after: Sequence[str], runs: list[Run]) -> list[Run]:
    """Move words that were only inserted or only deleted to where a sentence begins.

    "It is. [It was.] It will" says the same as "It [is. It was.] It will" and reads better.
    """
    for one, other in pairwise(runs):
        only_inserted = one.old + one.length == other.old
        only_deleted = one.new + one.length == other.new
        if only_inserted == only_deleted:
            continue
        row = after if only_inserted else before
        first = one.length + (one.new if only_inserted else one.old)
        last = other.new if only_inserted else other.old
        step = _best_step(row, first, last, one.length, other.length)
        one.length += step
        other.old, other.new, other.length = other.old + step, other.new + step, other.length - step
    return [run for run in runs if run.length]


def _best_step(row: Sequence[str], first: int, last: int, left: int, right: int) -> int:
    """Return how far the words from `first` to before `last` go: how many words, forwards.

    left, right: how many words that are the same stand before and after them.
    """
    best, best_score = 0, _at_sentence(row, first, last)
    for direction, room in ((-1, left), (1, right)):
        step = 0
        while abs(step) < min(room, _FARTHEST):
            out = last + step - 1 if direction < 0 else first + step
            into = first + step - 1 if direction < 0 else last + step
            if row[out] != row[into]:
                break
            step += direction
            score = _at_sentence(row, first + step, last + step)
            if score > best_score:
                best, best_score = step, score
    return best


def _at_sentence(row: Sequence[str], first: int, last: int) -> int:
    """Count the ends of a stretch of words, 0 to 2, that are where a sentence or clause ends."""
    return (first == 0 or row[first - 1] in _ENDS) + (row[last - 1] in _ENDS)
