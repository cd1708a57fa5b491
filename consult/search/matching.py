"""Which entries of one segment answer a query, and how well.

The matchers of Whoosh cannot be stopped: its time limit is looked at when a hit is collected, and a
phrase of common words may run for long without one. Here every list of postings is read in whole
and sets are combined, which is also several times faster; the clock is looked at in between.
"""

from collections.abc import Collection, Mapping
from math import log
from time import monotonic

from consult.search.query import Group, Phrase, Prefix, Query, Term, Word
from consult.search.segments import Segment, positions
from consult.search.word_analysis import stem

# Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond (2009).
_SATURATION = 1.2
_LENGTH_MATTERS = 0.75
# A word that stands in so many entries of a segment says little by its spelling, and takes long.
_COMMON = 2_500
# So many of the rarest terms decide the order; the others have next to no say in it.
_DECIDING = 6
# More than all words together can give: a paragraph's own number comes first.
_LABEL = 1000.0


class OutOfTime(Exception):
    """The search has used up its time."""


class Deadline:
    """`seconds` from now."""

    def __init__(self, seconds: float) -> None:
        self._end = monotonic() + seconds

    def check(self) -> None:
        """Raise OutOfTime once the time is over."""
        if monotonic() > self._end:
            raise OutOfTime


def _frequency(segment: Segment, word: str) -> int:
    """In how many entries a form of the word occurs; twice for those that have two of them."""
    return segment.frequency("words", stem(word)) + segment.frequency("stems", stem(word))


class Statistics:
    """How rare each word of a query is in the whole index, and how long an entry is."""

    def __init__(self, segments: Collection[Segment], query: Query) -> None:
        self._entries = sum(len(segment) for segment in segments)
        words = sum(segment.words for segment in segments)
        self.average_length = words / self._entries if words else 1.0
        self._rarity = {term: self._measured(segments, term) for term in query.wanted()}

    def rarity(self, term: Term) -> float:
        """The inverse document frequency; a phrase has that of its words together."""
        return self._rarity[term]

    def _measured(self, segments: Collection[Segment], term: Term) -> float:
        if isinstance(term, Prefix):
            return 1.0
        words = term.words if isinstance(term, Phrase) else (term.text,)
        total = 0.0
        for word in words:
            found = sum(_frequency(segment, word) for segment in segments)
            total += log(1 + (self._entries + 0.5) / (found + 0.5))
        return total


class Matching:
    """One query on one segment, without the entries in `hidden`. Raises OutOfTime anywhere."""

    def __init__(
        self, segment: Segment, hidden: Collection[int], query: Query, deadline: Deadline
    ) -> None:
        self._segment = segment
        self._hidden = hidden
        self._deadline = deadline
        self._found: dict[Term, Mapping[int, float]] = {}
        self._groups = {group: self._matching(group) for group in query.groups}

    def entries(self) -> set[int]:
        """Everything that the query asks for."""
        return set().union(*self._groups.values())

    def scores(self, entries: set[int], statistics: Statistics, label: str) -> dict[int, float]:
        """A number for each of those entries, the higher the better.

        `label` is the term of a paragraph's number, should the whole query be one.
        """
        scores = dict.fromkeys(entries, 0.0)
        flat = _SATURATION * (1 - _LENGTH_MATTERS)
        steep = _SATURATION * _LENGTH_MATTERS / statistics.average_length
        lengths = self._segment.lengths
        ballast = {entry: flat + steep * lengths[entry] for entry in entries}
        for group, matching in self._groups.items():
            chosen = entries & matching
            terms = sorted(group.required, key=statistics.rarity, reverse=True)[:_DECIDING]
            for term in terms:
                rarity = statistics.rarity(term)
                self._add(scores, chosen, ballast, self._find(term), rarity)
                self._add(scores, chosen, ballast, self._spelled(term), rarity)
        for block in self._segment.blocks("stems", label):
            for entry in entries.intersection(block.entries):
                scores[entry] += _LABEL
        return scores

    def _add(
        self,
        scores: dict[int, float],
        chosen: set[int],
        ballast: Mapping[int, float],
        found: Mapping[int, float],
        rarity: float,
    ) -> None:
        self._deadline.check()
        for entry in chosen & found.keys():
            weight = found[entry]
            scores[entry] += rarity * weight / (weight + ballast[entry])

    def _matching(self, group: Group) -> set[int]:
        entries: set[int] | None = None
        for term in sorted(group.required, key=self._cost):
            found = self._find(term)
            entries = set(found) if entries is None else entries & found.keys()
            if not entries:
                return entries
        if entries is None:
            entries = set(range(len(self._segment)))
        entries.difference_update(self._hidden)
        for term in group.excluded:
            entries.difference_update(self._find(term))
        return entries

    def _cost(self, term: Term) -> float:
        # Beginnings and phrases last: words may have left nothing to look for by then.
        if isinstance(term, Word):
            return _frequency(self._segment, term.text)
        return len(self._segment) + len(term.words if isinstance(term, Phrase) else term.text)

    def _find(self, term: Term) -> Mapping[int, float]:
        """The entries with the term, and how often."""
        if term not in self._found:
            self._deadline.check()
            match term:
                case Word(text):
                    self._found[term] = self._forms(stem(text))
                case Prefix(text):
                    self._found[term] = self._beginning(text)
                case Phrase(words):
                    self._found[term] = self._side_by_side(words)
        return self._found[term]

    def _weights(self, field: str, term: str) -> dict[int, float]:
        weights: dict[int, float] = {}
        for block in self._segment.blocks(field, term):
            weights.update(zip(block.entries, block.weights, strict=True))
        return weights

    def _forms(self, stemmed: str) -> Mapping[int, float]:
        weights = self._weights("words", stemmed)
        for entry, weight in self._weights("stems", stemmed).items():
            weights[entry] = weights.get(entry, 0.0) + weight
        return weights

    def _spelled(self, term: Term) -> Mapping[int, float]:
        """Where the word stands just so, if that tells anything about the order."""
        if not isinstance(term, Word):
            return {}
        spelled = self._segment.frequency("words", term.text)
        if spelled == len(self._find(term)) or spelled > _COMMON:
            return {}
        return self._weights("words", term.text)

    def _beginning(self, prefix: str) -> Mapping[int, float]:
        entries: set[int] = set()
        for blocks in self._segment.expand("words", prefix):
            self._deadline.check()
            entries.update(*(block.entries for block in blocks))
        return dict.fromkeys(entries, 1.0)

    def _side_by_side(self, words: tuple[str, ...]) -> Mapping[int, float]:
        rarest = sorted(set(words), key=lambda word: self._segment.frequency("words", word))
        places: dict[str, dict[int, bytes]] = {}
        entries: set[int] | None = None
        for word in rarest:
            self._deadline.check()
            places[word] = {}
            for block in self._segment.blocks("words", word):
                places[word].update(zip(block.entries, block.positions, strict=True))
            entries = places[word].keys() & (places[word] if entries is None else entries)
            if not entries:
                return {}
        found: dict[int, float] = {}
        for number, entry in enumerate(entries or ()):
            if number % 1024 == 0:
                self._deadline.check()
            here = {word: positions(places[word][entry]) for word in rarest}
            if times := _runs(words, here):
                found[entry] = times
        return found


def _runs(words: tuple[str, ...], places: Mapping[str, Collection[int]]) -> int:
    """How often the words follow each other, given the positions of each."""
    starts: Collection[int] = places[words[0]]
    for offset, word in enumerate(words[1:], 1):
        starts = [start for start in starts if start + offset in places[word]]
        if not starts:
            return 0
    return len(starts)
