"""What people may type into the search box, and nothing else.

    housing benefit          both words, in any form: benefits, benefited
    "housing benefit"        these words side by side, as spelled
    housing or rent          either side
    -rent  -"social rent"    without
    hous*                    words that begin so; at least three letters

Words stand closer together than `or`: `a b or c` is (a and b) or c. A word with a mark inside it
(`and/or`, `3.12(a)`) and a run of Chinese characters are phrases. There are no brackets, no
ranges, no other wildcards: each of those can hold a search engine for minutes.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from consult.search.word_analysis import Token, is_spaceless, tokens

LONGEST_QUERY = 200
MOST_TERMS = 12
SHORTEST_PREFIX = 3

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))
_PIECE = re.compile(r'((?<!\S)-+)?(?:"([^"]*)"|([^\s"]+))')


@dataclass(frozen=True, slots=True)
class Word:
    """A folded word, found in every form of its stem."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Two or more folded words, found side by side as they are spelled."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Prefix:
    """The folded beginning of a word."""

    text: str


Term = Word | Phrase | Prefix


class Note(StrEnum):
    """What of a query was not used; the page puts it into a sentence."""

    TOO_LONG = "too long"  # the end, beyond LONGEST_QUERY characters
    TOO_MANY_TERMS = "too many terms"  # the terms after the first MOST_TERMS
    SHORT_PREFIX = "short prefix"  # a star after fewer than SHORTEST_PREFIX letters


@dataclass(frozen=True, slots=True)
class Group:
    """What has to be there and what must not; with nothing required, all entries without."""

    required: tuple[Term, ...]
    excluded: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """The alternatives that `or` separates. False where nothing can be looked for."""

    groups: tuple[Group, ...]
    notes: tuple[Note, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.groups)

    def wanted(self) -> tuple[Term, ...]:
        """Every term that a hit may show, each once, in the order of typing."""
        return tuple(dict.fromkeys(term for group in self.groups for term in group.required))


def parse(q: str) -> Query:
    """The query that was meant by whatever was typed; never raises.

    Takes time in proportion to LONGEST_QUERY, however long `q` is.
    """
    notes: list[Note] = []
    groups: list[tuple[list[Term], list[Term]]] = []
    alternative = True  # the next term opens a group
    count = 0
    for negative, terms in _clauses(_shortened(q, notes), notes):
        if not terms:
            alternative = True
            continue
        for term in terms:
            if count == MOST_TERMS:
                notes.append(Note.TOO_MANY_TERMS)
                return _query(groups, notes)
            if alternative:
                groups.append(([], []))
                alternative = False
            side = groups[-1][negative]
            if term not in side:
                side.append(term)
                count += 1
    return _query(groups, notes)


def _query(groups: list[tuple[list[Term], list[Term]]], notes: list[Note]) -> Query:
    built = dict.fromkeys(Group(tuple(required), tuple(excluded)) for required, excluded in groups)
    return Query(tuple(built), tuple(dict.fromkeys(notes)))


def _shortened(q: str, notes: list[Note]) -> str:
    """At most LONGEST_QUERY characters, not ending in a part of a word if that can be helped."""
    q = q.strip()
    if len(q) <= LONGEST_QUERY:
        return q
    notes.append(Note.TOO_LONG)
    kept = q[:LONGEST_QUERY]
    if q[LONGEST_QUERY].isspace():
        return kept
    return kept.rsplit(None, 1)[0]


def _clauses(q: str, notes: list[Note]) -> Iterator[tuple[bool, list[Term]]]:
    """(excluded?, terms) of each piece of the query; no terms at all stands for `or`."""
    for minus, quoted, bare in _PIECE.findall(q.translate(_QUOTES)):
        if bare.lower() == "or" and not minus:
            yield False, []
            continue
        found = list(tokens(quoted or bare))
        if not found:
            continue
        # Without "data-shar*" is without "data" beside "shar", not without every "data".
        starred = bool(bare) and _starred(bare, found[-1], notes)
        if starred and (len(found) == 1 or not minus):
            yield bool(minus), [*_together(found[:-1]), Prefix(found[-1].word)]
        else:
            yield bool(minus), _together(found)


def _together(found: list[Token]) -> list[Term]:
    if len(found) > 1:
        return [Phrase(tuple(token.word for token in found))]
    return [Word(token.word) for token in found]


def _starred(piece: str, last: Token, notes: list[Note]) -> bool:
    if piece[last.end : last.end + 1] != "*" or is_spaceless(last.word):
        return False
    if len(last.word) < SHORTEST_PREFIX:
        notes.append(Note.SHORT_PREFIX)
        return False
    return True
