"""What a person has to look at.

A wrong match that nobody is shown is the worst that can happen: somebody's words appear beside a
text that they were not about. So a pair is certain only for a reason that is written here.
"""

from collections.abc import Iterable
from itertools import groupby

from consult.alignment.anchoring import ALIKE
from consult.alignment.candidates import Candidates
from consult.alignment.likeness import Texts
from consult.alignment.moving import NEIGHBOUR
from consult.alignment.pairing import Pairing
from consult.alignment.sections import headings_above
from consult.blocks.blocks import Kind

#: The least likeness of an edited part that is certain, and of the pieces of a split or merge.
_CERTAIN = 0.6
_CERTAIN_TOGETHER = 0.65

#: The share of its words that a piece has in the whole to be wholly in it.
_WHOLLY = 0.8

#: The likeness of a piece that is nearly the whole.
_NEARLY = 0.8

#: The share of a removed part's words that a new part has and no other old part brought.
_BROUGHT = 0.35

#: The share of its weight in rare words that it needs besides, or small words would do.
_CONTAINED = 0.25

#: Texts of fewer words say little: others may say the same by chance.
_LITTLE = 12

#: The score of something free from which on it is doubtful that an old part was removed.
_MAYBE = 0.3


class Doubts:
    """Says of what was found which of it is doubtful."""

    def __init__(self, texts: Texts, candidates: Candidates, pairing: Pairing) -> None:
        self.texts, self.candidates, self.pairing = texts, candidates, pairing
        self._twins_old = _twins(text.said for text in texts.old)
        self._twins_new = _twins(text.said for text in texts.new)
        self._lengths_old = _lengths(text.said for text in texts.old)
        self._lengths_new = _lengths(text.said for text in texts.new)
        self._above_old = headings_above(texts.old)
        self._above_new = headings_above(texts.new)
        self._said_old = {text.said: i for i, text in enumerate(texts.old)}
        self._said_new = {text.said: j for j, text in enumerate(texts.new)}

    def of_pair(self, i: int, j: int, in_place: bool) -> bool:
        """Say whether it is doubtful that these two are one.

        Of two titles it never is. Of others it is where they are not alike enough; where they say
        little, or what others say as well, and the neighbours do not agree (both, if they were
        edited; one, if they were not; none for a text that stands once in each version and in the
        same order or under the same heading); where the same text stands several times in a row
        and not as often as before; and where something else is, with its neighbours, about as
        good.
        """
        old, new = self.texts.old[i], self.texts.new[j]
        if old.kind is Kind.TITLE and new.kind is Kind.TITLE:
            return False
        support = self.pairing.support(i, j)
        if old.said != new.said:
            if self.texts.likeness(i, j) < _CERTAIN or self.texts.score(i, j) < ALIKE:
                return True
            if support < 2 and (self._says_little(i, j) or self._is_formula(i, j)):
                return True
        elif self._lengths_old[i] != self._lengths_new[j]:
            return True
        elif self._says_little(i, j) and not support and not self._same_section(i, j):
            return not in_place or bool(self._twins_old[i] or self._twins_new[j])
        return self._rivalled(i, j)

    def _is_formula(self, i: int, j: int) -> bool:
        """Say whether one of the two is about as like something else, wherever that belongs."""
        enough = self.texts.score(i, j) - NEIGHBOUR
        others = [(i, other) for other in self.candidates.news.get(i, ()) if other != j]
        others += [(other, j) for other in self.candidates.olds.get(j, ()) if other != i]
        return any(self.texts.score(*pair) >= enough for pair in others)

    def _same_section(self, i: int, j: int) -> bool:
        """Say whether two parts stand under one heading, or both under none.

        Of two headings it says whether what follows them is a pair.
        """
        if self.texts.old[i].kind is Kind.HEADING:
            return self.pairing.beside(i, j, 1)
        one, other = self._above_old[i], self._above_new[j]
        return one == other if min(one, other) < 0 else other in self.pairing.news[one]

    def _says_little(self, i: int, j: int) -> bool:
        return min(len(self.texts.old[i].words), len(self.texts.new[j].words)) < _LITTLE

    def of_group(self, olds: list[int], news: list[int]) -> bool:
        """Say whether a split or a merge is doubtful.

        It is where the pieces do not make up the whole, where one of them nearly does and another
        says so little that its words may be there by chance, where something else could be one of
        them, and where they stood apart and one of them has words that are not in the whole.
        """
        if self.texts.joint_likeness(olds, news) < _CERTAIN_TOGETHER:
            return True
        pieces = [(i, j) for i in olds for j in news]
        if any(self._replaceable(i, j, len(olds) > 1) for i, j in pieces):
            return True
        if self._stray(olds if len(olds) > 1 else news, pieces):
            return True
        little = any(self._says_little(i, j) for i, j in pieces)
        return little and any(self.texts.likeness(i, j) >= _NEARLY for i, j in pieces)

    def _replaceable(self, i: int, j: int, merged: bool) -> bool:
        """Say whether a free part is about as like the whole as a piece is."""
        enough = self.texts.score(i, j) - NEIGHBOUR
        if merged:
            olds = self.candidates.olds.get(j, ())
            return any(not self.pairing.news[o] and self.texts.score(o, j) >= enough for o in olds)
        news = self.candidates.news.get(i, ())
        return any(not self.pairing.olds[n] and self.texts.score(i, n) >= enough for n in news)

    def _stray(self, group: list[int], pieces: list[tuple[int, int]]) -> bool:
        """Say whether a piece that does not stand next to another is not wholly in the whole."""
        for place, (i, j) in zip(group, pieces, strict=True):
            size = min(len(self.texts.old[i].words), len(self.texts.new[j].words))
            beside = {place - 1, place + 1}.intersection(group)
            if not beside and self.texts.common(i, j) < _WHOLLY * size:
                return True
        return False

    def of_removed(self, i: int) -> bool:
        """Say whether it is doubtful that an old part is gone.

        It is where something new is like it, where a part that came from another one says much of
        what this one said, and where it was one of several in a row that said the same.
        """
        if self._lengths_old[i] > 1 and self.texts.old[i].said in self._said_new:
            return True
        return any(
            self._brought(i, j) or (not self.pairing.olds[j] and self.texts.score(i, j) >= _MAYBE)
            for j in self.candidates.news.get(i, ())
        )

    def _brought(self, i: int, j: int) -> bool:
        """Say whether a new part has much of what an old one said, and from no other old part."""
        size = len(self.texts.old[i].words)
        if size < _LITTLE or not self.texts.score(i, j):
            return False
        if self.texts.common(i, j) < _BROUGHT * size or self.texts.contained(i, j) < _CONTAINED:
            return False
        olds = self.pairing.olds[j]
        brought = self.texts.in_common([*olds, i], [j]) - self.texts.in_common(olds, [j])
        return brought >= _BROUGHT * size

    def _rivalled(self, i: int, j: int) -> bool:
        mine = self._strength(i, j)
        return any(
            self._strength(*rival) > mine - NEIGHBOUR + 1e-9
            for rival in self._rivals(i, j)
            if not self._explained(*rival)
        )

    def _strength(self, i: int, j: int) -> float:
        """Return the score of a pair with what its neighbours and its heading say for it."""
        context = self.pairing.support(i, j) + self._same_section(i, j)
        return self.texts.score(i, j) + NEIGHBOUR * context

    def _explained(self, i: int, j: int) -> bool:
        """Say whether one of the two has a partner that it is much more like."""
        enough = self.texts.score(i, j) + NEIGHBOUR
        held = [(i, other) for other in self.pairing.news[i]]
        held += [(other, j) for other in self.pairing.olds[j]]
        return any(self.texts.score(*pair) >= enough for pair in held)

    def _rivals(self, i: int, j: int) -> Iterable[tuple[int, int]]:
        """Yield pairs that could stand in place of this one."""
        yield from ((i, other) for other in self.candidates.news.get(i, ()) if other != j)
        yield from ((other, j) for other in self.candidates.olds.get(j, ()) if other != i)
        yield from ((i, other) for other in self._twins_new[j])
        yield from ((other, j) for other in self._twins_old[i])
        old, new = self.texts.old[i].said, self.texts.new[j].said
        if old != new and old in self._said_new:
            yield i, self._said_new[old]
        if old != new and new in self._said_old:
            yield self._said_old[new], j


def _twins(texts: Iterable[str]) -> list[list[int]]:
    """Return for each place the nearest places before and after it that say the same."""
    row = list(texts)
    twins: list[list[int]] = [[] for _ in row]
    last: dict[str, int] = {}
    for place, text in enumerate(row):
        if text in last:
            twins[place].append(last[text])
            twins[last[text]].append(place)
        last[text] = place
    return twins


def _lengths(texts: Iterable[str]) -> list[int]:
    """Return for each place how many in a row say the same there."""
    lengths: list[int] = []
    for _text, row in groupby(texts):
        length = len(list(row))
        lengths += [length] * length
    return lengths
