"""Pairs that stand in another order than before, and those that only seem to."""

from bisect import bisect
from collections import defaultdict
from collections.abc import Sequence

from consult.alignment.anchoring import ALIKE
from consult.alignment.candidates import Candidates
from consult.alignment.chain import Pair
from consult.alignment.likeness import Texts
from consult.alignment.pairing import Pairing

#: So many parts between two neighbours are still a place.
_A_PLACE = 40

#: What a neighbour that agrees adds to the score of a pair.
NEIGHBOUR = 0.1


def pair_moved(texts: Texts, candidates: Candidates, pairing: Pairing, least: float) -> None:
    """Pair what is free and scores `least` wherever it stands, the most alike first.

    Of several that are equally alike the one with the better neighbours is taken, then the one
    about as far down as before. Short parts are too common to be found in this way: they are
    taken only where their text is free once on each side.
    """
    found = [
        (-texts.score(i, j) - NEIGHBOUR * pairing.support(i, j), _apart(texts, i, j), i, j)
        for i, j in candidates.pairs()
        if pairing.free(i, j) and texts.score(i, j) >= least
        if not texts.old[i].short and not texts.new[j].short
    ]
    for *_order, i, j in sorted(found):
        if pairing.free(i, j):
            pairing.pair(i, j)
    _pair_short(texts, pairing)


def _apart(texts: Texts, i: int, j: int) -> float:
    return abs(i / len(texts.old) - j / len(texts.new))


def _pair_short(texts: Texts, pairing: Pairing) -> None:
    free: dict[str, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for side, row, taken in ((0, texts.old, pairing.news), (1, texts.new, pairing.olds)):
        for place, text in enumerate(row):
            if text.short and not taken[place]:
                free[text.said][side].append(place)
    for olds, news in free.values():
        if len(olds) == len(news) == 1:
            pairing.pair(olds[0], news[0])


def return_to_place(texts: Texts, pairing: Pairing) -> None:
    """Let a part stay where it stood if something like it still stands there.

    Somebody who copies a paragraph to another place and edits the original leaves an identical
    text elsewhere and a similar one in place. What was said about the paragraph was said in that
    place; the copy is new. The same holds the other way round, where of two similar parts one is
    removed and the other becomes what it said.
    """
    chain = pairing.in_order(texts.size)
    in_place = set(chain)
    for i, j in pairing.singles():
        if (i, j) in in_place:
            continue
        here = [(i, other) for other in _between(chain, i, 0, pairing.olds)]
        here += [(other, j) for other in _between(chain, j, 1, pairing.news)]
        stayed = [(-texts.score(*pair), pair) for pair in here if texts.score(*pair) >= ALIKE]
        if stayed:
            pairing.part(i, j)
            pairing.pair(*min(stayed)[1])


def _between(chain: Sequence[Pair], place: int, side: int, taken: Sequence[list[int]]) -> list[int]:
    """Return what is free on the other side between the neighbours of a place in the chain.

    side: 0 for an old place, 1 for a new one; taken: the partners of the other side. Where much
    stands between them there is no such place, and nothing is returned.
    """
    at = bisect(chain, place, key=lambda pair: pair[side])
    first = chain[at - 1][1 - side] + 1 if at else 0
    last = chain[at][1 - side] if at < len(chain) else len(taken)
    if last - first > _A_PLACE:
        return []
    return [other for other in range(first, last) if not taken[other]]
