"""The heaviest set of pairs that keep their order."""

from collections.abc import Iterable

Pair = tuple[int, int]


def heaviest_chain(pairs: Iterable[tuple[int, int, float]]) -> list[Pair]:
    """Return those (old, new) pairs that rise on both sides and weigh the most together.

    Takes (old, new, weight > 0); each old and each new place is used once at most. This is the
    heaviest increasing subsequence (Jacobson and Vo 1992, "Heaviest increasing/common
    subsequence problems"), found in n log n steps with a tree of best sums (Fenwick 1994).

    The result is always the same, and of equal weights it has what stands later: a paragraph that
    is put before one that says the same does not take its place.
    """
    # Backwards, so that what stands later is found first.
    backwards = ((-old, -new, weight) for old, new, weight in pairs)
    ordered = sorted(backwards, key=lambda pair: (pair[0], -pair[1]))
    ranks = {new: rank for rank, new in enumerate(sorted({p[1] for p in ordered}), start=1)}
    # tree[r]: the best sum of a chain that ends at one of the ranks below r, and its last pair.
    tree: list[tuple[float, int]] = [(0.0, -1)] * (len(ranks) + 1)
    before: list[int] = []
    for number, (_old, new, weight) in enumerate(ordered):
        total, last = 0.0, -1
        rank = ranks[new] - 1
        while rank > 0:
            if tree[rank][0] > total:
                total, last = tree[rank]
            rank &= rank - 1
        before.append(last)
        total += weight
        rank = ranks[new]
        while rank < len(tree):
            if tree[rank][0] < total:
                tree[rank] = (total, number)
            rank += rank & -rank
    return _walk(ordered, before, max(tree, key=lambda entry: entry[0])[1])


def _walk(ordered: list[tuple[int, int, float]], before: list[int], last: int) -> list[Pair]:
    chain: list[Pair] = []
    while last >= 0:
        old, new, _weight = ordered[last]
        chain.append((-old, -new))
        last = before[last]
    return chain
