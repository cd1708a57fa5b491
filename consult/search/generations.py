"""A commit of the index, opened: its segments in memory and what is deleted from them."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from whoosh.filedb.filestore import RamStorage
from whoosh.index import TOC

from consult.search.segments import Segment
from consult.search.store import Pointer, Reason, SearchUnavailable, Store


@dataclass(frozen=True, slots=True)
class Generation:
    """What searches and writers read; it does not change, whatever happens to its files."""

    pointer: Pointer
    files: Mapping[str, Segment]  # in the order in which documents are numbered
    deleted: Mapping[Segment, Collection[int]]

    def numbers(self, ids: Iterable[str]) -> Iterator[int]:
        """The document numbers, over all segments, of the entries with those identifiers."""
        wanted, base = list(ids), 0
        for segment in self.files.values():
            for id_ in wanted:
                for block in segment.blocks("id", id_):
                    yield from (
                        base + entry
                        for entry in block.entries
                        if entry not in self.deleted[segment]
                    )
            base += len(segment)


def load(store: Store, known: Mapping[str, Segment]) -> Generation:
    """Open and verify the live commit; segments in `known` (by file name) are taken over.

    Raises SearchUnavailable for everything that can be wrong with it.
    """
    try:
        return _load(store, store.pointer(), known)
    except SearchUnavailable:
        raise
    except Exception as error:
        # Whoosh and pickle fail in a dozen ways on bytes that are not theirs.
        raise SearchUnavailable(Reason.DAMAGED, repr(error)) from error


def _load(store: Store, pointer: Pointer, known: Mapping[str, Segment]) -> Generation:
    files: dict[str, Segment] = {}
    deleted: dict[Segment, frozenset[int]] = {}
    for described in _described(store, pointer):
        name = described.make_filename(described.COMPOUND_EXT)
        files[name] = known.get(name) or Segment(store.read(pointer, name), described)
        deleted[files[name]] = frozenset(described.deleted_docs())
    return Generation(pointer, files, deleted)


def _described(store: Store, pointer: Pointer) -> list[Any]:
    """The segments that the table of contents names."""
    tables = RamStorage()
    for name in pointer.files:
        if name.endswith(".toc"):
            tables.files[name] = store.read(pointer, name)
    return list(TOC.read(tables, "MAIN").segments)
