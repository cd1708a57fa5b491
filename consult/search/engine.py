"""The Whoosh engine: one index of everything that may be found, safe to share between threads.

The database is the truth and this index a cache: it is never repaired, only rebuilt. It answers
within its time whatever is asked, and fails with SearchUnavailable alone.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock
from time import monotonic

from consult.search.entries import Entry, EntryKind
from consult.search.generations import Generation, load
from consult.search.query import Query
from consult.search.results import Facets, Hit, Order, Results
from consult.search.searching import Search
from consult.search.segments import Segment
from consult.search.store import Checkpoint, IndexLocked, Reason, SearchUnavailable, Store
from consult.search.writing import create, write

__all__ = [
    "Engine",
    "Facets",
    "Health",
    "Hit",
    "IndexLocked",
    "Order",
    "Reason",
    "Results",
    "SearchUnavailable",
]

# How long an index that could not be read is left alone before it is tried again: digesting all of
# it on every search would make a damaged index a slow site.
_PAUSE = 2.0


@dataclass(frozen=True, slots=True)
class Health:
    """Whether the index can be searched and up to where it follows the database."""

    usable: bool
    reason: Reason | None = None
    detail: str = ""
    checkpoint: Checkpoint | None = None
    documents: int = 0


class Engine:
    """Searches and writes the index below `folder`.

    Any number of threads and processes may search while one writes.
    """

    def __init__(self, folder: Path) -> None:
        self._store = Store(folder)
        self._loading = Lock()
        self._live: Generation | None = None
        self._failed: tuple[object, float, SearchUnavailable] | None = None
