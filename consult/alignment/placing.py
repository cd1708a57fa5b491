"""Pairs that are found by where they stand, between parts that are known already.

Within a gap between neighbours that are known the parts are aligned in order, so that the sum of
what they have in common is the greatest: what Needleman and Wunsch (1970) do for proteins and Gale
and Church (1993, "A program for aligning sentences in bilingual corpora") for translated texts.
Order is what tells two parts of one text apart, and what knows a list's short items.
"""

from collections.abc import Iterable, Iterator

from consult.alignment.anchoring import MARGIN
from consult.alignment.candidates import Candidates
from consult.alignment.chain import heaviest_chain
from consult.alignment.likeness import Texts
from consult.alignment.pairing import Gap, Pairing, gaps, gaps_beside
from consult.blocks.blocks import Kind

# In a larger gap only candidates and what stands about as far down are compared.
_COMPARED_WHOLLY = 400
_NEAR = 4

# What tips the scales among equals.
_TIP = 0.02


def pair_in_gaps(
    texts: Texts, candidates: Candidates, pairing: Pairing, least: float, least_short: float
) -> None:
    """Pair what is free in the gaps of the main order, then beside each pair that left it.

    least: the score that a pair needs; least_short: that of a pair with a short part. A pair that
    is clearly worse than another that either could have elsewhere is left alone.
    """

    def fill(gap: Gap) -> None:
        found = []
        for i, j in _compared(gap, candidates):
            over = texts.score(i, j) - _enough(texts, i, j, least, least_short)
            if over >= 0 and not _better_elsewhere(texts, candidates, pairing, i, j):
                found.append((i, j, over + _tip(texts, pairing, i, j)))
        for i, j in heaviest_chain(found):
            pairing.pair(i, j)

    in_order = pairing.in_order(texts.size)
    for gap in list(gaps(pairing, in_order)):
        fill(gap)
    main = set(in_order)
    # Each pair found beside one that moved may have neighbours in its turn.
    moved = [pair for pair in pairing.pairs() if pair not in main]
    for i, j in moved:
        for gap in gaps_beside(pairing, i, j):
            fill(gap)


def pair_lone(texts: Texts, pairing: Pairing, least: float) -> None:
    """Pair the one part that is free in a gap with the one on the other side, if of one kind."""
    for olds, news in list(gaps(pairing, pairing.in_order(texts.size))):
        if len(olds) == len(news) == 1:
            i, j = olds[0], news[0]
            if texts.old[i].kind is texts.new[j].kind and texts.score(i, j) >= least:
                pairing.pair(i, j)


def _better_elsewhere(
    texts: Texts, candidates: Candidates, pairing: Pairing, i: int, j: int
) -> bool:
    enough = texts.score(i, j) + MARGIN
    return any(
        pairing.free(*pair) and texts.score(*pair) >= enough
        for pair in (
            *((i, other) for other in candidates.news.get(i, ())),
            *((other, j) for other in candidates.olds.get(j, ())),
        )
    )


def _enough(texts: Texts, i: int, j: int, least: float, least_short: float) -> float:
    return least_short if texts.old[i].short or texts.new[j].short else least


def _tip(texts: Texts, pairing: Pairing, i: int, j: int) -> float:
    """Return what is added to a pair for its label and for what stands next to it on both sides."""
    old, new = texts.old[i], texts.new[j]
    reasons = 1 + (bool(old.label) and old.label == new.label)
    reasons += pairing.beside(i, j, -1)
    # A heading belongs to what stands under it, more than to what stands above.
    reasons += pairing.beside(i, j, 1) * (2 if old.kind is Kind.HEADING else 1)
    return _TIP * reasons


def _compared(gap: Gap, candidates: Candidates) -> Iterable[tuple[int, int]]:
    olds, news = gap
    if len(olds) * len(news) <= _COMPARED_WHOLLY:
        # New part by new part, which is how `texts` has its tables at hand.
        return ((i, j) for j in news for i in olds)
    return _near(olds, news, candidates)


def _near(olds: list[int], news: list[int], candidates: Candidates) -> Iterator[tuple[int, int]]:
    inside = set(olds)
    for number, j in enumerate(news):
        middle = number * len(olds) // len(news)
        near = olds[max(0, middle - _NEAR) : middle + _NEAR + 1]
        yield from (
            (i, j) for i in sorted({*near, *inside.intersection(candidates.olds.get(j, ()))})
        )
