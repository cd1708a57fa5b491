"""Backups: whole or refused, and nobody's but their owner's."""

import json
import os
import shutil
import stat
from argparse import Namespace
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from consult.commands import restore
from consult.commands.refusal import CommandRefused
from tests.commands.conftest import Site, make_site, of_postgresql


def readable(folder: Path) -> list[Path]:
    """Return what others may look at, the folder itself among it."""
    return [p for p in (folder, *folder.rglob("*")) if stat.S_IMODE(p.stat().st_mode) & 0o077]


def loosened(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a data folder with one of everything in it, made where everybody may read by default."""
    folder = tmp_path_factory.mktemp("filled")
    draft = folder / "draft.md"
    draft.write_text("# Benches\n\nPeople sit.\n")
    site = make_site(folder)
    before = os.umask(0)
    try:
        site.prepare(
            ["migrate"],
            ["consultation", "benches", "--title", "Benches", "--open"],
            ["import", str(draft), "--consultation", "benches", "--document", "d", "--publish"],
            ["account", "a@example.org", "--name", "Ann"],
            ["worker", "--once"],
        )
    finally:
        os.umask(before)
    return site.data


@pytest.fixture
def living(filled: Path, tmp_path: Path) -> Site:
    """Give a site with one of everything."""
    site = make_site(tmp_path / "site")
    shutil.copytree(filled, site.data)
    return site


@pytest.fixture(autouse=True)
def lenient() -> Iterator[None]:
    """Have the commands begin with a umask that lets everybody read."""
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.fixture
def folder(living: Site, tmp_path: Path) -> Path:
    """Give a backup."""
    living.call("backup", str(tmp_path / "backup"))
    return tmp_path / "backup"


def edited(folder: Path, change: Callable[[dict[str, str | None]], object]) -> None:
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text())
    change(manifest["files"])
    path.write_text(json.dumps(manifest))


def test_a_backup_that_is_not_whole_is_refused_before_anything_is_touched(
    folder: Path, tmp_path: Path
) -> None:
    def without_names(copy: Path) -> None:
        edited(copy, dict.clear)

    def without_entry(copy: Path) -> None:
        (copy / "manifest.json").write_text("{}")

    def of_another_kind(copy: Path) -> None:
        (copy / "manifest.json").write_text('["files"]')

    def of_words(copy: Path) -> None:
        (copy / "manifest.json").write_text('{"files": "consult.sqlite"}')

    def without_database(copy: Path) -> None:
        edited(copy, lambda files: files.pop("consult.sqlite"))

    def with_a_stranger(copy: Path) -> None:
        (copy / "uploads" / "stranger").write_text("not backed up")

    def without_a_file(copy: Path) -> None:
        next((copy / "uploads").rglob("*/*")).unlink()

    def with_a_link(copy: Path) -> None:
        original = next((copy / "uploads").rglob("*/*"))
        shutil.move(original, copy.parent / "elsewhere")
        original.symlink_to(copy.parent / "elsewhere")

    def with_other_bytes(copy: Path) -> None:
        (copy / "consult.sqlite").write_bytes(b"other bytes")

    def without_a_digest(copy: Path) -> None:
        edited(copy, lambda files: files.update({"consult.sqlite": None}))

    other = make_site(tmp_path / "other")
    for spoil in (
        without_names, without_entry, of_another_kind, of_words, without_database,
        with_a_stranger, without_a_file, with_a_link, with_other_bytes, without_a_digest,
    ):  # fmt: skip
        copy = tmp_path / spoil.__name__
        shutil.copytree(folder, copy)
        spoil(copy)
        with pytest.raises(CommandRefused, match="damaged"):
            restore.run(Namespace(ini=other.ini, folder=copy, replace=True))
        assert not other.data.exists(), spoil.__name__
    other.call("restore", str(folder))


def test_what_a_site_writes_is_its_owners_alone(filled: Path) -> None:
    assert {"uploads", "index", "consult.sqlite"} < {p.name for p in filled.iterdir()}
    assert len(list(filled.rglob("*"))) > 10
    assert readable(filled) == []


@pytest.mark.parametrize("command", ["migrate", "worker --once"])
def test_what_others_could_read_is_tightened(living: Site, command: str) -> None:
    loosened(living.data)
    living.call(*command.split())
    assert readable(living.data) == []


def test_a_folder_with_other_things_in_it_is_told_of_and_left(living: Site) -> None:
    (living.data / "of others").mkdir()
    loosened(living.data)
    assert "of others lies too" in living.call("migrate").stderr
    assert {p.name for p in readable(living.data)} == {"data", "of others"}


def test_a_backup_is_its_owners_alone(living: Site, tmp_path: Path) -> None:
    loosened(living.data)
    (tmp_path / "backup").mkdir()
    living.call("backup", str(tmp_path / "backup"))
    assert readable(tmp_path / "backup") == []


def test_what_is_put_in_place_is_its_owners_alone(folder: Path, tmp_path: Path) -> None:
    loosened(folder)
    other = make_site(tmp_path / "other")
    other.call("restore", str(folder))
    assert (other.data / "uploads").is_dir()
    assert readable(other.data) == []


STAND_IN = """\
#!/bin/sh
printf '%s\\n' "$@" >"$NOTES/$(basename "$0").words"
printf '%s' "$PGPASSWORD" >"$NOTES/$(basename "$0").password"
for word; do case $word in --file=*) : >"${word#--file=}";; esac; done
"""


@of_postgresql
@pytest.mark.parametrize(
    "address",
    ["postgresql://ann:s3cr3t@%s/%s", "postgresql://ann@%s/%s?password=s3cr3t&connect_timeout=9"],
)
def test_no_password_stands_in_the_arguments_of_a_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, anywhere: Site, own_database: str, address: str
) -> None:
    for name in ("pg_dump", "pg_restore"):
        (tmp_path / name).write_text(STAND_IN)
        (tmp_path / name).chmod(0o700)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setenv("NOTES", str(tmp_path))
    place, _, name = own_database.rpartition("@")[2].rpartition("/")
    site = make_site(tmp_path / "with password", database=address % (place, name))
    site.call("backup", str(tmp_path / "dump"))
    words = (tmp_path / "pg_dump.words").read_text()
    assert f"ann@{place}/{name}" in words
    assert "s3cr3t" not in words
    assert (tmp_path / "pg_dump.password").read_text() == "s3cr3t"
