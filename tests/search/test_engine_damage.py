"""A damaged index is noticed, named and healed; it never gives wrong hits."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from consult.search import writing
from consult.search.engine import Engine, Reason, SearchUnavailable
from consult.search.query import parse
from consult.search.store import Store
from tests.search.indexing import built, entry, found

ENTRIES = [entry(f"comment:{number}", f"sand and stone w{number}") for number in range(20)]


def flip(path: Path, place: float) -> None:
    content = bytearray(path.read_bytes())
    content[int(len(content) * place)] ^= 0x10
    path.write_bytes(content)


def each(pattern: str, damage: Callable[[Path], object]) -> Callable[[Path], None]:
    def apply(folder: Path) -> None:
        for path in folder.glob(pattern):
            damage(path)

    return apply


def empty(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.mkdir()


DAMAGES: dict[str, Callable[[Path], None]] = {
    **{
        f"{what} {pattern}": each(pattern, damage)
        for pattern in ("current", "generation-*/*.seg", "generation-*/*.toc")
        for what, damage in {
            "flipped first": lambda path: flip(path, 0.0),
            "flipped middle": lambda path: flip(path, 0.5),
            "flipped late": lambda path: flip(path, 0.97),
            "halved": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
            "emptied": lambda path: path.write_bytes(b""),
            "deleted": lambda path: path.unlink(),
            "lengthened": lambda path: path.write_bytes(path.read_bytes() + b"\0"),
            "garbage": lambda path: path.write_bytes(b"\x80\x04garbage." * 20),
        }.items()
    },
    "generations deleted": each("generation-*", shutil.rmtree),
    "everything deleted": empty,
}


@pytest.mark.parametrize("name", DAMAGES)
def test_damage_is_noticed_and_a_rebuild_heals_it(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "index"
    open_before = built(folder, *ENTRIES)
    DAMAGES[name](folder)
    engine = Engine(folder)
    with pytest.raises(SearchUnavailable) as refused:
        engine.search(parse("sand"))
    assert refused.value.reason in (Reason.DAMAGED, Reason.MISSING)
    with pytest.raises(SearchUnavailable):
        engine.update([entry("comment:new", "sand")], [], 2)
    for health in (engine.check(), open_before.check()):
        assert not health.usable
        assert health.reason in (Reason.DAMAGED, Reason.MISSING)
        assert health.detail
    engine.rebuild(ENTRIES, 3)
    for healed in (engine, open_before, Engine(folder)):
        assert len(found(healed, "sand")) == 20
        assert healed.check().usable


def test_an_open_index_outlives_its_files(tmp_path: Path) -> None:
    engine = built(tmp_path, *ENTRIES)
    assert len(found(engine, "sand")) == 20
    for path in tmp_path.glob("generation-*/*.seg"):
        path.write_bytes(b"")
    assert len(found(engine, '"sand and stone"')) == 20


def test_what_one_process_cannot_read_all_hear_of(tmp_path: Path) -> None:
    open_before = built(tmp_path, *ENTRIES)
    assert len(found(open_before, "sand")) == 20
    DAMAGES["flipped middle generation-*/*.seg"](tmp_path)
    assert open_before.status().usable
    with pytest.raises(SearchUnavailable):
        Engine(tmp_path).search(parse("sand"))
    assert open_before.status().reason is Reason.DAMAGED
    open_before.rebuild(ENTRIES, 2)
    assert open_before.status().usable


def test_an_open_index_whose_files_are_gone_cannot_be_added_to(tmp_path: Path) -> None:
    engine = built(tmp_path, *ENTRIES)
    assert len(found(engine, "sand")) == 20
    DAMAGES["generations deleted"](tmp_path)
    with pytest.raises(SearchUnavailable):
        engine.update([entry("comment:new", "sand")], [], 2)


def test_damage_is_not_merged_into_a_sound_file(tmp_path: Path) -> None:
    engine = built(tmp_path)
    for number in range(writing.MERGED_AT_ONCE):
        engine.update([entry(f"comment:{number}", "sand")], [], number)
    DAMAGES["flipped middle generation-*/*.seg"](tmp_path)
    with pytest.raises(SearchUnavailable):
        engine.update([entry("comment:last", "sand")], [], 100)
    assert Store(tmp_path).pointer().checkpoint == writing.MERGED_AT_ONCE - 1


def test_an_index_of_another_format_is_outdated(tmp_path: Path) -> None:
    built(tmp_path, *ENTRIES)
    store = Store(tmp_path)
    store.point(replace(store.pointer(), format=0))
    with pytest.raises(SearchUnavailable) as refused:
        Engine(tmp_path).search(parse("sand"))
    assert refused.value.reason is Reason.OUTDATED
