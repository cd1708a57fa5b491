"""One segment of the index, held in memory for reading.

A segment file never changes once written, so everything here may be shared by all threads. (The
searchers of Whoosh may not: their posting readers share one file position.) Being in memory, it
also outlives whatever happens to the file. The pickles in it are Whoosh's own; consult.search.store
has checked before that they are the bytes that were written.
"""

import json
import pickle
import struct
import zlib
from collections.abc import Collection, Iterator
from functools import lru_cache
from io import BytesIO
from itertools import accumulate
from sys import intern
from typing import Any, NamedTuple

from whoosh import fields, formats
from whoosh.codec.whoosh3 import WHOOSH3_HEADER_MAGIC, W3Codec
from whoosh.columns import VarBytesColumn
from whoosh.filedb.structfile import BufferFile
from whoosh.reading import TermNotFound

# The analysis is done by consult.search.word_analysis: the fields are handed lists of words.
SCHEMA = fields.Schema(
    id=fields.FieldType(formats.Existence(), None),
    words=fields.FieldType(formats.Positions(), None),
    stems=fields.FieldType(formats.Frequency(), None),
    facts=fields.COLUMN(VarBytesColumn()),
)
FACETS = ("consultation", "kind", "contribution", "status")


class Facts(NamedTuple):
    """What the index keeps of an entry besides its words."""

    id: str
    consultation: str
    kind: str
    contribution: str
    status: str
    document: str
    created: float  # seconds since 1970, UTC
    length: int  # in words, as many as are indexed

    @classmethod
    def from_bytes(cls, content: bytes) -> "Facts":
        texts, created, length = json.loads(content)
        return cls._make([*map(intern, texts), created, length])

    def to_bytes(self) -> bytes:
        return json.dumps((self[:6], self.created, self.length)).encode()


class Block(NamedTuple):
    """Up to 128 postings of one term."""

    entries: list[int]
    weights: Collection[float]
    positions: tuple[bytes, ...]  # to be decoded; empty in fields without


class Segment:
    """The entries of one segment under numbers from 0, deleted ones included."""

    def __init__(self, content: bytes, described: Any) -> None:
        """`described` is the segment object of the table of contents, `content` its file."""
        files = described.open_compound_file(_File(content))
        codec = described.codec()
        self._terms = codec.terms_reader(files, described)
        self._posts = described.open_file(files, W3Codec.POSTS_EXT)
        column = codec.per_document_reader(files, described).column_reader(
            "facts", SCHEMA["facts"].column_type
        )
        self.facts = [Facts.from_bytes(facts) for facts in column]
        self.lengths = [facts.length for facts in self.facts]
        self.words = sum(self.lengths)
        self.newest = max(facts.created for facts in self.facts)
        self.facets = {name: [getattr(facts, name) for facts in self.facts] for name in FACETS}
        self._members = {name: _grouped(column) for name, column in self.facets.items()}

    def __len__(self) -> int:
        return len(self.facts)

    def members(self, facet: str, value: str) -> frozenset[int]:
        """The entries whose facet has that value."""
        return self._members[facet].get(value, frozenset())

    def frequency(self, field: str, term: str) -> int:
        """In how many entries the term occurs."""
        try:
            return int(self._terms.term_info(field, term.encode()).doc_frequency())
        except TermNotFound:
            return 0

    def blocks(self, field: str, term: str) -> Iterator[Block]:
        """The postings of the term in the order of the entries; none if it does not occur."""
        try:
            yield from self._decoded(self._terms.term_info(field, term.encode()))
        except TermNotFound:
            return

    def expand(self, field: str, prefix: str) -> Iterator[Iterator[Block]]:
        """The postings of each term that begins with the prefix."""
        start = prefix.encode()
        for (name, term), info in self._terms.items_from(field, start):
            if name != field or not term.startswith(start):
                return
            yield self._decoded(info)

    def _decoded(self, info: Any) -> Iterator[Block]:
        """Read the block format of Whoosh's codec (`W3PostingsWriter._write_block`)."""
        offset, (length,) = info.extent()
        stream = BytesIO(self._posts.get(offset, length))
        if stream.read(4) != WHOOSH3_HEADER_MAGIC:
            raise ValueError("postings expected")
        last = False
        while not last:
            (size,) = struct.unpack("!i", stream.read(4))
            last, end = size < 0, stream.tell() + abs(size)
            count, _, _, compressed, _, _ = pickle.load(stream)  # noqa: S301
            content = stream.read(end - stream.tell())
            if compressed:
                content = zlib.decompress(content)
            deltas, weights, values = pickle.loads(content)  # noqa: S301
            if not isinstance(weights, tuple):  # one weight for all, None standing for 1
                weights = (1.0 if weights is None else weights,) * count
            yield Block(list(accumulate(deltas)), weights, values or ())


def _grouped(column: list[str]) -> dict[str, frozenset[int]]:
    entries: dict[str, list[int]] = {}
    for entry, value in enumerate(column):
        entries.setdefault(value, []).append(entry)
    return {value: frozenset(several) for value, several in entries.items()}


@lru_cache(maxsize=1 << 14)
def positions(encoded: bytes) -> frozenset[int]:
    """Where a term stands in an entry, from `Block.positions`."""
    return frozenset(accumulate(pickle.loads(encoded[4:])))  # noqa: S301


class _File:
    """The storage of a single file in memory, as far as the readers of Whoosh ask for one."""

    supports_mmap = False

    def __init__(self, content: bytes) -> None:
        self._content = content

    def open_file(self, name: str) -> Any:
        return BufferFile(self._content, name=name)
