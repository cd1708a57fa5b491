"""What officials decided, laid over what the machine proposes.

A decision says of one old part which new ones it is, or none. It holds as it is. Where it takes a
new part that the machine was not sure about giving to another old one, that one goes to the next
best that is free and somebody has to look at it; where the machine was sure, the two are merged.
"""

from bisect import bisect, insort
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from consult.alignment import Fate as Row
from consult.alignment import FateKind, Part
from consult.alignment.likeness import Texts

#: The least likeness of what an old part that lost its place is offered instead.
ALIKE = 0.5

#: How much less alike a part may be that has the old number still.
SAME_LABEL = 0.2

#: For each old place that was decided the new places, none where it is removed.
Decisions = Mapping[int, tuple[int, ...]]

#: Gives old and new parts by their places.
Reader = Callable[[Collection[int], Collection[int]], tuple[dict[int, Part], dict[int, Part]]]


@dataclass(frozen=True, slots=True)
class Proposed:
    """What the machine says. candidates: for doubtful old places (new place, likeness), best first."""

    rows: Sequence[Row]
    candidates: Mapping[int, Sequence[tuple[int, float]]] = field(default_factory=dict)


class Links:
    """Which places belong together. news: for each old one its new ones; olds: the other way."""

    def __init__(self, pairs: Iterable[tuple[int, int]]) -> None:
        self.news: dict[int, list[int]] = defaultdict(list)
        self.olds: dict[int, list[int]] = defaultdict(list)
        for i, j in sorted(pairs):
            self.news[i].append(j)
            self.olds[j].append(i)

    def around(self, i: int) -> tuple[list[int], list[list[int]]]:
        """Return what decides the kind of an old part's fate."""
        news = self.news.get(i, [])
        return news, [self.olds[j] for j in news]


def overlay(proposed: Proposed, decisions: Decisions, read: Reader) -> list[Row]:
    """Return the fates that stand: the machine's, and the decided ones with what follows from them."""
    if not decisions:
        return list(proposed.rows)
    machine = Links(
        (r.old, r.new) for r in proposed.rows if r.old is not None and r.new is not None
    )
    pairs, displaced = _decided(proposed, machine, decisions)
    links = Links(pairs)
    rows, touched = [], []
    for row in proposed.rows:
        if row.old is None:
            continue
        if links.around(row.old) == machine.around(row.old):
            rows.append(replace(row, doubtful=row.doubtful and row.old not in decisions))
        elif row.old not in touched:
            touched.append(row.old)
    unsure = {row.old for row in proposed.rows if row.doubtful} - set(decisions) | displaced
    rows += _judged(links, touched, unsure, rows, read)
    new = {row.new for row in proposed.rows if row.new is not None}
    rows += [Row(None, j, FateKind.NEW, 0.0, False) for j in sorted(new) if j not in links.olds]
    return rows


def _decided(
    proposed: Proposed, machine: Links, decisions: Decisions
) -> tuple[set[tuple[int, int]], set[int]]:
    """Return the pairs that stand, and the old places that lost theirs to a decision."""
    unsure = {row.old for row in proposed.rows if row.doubtful and row.old is not None}
    claimed = {j for i, news in decisions.items() for j in news if j not in machine.news.get(i, ())}
    pairs = {(i, j) for i, news in decisions.items() for j in news}
    displaced: set[int] = set()
    for i, news in machine.news.items():
        if i in decisions:
            continue
        lost = claimed.intersection(news) if i in unsure else set()
        pairs.update((i, j) for j in news if j not in lost)
        displaced.update({i} if lost else ())
    for i in sorted(displaced - {i for i, _j in pairs}):
        taken = {j for _i, j in pairs}
        for j, likeness in proposed.candidates.get(i, ()):
            if j not in taken and likeness >= ALIKE:
                pairs.add((i, j))
                break
    return pairs, displaced


def _judged(
    links: Links,
    olds: Sequence[int],
    unsure: set[int | None],
    standing: Iterable[Row],
    read: Reader,
) -> list[Row]:
    """Return the fates of the old parts `olds`, told from their texts and from where they stand."""
    news = {j for i in olds for j in links.news.get(i, ())}
    beside = {i for j in news for i in links.olds[j]}
    alike = Likenesses(read, beside, news)
    in_place = sorted(
        (row.old, row.new)
        for row in standing
        if row.kind in (FateKind.UNCHANGED, FateKind.EDITED)
        and row.old is not None
        and row.new is not None
    )
    rows = []
    for i in olds:
        those = links.news.get(i, [])
        doubtful = i in unsure
        if not those:
            rows.append(Row(i, None, FateKind.REMOVED, 0.0, doubtful))
        for j in those:
            these = links.olds[j]
            if len(those) > 1 or len(these) > 1:
                kind = FateKind.SPLIT if len(those) > 1 else FateKind.MERGED
                rows.append(Row(i, j, kind, alike.together(these, those), doubtful))
                continue
            likeness = alike.of(i, j)
            kind = FateKind.MOVED
            if _fits(in_place, i, j):
                insort(in_place, (i, j))
                kind = FateKind.UNCHANGED if likeness == 1.0 else FateKind.EDITED
            rows.append(Row(i, j, kind, likeness, doubtful))
    return rows


def _fits(in_place: Sequence[tuple[int, int]], i: int, j: int) -> bool:
    """Say whether a pair crosses none of those that stand in their order."""
    at = bisect(in_place, (i, j))
    return (at == 0 or in_place[at - 1][1] < j) and (at == len(in_place) or j < in_place[at][1])


class Likenesses:
    """How alike a few old and new parts are."""

    def __init__(self, read: Reader, olds: Collection[int], news: Collection[int]) -> None:
        one, other = read(olds, news) if olds and news else ({}, {})
        self._old = {place: at for at, place in enumerate(one)}
        self._new = {place: at for at, place in enumerate(other)}
        self._texts = Texts(list(one.values()), list(other.values()))

    def of(self, i: int, j: int) -> float:
        """Return the likeness of an old and a new part."""
        return self._texts.likeness(self._old[i], self._new[j])

    def claim(self, i: int, j: int) -> float:
        """Return how much a new part looks like the old one to readers, who know it by its number."""
        one, other = self._old[i], self._new[j]
        label = self._texts.old[one].label
        same = bool(label) and label == self._texts.new[other].label
        return self._texts.likeness(one, other) + (SAME_LABEL if same else 0.0)

    def together(self, olds: Sequence[int], news: Sequence[int]) -> float:
        """Return the likeness of several, one after another."""
        return self._texts.joint_likeness(
            [self._old[i] for i in olds], [self._new[j] for j in news]
        )
