"""The Whoosh engine: one index of everything that may be found, safe to share between threads.

The database is the truth and this index a cache: it is never repaired, only rebuilt. It answers
within its time whatever is asked, and a search fails with SearchUnavailable alone.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic

from consult.search.entries import Entry, EntryKind
from consult.search.generations import Generation, load
from consult.search.matching import Deadline
from consult.search.query import Query
from consult.search.results import Facets, Hit, Order, Results
from consult.search.searching import Search
from consult.search.store import (
    Checkpoint,
    IndexLocked,
    Pointer,
    Reason,
    SearchUnavailable,
    Store,
)
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
# How long a search waits for a new commit to be opened before it makes do with the last one.
_FRESHNESS = 0.05
# How long a writer waits for another one.
_PATIENCE = 5.0


@dataclass(frozen=True, slots=True)
class Health:
    """Whether the index can be searched, and up to where it follows the database."""

    usable: bool
    reason: Reason | None = None
    detail: str = ""
    checkpoint: Checkpoint | None = None
    documents: int = 0


class Engine:
    """Searches and writes the index below `folder`, which `rebuild` creates.

    Any number of threads and processes may search while one writes.
    """

    def __init__(self, folder: Path) -> None:
        self._store = Store(folder)
        # One thread, so that a commit is opened once, however many searches wait for it.
        self._opener = ThreadPoolExecutor(1, "search-index")
        self._live: tuple[object, Generation] | None = None
        self._failed: tuple[object, float, SearchUnavailable] | None = None

    def search(
        self,
        query: Query,
        *,
        consultation: str | None = None,
        kind: EntryKind | None = None,
        contribution: str | None = None,
        status: str | None = None,
        within: Collection[str] | None = None,
        without: Collection[str] = (),
        order: Order = Order.BEST,
        page: int = 1,
        size: int = 20,
        seconds: float = 0.3,
    ) -> Results:
        """One page of what answers the query, with the counts that belong to it.

        `within` names the consultations that whoever asks may read (None: all of them); nothing
        outside them is counted either, nor are the entries whose ids are in `without`. When
        `seconds` are over, the search ends with what it has. See Results for what the caller owes
        to a lagging index.

        Raises SearchUnavailable, and nothing else, if the index is missing, damaged or of another
        format; `rebuild` heals each of these.
        """
        asked = {
            "consultation": consultation,
            "kind": kind,
            "contribution": contribution,
            "status": status,
        }
        filters = {facet: value for facet, value in asked.items() if value is not None}
        deadline = Deadline(seconds)
        generation = self._generation(_FRESHNESS)
        try:
            search = Search(generation.deleted, query, filters, within, without, order)
            return search.run(page, size, deadline)
        except Exception as error:
            raise SearchUnavailable(Reason.DAMAGED, repr(error)) from error

    def update(
        self, entries: Iterable[Entry], removed: Iterable[str], checkpoint: Checkpoint
    ) -> None:
        """Put entries in, in place of those with the same id, and take `removed` out, in one step.

        Of several entries with one id the last counts; an id among `removed` is out in any case.
        Both are consumed while no other writer is at work, all the entries before `removed`: what
        they read from the database then cannot be older than what somebody else wrote before.
        The checkpoint is stored with the same commit, on disk when this returns. Call it with both
        empty to move the checkpoint only.

        Raises IndexLocked while another writer is at work, SearchUnavailable if there is no sound
        index to add to; whatever it raises, the last commit stays as it was.
        """
        with self._store.locked(_PATIENCE):
            live = self._generation(None)
            base = live.pointer
            fresh = {entry.id: entry for entry in entries}
            gone = set(removed)
            deleted = sorted(live.numbers(gone | fresh.keys()))
            for id_ in gone & fresh.keys():
                del fresh[id_]
            if not fresh and not deleted:
                self._store.point(replace(base, checkpoint=checkpoint))
                return
            with self._store.scratch(base) as folder:
                write(folder, fresh.values(), deleted, self._merged(base))
                documents = base.documents - len(deleted) + len(fresh)
                self._store.publish(folder, base, checkpoint, documents)

    def rebuild(self, entries: Iterable[Entry], checkpoint: Checkpoint) -> int:
        """Build a new index beside the live one, swap it in and say how many entries it has.

        The entries are consumed one by one; of several with one id the first counts. Searches use
        the old index until the swap, and `update` raises IndexLocked so long: let it come again
        afterwards. The checkpoint must be taken before the entries are read.
        """
        count = 0
        seen: set[str] = set()

        def once() -> Iterator[Entry]:
            for entry in entries:
                if entry.id not in seen:
                    seen.add(entry.id)
                    yield entry

        with self._store.locked(_PATIENCE), self._store.scratch(None) as folder:
            create(folder)
            write(folder, once())
            count = len(seen)
            self._store.publish(folder, None, checkpoint, count)
        return count

    def status(self) -> Health:
        """What the pointer says, and what reading the rest has shown to whoever tried last.

        Cheap enough for every health check and every worker round.
        """
        try:
            pointer = self._store.pointer()
            self._store.believe()
        except SearchUnavailable as error:
            return Health(False, error.reason, error.detail)
        return Health(True, None, "", pointer.checkpoint, pointer.documents)

    def check(self) -> Health:
        """Read every file again and open the index, as a search would need it.

        Takes about a second for 100,000 entries; a server that calls it at its start spares the
        first visitor that second.
        """
        try:
            self._store.steadily(self._verify)
            self._generation(None)
        except SearchUnavailable as error:
            return Health(False, error.reason, error.detail)
        return self.status()

    def _verify(self) -> None:
        pointer = self._store.pointer()
        for name in pointer.files:
            self._store.read(pointer, name)

    def _merged(self, base: Pointer) -> Callable[[str], None]:
        """What refuses to merge a damaged segment: its damage would get a digest of its own."""

        def check(name: str) -> None:
            if name in base.files:
                self._store.read(base, name)

        return check

    def _generation(self, patience: float | None) -> Generation:
        """The live commit; the last one if opening the live one takes longer than `patience`."""
        stamp, live = self._store.stamp(), self._live
        if live and live[0] == stamp:
            return live[1]
        opening = self._opener.submit(self._open)
        try:
            return opening.result(patience if live else None)
        except TimeoutError:
            assert live  # without it there is no time limit
            return live[1]

    def _open(self) -> Generation:
        stamp, live = self._store.stamp(), self._live
        if live and live[0] == stamp:
            return live[1]
        if self._failed and self._failed[0] == stamp and monotonic() < self._failed[1]:
            raise SearchUnavailable(self._failed[2].reason, self._failed[2].detail)
        known = live[1].files if live else {}
        try:
            generation = self._store.steadily(lambda: load(self._store, known))
        except SearchUnavailable as error:
            self._failed = stamp, monotonic() + _PAUSE, error
            raise
        # Should a later commit have come in meanwhile, the next search finds the stamp outdated.
        self._live = stamp, generation
        return generation
