"""Entries become documents of Whoosh, in segments of a size that can be searched in one go."""

from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from itertools import accumulate, islice
from pathlib import Path
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex
from whoosh.reading import SegmentReader

from consult.search.entries import Entry, EntryKind
from consult.search.segments import SCHEMA, Facts
from consult.search.word_analysis import stem, tokens

# A search that runs out of time ends between two segments, so none may be large.
SEGMENT_SIZE = 10_000
# So many segments of about one size are merged into one, up to a size that holds the writer up for
# a few seconds: whatever has to disappear from the index waits so long.
MERGED_AT_ONCE = 8
MERGED_SIZE = 4_000

# Words never contain these two. The first keeps a phrase from reaching over the edge of a part.
_EDGE = "¶"
_LABEL = "#"


def label_term(words: Iterable[str]) -> str:
    """The term under which a paragraph answers to its number: "3.12" typed finds it first."""
    return _LABEL + " ".join(words)


def create(folder: Path) -> None:
    """An index without entries."""
    FileIndex.create(FileStorage(str(folder)), SCHEMA)


def write(
    folder: Path,
    entries: Iterable[Entry],
    deleted: Collection[int] = (),
    check: Callable[[str], object] = len,
) -> None:
    """Delete the documents of those numbers from the index in `folder`, then add entries.

    No entry may come twice, nor be there already. `check` is called with the name of every segment
    file that is about to be read and merged into a new one; it raises if the file is damaged.
    """
    remaining = iter(entries)
    batch = list(islice(remaining, SEGMENT_SIZE))
    while batch or deleted:
        _commit(folder, batch, deleted, check)
        batch, deleted = list(islice(remaining, SEGMENT_SIZE)), ()


def _commit(
    folder: Path,
    entries: Iterable[Entry],
    deleted: Iterable[int],
    check: Callable[[str], object],
) -> None:
    writer = FileIndex(FileStorage(str(folder))).writer(limitmb=64)
    try:
        for number in deleted:
            writer.delete_document(number)
        for entry in entries:
            writer.add_document(**_document(entry))
        writer.commit(mergetype=lambda writer, segments: _merge(writer, segments, check))
    except BaseException:
        # The caller throws the folder away; this only closes files, and may fail half-way through
        # a document, which must not hide what went wrong.
        with suppress(Exception):
            writer.cancel()
        raise


def _merge(writer: Any, segments: list[Any], check: Callable[[str], object]) -> list[Any]:
    """The merge policy: read small segments into the new one, return the others."""
    live = sorted((one for one in segments if one.doc_count()), key=lambda one: one.doc_count())
    merged = _small(live, MERGED_SIZE - writer.doc_count())
    for segment in merged:
        check(segment.make_filename(segment.COMPOUND_EXT))
        reader = SegmentReader(writer.storage, writer.schema, segment)
        writer.add_reader(reader)
        reader.close()
    return [segment for segment in live if segment not in merged]


def _small(live: list[Any], room: int) -> list[Any]:
    """The smallest segments up to one power of ten, once there are enough within that power."""
    powers = [len(str(segment.doc_count())) for segment in live]
    crowded = [power for power in set(powers) if powers.count(power) >= MERGED_AT_ONCE]
    for power in sorted(crowded):
        totals = accumulate(segment.doc_count() for segment in live)
        fits = (own <= power and total <= room for own, total in zip(powers, totals, strict=True))
        fitting = sum(fits)
        # Otherwise every small update would rewrite a large segment, to no avail.
        if powers[:fitting].count(power) > 1:
            return live[:fitting]
    return []


def _document(entry: Entry) -> dict[str, Any]:
    if entry.created_at.tzinfo is None:
        raise ValueError(f"{entry.id} was created at a time without a zone")
    title, label, author, text = (
        [token.word for token in tokens(part)]
        for part in (entry.title, entry.label, entry.author, entry.text)
    )
    parts = [title] * 3 + [label] * 2 + [author] * 2 + [text]
    words = [word for part in parts if part for word in (*part, _EDGE)]
    # A stem that equals its word is looked up among the words: that saves a third of the index.
    stems = [stemmed for word in words if (stemmed := stem(word)) != word]
    if label and entry.kind is EntryKind.PARAGRAPH:
        stems.append(label_term(label))
    facts = Facts(
        id=entry.id,
        consultation=entry.consultation,
        kind=entry.kind.value,
        contribution=entry.contribution,
        status=entry.status,
        document=entry.document,
        created=entry.created_at.timestamp(),
        length=len(words),
    )
    return {"id": [entry.id], "words": words, "stems": stems, "facts": facts.to_bytes()}
