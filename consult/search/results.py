"""What a search is asked for and what it gives back."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from consult.search.entries import EntryKind

# Nobody pages further, and sorting more would cost time on every page before it.
DEEPEST = 1000


class Order(StrEnum):
    BEST = "best"
    NEWEST = "newest"


@dataclass(frozen=True, slots=True)
class Hit:
    """One entry found. The text to show is the database's, never the index's."""

    id: str
    kind: EntryKind
    consultation: str
    document: str
    contribution: str
    status: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Facets:
    """How many entries each choice of a filter would give, the other filters staying as they are.

    Values that no entry has are absent; so is "", which stands for no value.
    """

    consultation: Counter[str] = field(default_factory=Counter)
    kind: Counter[str] = field(default_factory=Counter)
    contribution: Counter[str] = field(default_factory=Counter)
    status: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Results:
    """One page of hits.

    The index may lag behind the database by what the worker has not yet done. Whoever shows the
    hits loads each from the database, leaves out what is gone or may not be seen, and takes as many
    off `total` as are missing from the page.
    """

    hits: list[Hit]
    total: int
    facets: Facets
    page: int
    pages: int  # at most DEEPEST hits deep; a page beyond has no hits
    complete: bool  # False if time ran out: hits, total and facets are of a part of the entries
