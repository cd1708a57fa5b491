"""Updates, rebuilding, and who may write when."""

import multiprocessing
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from consult.search import engine as engine_module
from consult.search import writing
from consult.search.engine import Engine, IndexLocked, Order, Reason, SearchUnavailable
from consult.search.entries import Entry
from consult.search.query import parse
from consult.search.store import Store
from tests.search.indexing import built, entry, found


def test_an_update_replaces_adds_and_removes_at_once(tmp_path: Path) -> None:
    engine = built(tmp_path, entry("comment:1", "sand"), entry("comment:2", "sand"))
    fresh = [
        entry("comment:1", "stone"),
        entry("comment:3", "sand dunes"),
        entry("comment:3", "sand bars"),
        entry("comment:4", "sand hidden meanwhile"),
    ]
    engine.update(fresh, ["comment:2", "comment:4", "comment:unknown"], 2)
    assert found(engine, "sand") == ["comment:3"]
    assert found(engine, "stone") == ["comment:1"]
    assert found(engine, "dunes") == []
    health = engine.status()
    assert (health.usable, health.checkpoint, health.documents) == (True, 2, 2)


def test_the_checkpoint_alone_moves_without_a_new_generation(tmp_path: Path) -> None:
    engine = built(tmp_path, entry("comment:1", "sand"))
    generation = Store(tmp_path).pointer().generation
    engine.update([], ["comment:unknown"], "row 17")
    assert engine.check().checkpoint == "row 17"
    assert Store(tmp_path).pointer().generation == generation
    assert found(engine, "sand") == ["comment:1"]


def test_many_updates_stay_few_segments(tmp_path: Path) -> None:
    engine = built(tmp_path)
    for number in range(40):
        engine.update([entry(f"comment:{number}", f"sand w{number}")], [], number)
        engine.update([entry(f"comment:{number}", f"sand v{number}")], [], number)
    assert len(found(engine, "sand")) == 40
    assert found(engine, "v7") == ["comment:7"]
    assert found(engine, "w7") == []
    assert len(Store(tmp_path).pointer().files) < 3 * writing.MERGED_AT_ONCE
    assert len(list(tmp_path.glob("generation-*"))) == 2


def test_segments_are_limited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "SEGMENT_SIZE", 3)
    engine = built(tmp_path, *(entry(f"comment:{n}", "sand", days=n) for n in range(8)))
    assert len(Store(tmp_path).pointer().files) == 4
    newest = [f"comment:{n}" for n in range(7, -1, -1)]
    assert found(engine, "sand", Order.NEWEST) == newest


def test_rebuilding_counts_an_entry_once_and_forgets_the_rest(tmp_path: Path) -> None:
    engine = built(tmp_path, entry("comment:old", "sand"))
    assert engine.rebuild([entry("comment:1", "sand"), entry("comment:1", "stone")], 9) == 1
    assert found(engine, "sand") == ["comment:1"]
    assert engine.status().checkpoint == 9


def test_another_engine_sees_every_commit(tmp_path: Path) -> None:
    writer = built(tmp_path, entry("comment:1", "sand"))
    reader = Engine(tmp_path)
    assert found(reader, "sand") == ["comment:1"]
    writer.update([], ["comment:1"], 2)
    assert found(reader, "sand") == []
    writer.rebuild([entry("comment:2", "sand")], 3)
    assert found(reader, "sand") == ["comment:2"]


def failing() -> Iterator[Entry]:
    yield entry("comment:2", "sand")
    raise RuntimeError("the database went away")


def test_a_write_that_fails_leaves_the_last_commit(tmp_path: Path) -> None:
    engine = built(tmp_path, entry("comment:1", "sand"))
    naive = entry("comment:3", "sand", days=1)
    object.__setattr__(naive, "created_at", naive.created_at.replace(tzinfo=None))
    with pytest.raises(RuntimeError, match="went away"):
        engine.rebuild(failing(), 2)
    with pytest.raises(ValueError, match="without a zone"):
        engine.update([entry("comment:2", "sand"), naive], ["comment:1"], 2)
    assert found(engine, "sand") == ["comment:1"]
    assert engine.check().checkpoint == 1
    assert len(list(tmp_path.glob("generation-*"))) == 1
    engine.update([entry("comment:2", "sand")], [], 2)
    assert len(found(engine, "sand")) == 2


def die_while_writing(folder: Path) -> None:
    def entries() -> Iterator[Entry]:
        yield entry("comment:2", "stone")
        os._exit(1)

    Engine(folder).rebuild(entries(), 2)


def test_a_writer_that_dies_blocks_nobody(tmp_path: Path) -> None:
    engine = built(tmp_path, entry("comment:1", "sand"))
    process = multiprocessing.get_context("spawn").Process(
        target=die_while_writing, args=(tmp_path,)
    )
    process.start()
    process.join()
    assert process.exitcode == 1
    assert len(list(tmp_path.glob("generation-*"))) == 2
    assert found(Engine(tmp_path), "sand") == ["comment:1"]
    engine.update([entry("comment:3", "sand")], [], 3)
    engine.update([entry("comment:4", "sand")], [], 4)
    assert len(found(engine, "sand")) == 3
    assert len(list(tmp_path.glob("generation-*"))) == 2


def test_one_writer_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_module, "_PATIENCE", 0)
    engine = built(tmp_path, entry("comment:1", "sand"))

    def meanwhile() -> Iterator[Entry]:
        with pytest.raises(IndexLocked):
            engine.update([], ["comment:1"], 2)
        with pytest.raises(IndexLocked):
            Engine(tmp_path).rebuild([], 2)
        assert found(engine, "sand") == ["comment:1"]
        yield entry("comment:2", "sand")

    engine.rebuild(meanwhile(), 3)
    assert found(engine, "sand") == ["comment:2"]


def test_an_update_reads_while_nobody_else_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_module, "_PATIENCE", 0)
    engine = built(tmp_path, entry("comment:1", "sand"))
    read: list[str] = []

    def entries() -> Iterator[Entry]:
        with pytest.raises(IndexLocked):
            engine.update([entry("comment:1", "stone")], [], 2)
        read.append("comment:2")
        yield entry("comment:2", "sand")

    engine.update(entries(), (f"comment:{len(read)}" for _ in "1"), 3)
    assert found(engine, "sand") == ["comment:2"]


def test_an_update_needs_an_index(tmp_path: Path) -> None:
    engine = Engine(tmp_path / "not yet")
    with pytest.raises(SearchUnavailable) as refused:
        engine.update([entry("comment:1", "sand")], [], 1)
    assert refused.value.reason is Reason.MISSING


def test_searching_while_writing(tmp_path: Path) -> None:
    engine = built(tmp_path, *(entry(f"comment:{n}", "sand and stone") for n in range(30)))
    wrong: list[object] = []
    done = threading.Event()

    def search() -> None:
        while not done.is_set():
            try:
                results = engine.search(parse('"sand and stone" sto*'), size=100, seconds=10)
                if (results.total, len(results.hits)) != (30, 30):
                    wrong.append(results)
            except Exception as error:
                wrong.append(error)

    threads = [threading.Thread(target=search) for _ in range(4)]
    for thread in threads:
        thread.start()
    for number in range(15):
        engine.update([entry(f"comment:{number}", f"sand and stone {number}")], [], number)
    done.set()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert found(engine, "14") == ["comment:14"]
