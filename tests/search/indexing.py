"""Entries and engines for the tests of the search engine."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from consult.search.engine import Engine, Order
from consult.search.entries import Entry, EntryKind
from consult.search.query import parse

NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)


def entry(name: str, text: str = "", *, days: int = 0, **more: str) -> Entry:
    """An entry of the kind that its name begins with: "comment:1"."""
    fields = {
        "consultation": "coast",
        "document": "plan",
        "title": "",
        "label": "",
        "author": "",
        "contribution": "",
        "status": "",
    }
    return Entry(
        id=name,
        kind=EntryKind(name.partition(":")[0]),
        text=text,
        created_at=NEW_YEAR + timedelta(days=days),
        **fields | more,
    )


def built(folder: Path, *entries: Entry) -> Engine:
    engine = Engine(folder)
    engine.rebuild(entries, 1)
    return engine


def found(engine: Engine, q: str, order: Order = Order.BEST) -> list[str]:
    return [hit.id for hit in engine.search(parse(q), order=order, size=100, seconds=5).hits]
