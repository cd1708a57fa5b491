"""What was taken out where something new was put in: perhaps it was only written anew.

By their words nobody would take the two for one, and the machine does not. But whoever wrote it may
know that 3.2 is 3.2 still, and where people have spoken of it their comments depend on the answer.
"""

from bisect import bisect
from collections import defaultdict
from collections.abc import Iterable

from consult.alignment import FateKind

#: So many in a row, at most, are taken one for one.
MOST = 5

_IN_PLACE = (FateKind.UNCHANGED, FateKind.EDITED)


def replacements(fates: Iterable[tuple[int | None, int | None, FateKind]]) -> dict[int, int]:
    """Return for places where something was removed the places of what is new in its stead.

    Takes the old place, the new place and the kind of every fate. Between two neighbours that stayed
    in their order as many parts have to be new as were removed; then the first stands for the first.
    """
    stayed: list[tuple[int, int]] = []
    removed, new = [], []
    for i, j, kind in fates:
        if i is not None and j is not None:
            stayed += [(i, j)] if kind in _IN_PLACE else []
        elif i is not None:
            removed.append(i)
        elif j is not None:
            new.append(j)
    olds, news = _in_gaps(removed, [i for i, _j in stayed]), _in_gaps(new, [j for _i, j in stayed])
    return {
        i: j
        for gap, those in olds.items()
        if len(those) == len(news[gap]) <= MOST
        for i, j in zip(those, news[gap], strict=True)
    }


def _in_gaps(places: list[int], stayed: list[int]) -> defaultdict[int, list[int]]:
    """Return the places in order, by how many of those that stayed stand before them."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    before = sorted(stayed)
    for place in sorted(places):
        found[bisect(before, place)].append(place)
    return found
