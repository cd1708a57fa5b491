"""Pairs that are clear from the words alone, wherever they stand.

The first idea is Heckel's (1978, "A technique for isolating differences between files"): a text
that stands once in each version is the same part, however far it has moved. The second carries it
over to edited texts: two parts are one if each is much more like the other than like anything
else. What stands twice, or says little, is left to those who look at the neighbours.
"""

from collections import defaultdict

from consult.alignment.candidates import Candidates
from consult.alignment.chain import Pair
from consult.alignment.likeness import Texts
from consult.alignment.pairing import Pairing

#: The least score of two parts that are taken for one.
ALIKE = 0.5

#: How much better than the next best a pair has to be to be clear.
MARGIN = 0.15


def once_in_both(texts: Texts) -> list[Pair]:
    """Return the places of texts that stand once in each version and are not short."""
    places: dict[str, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for side, row in enumerate((texts.old, texts.new)):
        for place, text in enumerate(row):
            places[text.said][side].append(place)
    return [
        (olds[0], news[0])
        for olds, news in places.values()
        if len(olds) == len(news) == 1 and not texts.old[olds[0]].short
    ]


def pair_clear(texts: Texts, candidates: Candidates, pairing: Pairing) -> None:
    """Pair those long enough that are each other's best by MARGIN."""
    for i, news in candidates.news.items():
        j = news[0]
        if not pairing.free(i, j) or texts.old[i].short or texts.new[j].short:
            continue
        score = texts.score(i, j)
        others = [texts.score(i, other) for other in news[1:]]
        others += [texts.score(other, j) for other in candidates.olds[j] if other != i]
        if score >= ALIKE and score - max(others, default=0.0) >= MARGIN:
            pairing.pair(i, j)
