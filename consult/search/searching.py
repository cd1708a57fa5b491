"""A query carried through all segments within its time: hits in order, total and facets."""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from heapq import nlargest
from math import ceil
from typing import NamedTuple

from consult.search.entries import EntryKind
from consult.search.matching import Deadline, Matching, OutOfTime, Statistics
from consult.search.query import Phrase, Query, Word
from consult.search.results import DEEPEST, Facets, Hit, Order, Results
from consult.search.segments import FACETS, Facts, Segment
from consult.search.writing import label_term


class Candidate(NamedTuple):
    """An entry as it is compared with others; the identifier makes the order certain."""

    score: float
    created: float
    id: str
    facts: Facts


class Search:
    """Gathers, segment after segment, what one search needs.

    `filters` maps names of facets to values; `within` are the consultations that whoever asks may
    read, None standing for all; `without` are the identifiers of entries that do not count.
    """

    def __init__(
        self,
        segments: Mapping[Segment, Collection[int]],
        query: Query,
        filters: Mapping[str, str],
        within: Collection[str] | None,
        without: Collection[str],
        order: Order,
    ) -> None:
        self._segments = segments
        self._query = query
        self._filters = filters
        self._within = within
        self._without = without
        self._order = order
        self._total = 0
        self._facets = Facets()
        self._best: list[Candidate] = []
        self._complete = True

    def run(self, page: int, size: int, deadline: Deadline) -> Results:
        """Search the newest segments first; when time runs out, leave the older ones out."""
        page = max(page, 1)
        depth = min(page * size, DEEPEST)
        statistics = Statistics(self._segments, self._query)
        try:
            for segment in sorted(self._segments, key=lambda one: one.newest, reverse=True):
                self._take(segment, deadline, statistics, depth)
        except OutOfTime:
            self._complete = False
        return Results(
            hits=[_hit(candidate.facts) for candidate in self._best[(page - 1) * size : depth]],
            total=self._total,
            facets=self._facets,
            page=page,
            pages=ceil(min(self._total, DEEPEST) / size),
            complete=self._complete,
        )

    def _take(
        self, segment: Segment, deadline: Deadline, statistics: Statistics, depth: int
    ) -> None:
        matching = Matching(segment, self._segments[segment], self._query, deadline)
        found = matching.entries()
        if self._within is not None:
            found &= frozenset().union(
                *(segment.members("consultation", slug) for slug in self._within)
            )
        for id_ in self._without:
            for block in segment.blocks("id", id_):
                found.difference_update(block.entries)
        chosen = self._filtered(segment, found)
        scores: Mapping[int, float] = {}
        if self._order is Order.BEST:
            scores = matching.scores(chosen, statistics, _label(self._query))
        facts = segment.facts

        def rank(entry: int) -> tuple[float, float, str]:
            known = facts[entry]
            return scores.get(entry, 0.0), known.created, known.id

        candidates = (
            Candidate(*rank(entry), facts[entry]) for entry in nlargest(depth, chosen, key=rank)
        )
        best = nlargest(depth, [*self._best, *candidates])
        # Only now, so that a segment counts in whole or not at all.
        deadline.check()
        self._best = best
        self._total += len(chosen)
        for facet in FACETS:
            column = segment.facets[facet]
            counted = getattr(self._facets, facet)
            counted.update(map(column.__getitem__, self._filtered(segment, found, facet)))
            counted.pop("", None)

    def _filtered(self, segment: Segment, found: set[int], besides: str = "") -> set[int]:
        for facet, value in self._filters.items():
            if facet != besides:
                found = found & segment.members(facet, value)
        return found


def _hit(facts: Facts) -> Hit:
    return Hit(
        id=facts.id,
        kind=EntryKind(facts.kind),
        consultation=facts.consultation,
        document=facts.document,
        contribution=facts.contribution,
        status=facts.status,
        created_at=datetime.fromtimestamp(facts.created, UTC),
    )


def _label(query: Query) -> str:
    """The term of a paragraph's number if the query may be one, as "3.12(a)" or "article 5"."""
    if len(query.groups) != 1:
        return ""
    words: list[str] = []
    for term in query.groups[0].required:
        match term:
            case Word(text):
                words.append(text)
            case Phrase(several):
                words.extend(several)
            case _:
                return ""
    return label_term(words) if words else ""
