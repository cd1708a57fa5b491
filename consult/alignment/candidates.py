"""Which parts are worth comparing: those that share rare words.

Comparing 2,500 parts with 2,500 takes minutes. Every part has words, or pairs of words, that few
others have; an inverted index of them finds the few that it could be (as search engines and
near-duplicate detection do; Broder 1997, "On the resemblance and containment of documents").
"""

from bisect import bisect
from collections import defaultdict
from collections.abc import Iterator, Sequence

from consult.alignment.likeness import Text, Texts

# For each part: how many of its rarest features are looked up, how many entries of the index are
# looked at, how many other parts are kept, and what share of the best one's weight those have.
_RAREST = 30
_LOOKED_AT = 600
_KEPT = 6
_WORTH = 0.15

# How many are listed for a part that many others have found.
_LISTED = 12

# So many are looked at on either side of the place where a part of common words is expected.
_NEAR = 30


class Candidates:
    """For each part of a version those of the other that may be it, the most promising first.

    news: for each old place the new places; olds: the other way round.
    """

    def __init__(self, texts: Texts, olds: Sequence[int], news: Sequence[int]) -> None:
        """Look for the old and new parts at these places among all of the other version.

        Those whose place is known already are among what is found, because being as much like
        them as like anything else is a reason to doubt.
        """
        self.news: dict[int, list[int]] = defaultdict(list)
        self.olds: dict[int, list[int]] = defaultdict(list)
        found = {(i, j) for j, i in _promising(texts, texts.new, news, texts.old)}
        found.update(_promising(texts, texts.old, olds, texts.new))
        # New part by new part, which is how `texts` has its tables at hand.
        scored = [(texts.score(i, j), i, j) for j, i in sorted((j, i) for i, j in found)]
        for _score, i, j in sorted(scored, key=lambda row: (-row[0], row[1], row[2])):
            if len(self.news[i]) < _LISTED:
                self.news[i].append(j)
            if len(self.olds[j]) < _LISTED:
                self.olds[j].append(i)

    def pairs(self) -> Iterator[tuple[int, int]]:
        """Yield every pair of an old and a new place."""
        return ((i, j) for i, these in self.news.items() for j in these)


def _promising(
    texts: Texts,
    side: Sequence[Text],
    asked: Sequence[int],
    other: Sequence[Text],
) -> Iterator[tuple[int, int]]:
    """Yield pairs of a place asked about and one found on the other side."""
    found_in = texts.found
    index: dict[int, list[int]] = defaultdict(list)
    wanted = {f for place in asked for f in side[place].features if found_in[f] > 1}
    for place, text in enumerate(other):
        for feature in wanted.intersection(text.features):
            index[feature].append(place)
    for place in asked:
        known = [feature for feature in side[place].features if feature in index]
        known.sort(key=found_in.__getitem__)
        found: dict[int, float] = defaultdict(float)
        looked_at = 0
        for feature in known[:_RAREST]:
            matches = index[feature]
            looked_at += len(matches)
            if looked_at > _LOOKED_AT:
                if found:
                    break
                # All of its words are common ones: then what stands about as far down is nearest.
                at = bisect(matches, place * len(other) // len(side))
                matches = matches[max(0, at - _NEAR) : at + _NEAR]
            weight = texts.weights[feature]
            for match in matches:
                found[match] += weight
        if found:
            enough = _WORTH * max(found.values())
            worth = [entry for entry in found.items() if entry[1] >= enough]
            worth.sort(key=lambda entry: (-entry[1], entry[0]))
            yield from ((place, match) for match, _weight in worth[:_KEPT])
