"""A backup is put in place only where nobody is at work, and nobody begins meanwhile."""

import fcntl
import time
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from consult.db import IN_USE, make_engine
from tests.commands.conftest import Site, make_site, of_postgresql, running, serving


def titles(own_database: str) -> list[str]:
    engine = create_engine(own_database.replace("postgresql:", "postgresql+psycopg:"))
    try:
        with engine.connect() as connection:
            return list(connection.scalars(text("SELECT title FROM consultation ORDER BY id")))
    finally:
        engine.dispose()


def backed_up(site: Site, folder: Path) -> Path:
    """Return a backup of a site that has one consultation, after which it was given another."""
    site.prepare(
        ["consultation", "benches", "--title", "Benches", "--open"],
        ["backup", str(folder)],
        ["consultation", "bins", "--title", "Bins", "--open"],
    )
    return folder


def answered(site: Site) -> str:
    with closing(HTTPConnection("127.0.0.1", site.port, timeout=20)) as connection:
        connection.request("GET", "/")
        return connection.getresponse().read().decode()


def test_nothing_is_restored_over_a_site_that_serves(
    anywhere: Site, own_database: str, tmp_path: Path
) -> None:
    folder = backed_up(anywhere, tmp_path / "backup")
    with serving(anywhere) as process:
        said = anywhere.refused("restore", str(folder), "--replace")
        assert "`consult serve`" in said and "`consult worker`" in said
        assert "Bins" in answered(anywhere)
        process.terminate()
        assert process.wait(30) == 0
    assert titles(own_database) == ["Benches", "Bins"]
    anywhere.call("restore", str(folder), "--replace")
    assert titles(own_database) == ["Benches"]


@pytest.mark.parametrize("command", ["serve", "worker"])
def test_what_was_killed_stands_in_nobodys_way(
    anywhere: Site, own_database: str, tmp_path: Path, command: str
) -> None:
    folder = backed_up(anywhere, tmp_path / "backup")
    with running(anywhere, command) as process:
        until = time.monotonic() + 30
        while True:
            # It takes a moment to begin.
            done = anywhere.run("restore", str(folder))
            if "in use" in done.stderr:
                break
            assert "--replace" in done.stderr and time.monotonic() < until
        process.kill()
        process.wait()
    anywhere.call("restore", str(folder), "--replace")
    assert titles(own_database) == ["Benches"]


@pytest.mark.parametrize("command", ["serve", "worker", "migrate"])
def test_nobody_begins_while_a_backup_is_put_in_place(site: Site, command: str) -> None:
    with (site.data / "consult.in-use").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert "A backup is being put in place" in site.refused(command)


def test_machines_that_share_a_database_see_each_other(
    anywhere: Site, own_database: str, tmp_path: Path, port: int
) -> None:
    folder = backed_up(anywhere, tmp_path / "backup")
    other = make_site(tmp_path / "other machine", port, database=own_database)
    with running(anywhere, "serve"):
        answer = ""
        while "Bins" not in answer:
            try:
                answer = answered(anywhere)
            except OSError:
                time.sleep(0.2)
        assert "in use" in other.refused("restore", str(folder), "--replace")
    other.call("restore", str(folder), "--replace")
    assert titles(own_database) == ["Benches"]


@of_postgresql
def test_a_database_that_is_being_restored_takes_no_connections(
    anywhere: Site, own_database: str
) -> None:
    engine = make_engine(own_database.replace("postgresql:", "postgresql+psycopg:"))
    alone = create_engine(own_database.replace("postgresql:", "postgresql+psycopg:"))
    with alone.connect() as connection:
        connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": IN_USE})
        assert "a backup is being put in place" in anywhere.refused("worker", "--once")
        with pytest.raises(Exception, match="a backup is being put in place"):
            engine.connect()
    alone.dispose()
    with engine.connect():
        pass
    engine.dispose()
