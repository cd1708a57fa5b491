"""How alike two parts are.

Two measures, each good at what the other is bad at:

- **likeness** is what people are shown: twice the words that both have in the same order (the
  longest common subsequence), divided by the words of both. It is 1 minus the share of words
  inserted and deleted (Myers 1986, "An O(ND) difference algorithm and its variations"), so that 12%
  of words changed give about 0.88. Any two English texts reach 0.3 by their small words, and two
  clauses with one formula reach 0.9.
- **weight in common**, the Dice coefficient of the words and pairs of neighbouring words, each
  weighted by how rare it is in both versions (inverse document frequency, Spärck Jones 1972). It
  tells clauses with one formula apart and sees nothing in small words, but falls quickly with
  editing.

What decides is `score`, their mean.

The longest common subsequence is counted bit-parallel (Hyyrö 2004, "Bit-parallel LCS-length
computation revisited"): Python's integers hold a row of any length, so that 100 words against 100
take 100 steps.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import log2

from consult.alignment.fates import Aligned
from consult.alignment.tokens import said, words
from consult.blocks.blocks import Kind

#: A part with fewer words says too little to be known by its words alone.
SHORT = 8

# Long parts where less of the lighter one's weight is in common have nothing to do with one another.
_FAINT = 0.1

# A heading does not become a paragraph lightly.
_OTHER_KIND = 0.05


@dataclass(frozen=True, slots=True)
class Text:
    """A part made comparable: words and features (words and pairs of words) as numbers."""

    kind: Kind
    label: str
    said: str
    words: tuple[int, ...]
    features: tuple[int, ...]
    short: bool


class Texts:
    """Both versions made comparable, and how alike their parts are.

    old, new: the parts in order. found: how many parts of both versions have each feature;
    weights: how rare that makes it, in bits; old_weights, new_weights: what those of each part
    come to.
    """

    def __init__(self, old: Sequence[Aligned], new: Sequence[Aligned]) -> None:
        self._numbers: dict[str | tuple[int, int], int] = {}
        self.old = [self._text(part) for part in old]
        self.new = [self._text(part) for part in new]
        found = Counter(f for text in (*self.old, *self.new) for f in text.features)
        size = len(old) + len(new)
        self.found = [found[f] for f in range(len(self._numbers))]
        self.weights = [log2(1 + size / number) for number in self.found]
        self.old_weights = [self._weigh(text.features) for text in self.old]
        self.new_weights = [self._weigh(text.features) for text in self.new]
        self._scores: dict[tuple[int, int], float] = {}
        self._common: dict[tuple[int, int], int] = {}
        # Those of the new parts that were looked at last: the old ones come to each in turn.
        self._features = lru_cache(maxsize=256)(self._features_of)
        self._places = lru_cache(maxsize=256)(lambda j: places(self.new[j].words))

    def _text(self, part: Aligned) -> Text:
        numbers = self._numbers
        line = said(part.kind, part.text)
        # What counts as without text begins with a line's end.
        found = [] if line.startswith("\n") else words(part.text)
        row = [numbers.setdefault(word, len(numbers)) for word in found]
        pairs = (numbers.setdefault(p, len(numbers)) for p in pairwise(row))
        features = tuple(dict.fromkeys([*row, *pairs]))
        return Text(part.kind, part.label, line, tuple(row), features, len(row) < SHORT)

    def _weigh(self, features: Iterable[int]) -> float:
        weights = self.weights
        return sum([weights[feature] for feature in features])

    def _features_of(self, j: int) -> frozenset[int]:
        return frozenset(self.new[j].features)

    def same(self, i: int, j: int) -> bool:
        """Say whether the two texts count as the same."""
        return self.old[i].said == self.new[j].said

    def likeness(self, i: int, j: int) -> float:
        """Return the share of words in common; 1.0 only where the texts count as the same."""
        if self.same(i, j):
            return 1.0
        size = len(self.old[i].words) + len(self.new[j].words)
        return min(0.99, 2 * self.common(i, j) / size) if size else 0.0

    def common(self, i: int, j: int) -> int:
        """Count the words that two parts have in common, in one order."""
        found = self._common.get((i, j))
        if found is None:
            found = self._common[i, j] = common(self.old[i].words, self._places(j))
        return found

    def score(self, i: int, j: int) -> float:
        """Return what decides whether two parts belong together, from below 0 to 1."""
        found = self._scores.get((i, j))
        if found is None:
            found = self._scores[i, j] = self._score(i, j)
        return found

    def _score(self, i: int, j: int) -> float:
        one, other = self.old[i], self.new[j]
        penalty = 0.0 if one.kind is other.kind else _OTHER_KIND
        if one.said == other.said:
            return 1.0 - penalty
        shared = self._weigh(self._features(j).intersection(one.features))
        weights = self.old_weights[i], self.new_weights[j]
        if not shared or (shared < _FAINT * min(weights) and not one.short and not other.short):
            return 0.0
        return (self.likeness(i, j) + 2 * shared / sum(weights)) / 2 - penalty

    def contained(self, i: int, j: int) -> float:
        """Return the share of an old part's weight that a new part has, 0 to 1."""
        shared = self._weigh(self._features(j).intersection(self.old[i].features))
        return shared / (self.old_weights[i] or 1.0)

    def size(self, i: int, j: int) -> float:
        """Return how much text a pair is, in words."""
        return 1.0 + min(len(self.old[i].words), len(self.new[j].words))

    def joint_likeness(self, olds: Sequence[int], news: Sequence[int]) -> float:
        """Return the likeness of several old parts and one new one, or of one and several."""
        size = sum(len(self.old[i].words) for i in olds) + sum(len(self.new[j].words) for j in news)
        return min(0.99, 2 * self.in_common(olds, news) / size) if size else 0.0

    def in_common(self, olds: Sequence[int], news: Sequence[int]) -> int:
        """Count the words in common of several old parts and one new one, or of one and several."""
        one = [self.old[i].words for i in sorted(olds)]
        other = [self.new[j].words for j in sorted(news)]
        return common_in_pieces(other, one[0]) if len(one) == 1 else common_in_pieces(one, other[0])


def common_in_pieces(pieces: Sequence[Sequence[int]], whole: Sequence[int]) -> int:
    """Count the words that several pieces, one after another, have in common with a whole.

    They are taken in the order given or, if that is better, as they stand in the whole: each
    where the middle one of those of its words stands that the whole has once.
    """
    row = places(whole)
    best = common([word for piece in pieces for word in piece], row)
    if len(pieces) > 1:
        number = Counter(whole)
        where = {word: place for place, word in enumerate(whole) if number[word] == 1}

        def middle(piece: Sequence[int]) -> int:
            spots = sorted(where[word] for word in piece if word in where)
            return spots[len(spots) // 2] if spots else len(whole)

        best = max(best, common([w for p in sorted(pieces, key=middle) for w in p], row))
    return best


def places(row: Sequence[int]) -> tuple[int, dict[int, int]]:
    """Return the length of a row of words, and for each word a bit for every place of it."""
    found: dict[int, int] = {}
    for place, word in enumerate(row):
        found[word] = found.get(word, 0) | 1 << place
    return len(row), found


def common(row: Sequence[int], other: tuple[int, dict[int, int]]) -> int:
    """Count the words of the longest common subsequence of a row and the `places` of another."""
    length, found = other
    full = (1 << length) - 1
    # A zero at each place of the other row where the longest common subsequence grows by one.
    grown = full
    for word in row:
        here = grown & found.get(word, 0)
        if here:
            grown = ((grown + here) | (grown - here)) & full
    return length - grown.bit_count()
