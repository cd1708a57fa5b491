"""What has been found so far: which old part is which new one."""

from collections.abc import Callable, Iterator, Sequence

from consult.alignment.chain import Pair, heaviest_chain

#: Places of old parts and places of new ones that may belong together.
Gap = tuple[list[int], list[int]]


class Pairing:
    """Pairs found so far.

    news: for each old part its new ones (several: it was split). olds: for each new part its old
    ones (several: they were merged).
    """

    def __init__(self, old: int, new: int) -> None:
        self.news: list[list[int]] = [[] for _ in range(old)]
        self.olds: list[list[int]] = [[] for _ in range(new)]

    def pair(self, i: int, j: int) -> None:
        """Say that old part i is new part j, or a piece of it, or the other way round."""
        self.news[i] = sorted([*self.news[i], j])
        self.olds[j] = sorted([*self.olds[j], i])

    def part(self, i: int, j: int) -> None:
        """Take a pair back."""
        self.news[i].remove(j)
        self.olds[j].remove(i)

    def free(self, i: int, j: int) -> bool:
        """Say whether both are without a partner."""
        return not self.news[i] and not self.olds[j]

    def singles(self) -> list[Pair]:
        """Return the pairs of one old and one new part, in the old order."""
        return [
            (i, news[0])
            for i, news in enumerate(self.news)
            if len(news) == 1 and len(self.olds[news[0]]) == 1
        ]

    def pairs(self) -> list[Pair]:
        """Return all pairs, in the old order."""
        return [(i, j) for i, news in enumerate(self.news) for j in news]

    def in_order(self, weigh: Callable[[int, int], float]) -> list[Pair]:
        """Return the pairs that stayed in place: those in one order that weigh the most."""
        return heaviest_chain((i, j, weigh(i, j)) for i, j in self.pairs())

    def support(self, i: int, j: int) -> int:
        """Count the neighbours, one on each side, that belong together: 0, 1 or 2.

        The neighbours are the nearest parts that have partners, so that what was added or removed
        in between does not matter. If one of the two is free, the other is taken for free as
        well: so it is asked how they would fit if they were a pair. The two beginnings belong
        together, and the two ends.
        """
        return sum(self._agree(i, j, step) for step in (-1, 1))

    def beside(self, i: int, j: int, step: int) -> bool:
        """Say whether what stands next to the two, before (-1) or after (1), is a pair."""
        one, other = i + step, j + step
        return 0 <= one < len(self.news) and other in self.news[one]

    def _agree(self, i: int, j: int, step: int) -> bool:
        one = _nearest(self.news, i, step, self.olds[j] if not self.news[i] else ())
        other = _nearest(self.olds, j, step, self.news[i] if not self.olds[j] else ())
        if one is None or other is None:
            return one is other
        return other in self.news[one]


def _nearest(
    side: Sequence[list[int]], place: int, step: int, without: Sequence[int]
) -> int | None:
    place += step
    while 0 <= place < len(side):
        if side[place] and place not in without:
            return place
        place += step
    return None


def gaps(pairing: Pairing, chain: Sequence[Pair]) -> Iterator[Gap]:
    """Yield what is free between each two neighbours of a chain of pairs."""
    last_i = last_j = -1
    for i, j in (*chain, (len(pairing.news), len(pairing.olds))):
        olds = [place for place in range(last_i + 1, i) if not pairing.news[place]]
        news = [place for place in range(last_j + 1, j) if not pairing.olds[place]]
        if olds and news:
            yield olds, news
        last_i, last_j = i, j


def gaps_beside(pairing: Pairing, i: int, j: int) -> Iterator[Gap]:
    """Yield what is free just after a pair on both sides, then what is free just before it."""
    for step in (1, -1):
        olds = _run(pairing.news, i, step)
        news = _run(pairing.olds, j, step)
        if olds and news:
            yield olds, news


def _run(side: Sequence[list[int]], place: int, step: int) -> list[int]:
    run = []
    place += step
    while 0 <= place < len(side) and not side[place]:
        run.append(place)
        place += step
    return sorted(run)
