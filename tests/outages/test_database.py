"""The site when what it stands on fails: the database or the disk."""

import shutil
import socket
import sqlite3
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event, text
from webtest.response import TestResponse

from consult.accounts.models import Role
from consult.outages import outage_of
from tests.commands.conftest import make_site, of_postgresql
from tests.commands.listening import Bare, served
from tests.outages.conftest import WORDS, Visit, Wire, engine_of, site, told


@pytest.mark.parametrize("moment", ["INSERT INTO comment ", "SELECT login_session"])
@of_postgresql
def test_a_connection_that_postgresql_ends_is_replaced(
    migrated: str, tmp_path: Path, moment: str
) -> None:
    with site(migrated, tmp_path / "data") as app:
        visit = Visit(app, migrated)
        ended: list[int] = []

        def end(connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
            if statement.startswith(moment) and not ended:
                ended.append(connection.connection.driver_connection.info.backend_pid)
                with visit.engine.connect() as other:
                    other.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": ended[0]})

        event.listen(engine_of(app), "before_cursor_execute", end)
        visit.says()
        assert ended and visit.stored() == [WORDS]


@of_postgresql
def test_a_database_that_stays_away_is_told_and_takes_no_words(
    migrated: str, tmp_path: Path
) -> None:
    wire = Wire(migrated)
    with site(wire.url, tmp_path / "data") as app:
        visit = Visit(app, migrated)
        visit.browser.get(visit.page)
        wire.cut()
        answer = visit.says(status=503)
        told(answer, "cannot reach its database")
        assert "Nothing of what you sent has been stored." in answer.text
        assert WORDS in answer.text
        told(visit.browser.get(visit.page, status=503), "cannot reach its database")
        told(visit.browser.get("/no/such/page", status=503), "cannot reach its database")
        assert "database" in visit.browser.get("/readyz", status=503).text
        wire.mend()
        visit.says()
        assert visit.stored() == [WORDS]
        wire.cut()


@of_postgresql
def test_a_wire_that_breaks_in_a_commit_leaves_doubt_and_no_second_comment(
    migrated: str, tmp_path: Path
) -> None:
    wire = Wire(migrated)
    with site(wire.url, tmp_path / "data") as app:
        visit = Visit(app, migrated)
        commits = []

        def cut(_connection: Any) -> None:
            commits.append(1)
            if len(commits) == 1:
                wire.cut()
                wire.mend()

        event.listen(engine_of(app), "commit", cut)
        answer = visit.says(status=503)
        told(answer, "It is not certain whether what you sent has been stored.")
        assert WORDS in answer.text
        assert "has not been saved" not in answer.text
        assert len(commits) == 1
        wire.cut()


FULL = """
CREATE FUNCTION full_disk() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$ LANGUAGE plpgsql;
CREATE TRIGGER full_disk BEFORE INSERT ON comment FOR EACH ROW EXECUTE FUNCTION full_disk();
"""


def fill(engine: Engine) -> Callable[[], None]:
    """Have the database run out of space; return what makes room again."""
    if engine.dialect.name == "postgresql":
        with engine.begin() as connection:
            connection.execute(text(FULL))

        def empty() -> None:
            with engine.begin() as connection:
                connection.execute(text("DROP TRIGGER full_disk ON comment"))

        return empty

    with closing(sqlite3.connect(str(engine.url.database))) as file:
        # Pages that migrations have left free would take in what comes.
        file.execute("VACUUM")

    def no_more_pages(connection: Any, *_: Any) -> None:
        connection.execute("PRAGMA max_page_count = 1")  # which means: as many as there are

    event.listen(engine, "connect", no_more_pages)
    engine.dispose()

    def more_pages() -> None:
        event.remove(engine, "connect", no_more_pages)
        engine.dispose()

    return more_pages


def test_a_full_database_is_told_and_taken_up_again(migrated: str, tmp_path: Path) -> None:
    with site(migrated, tmp_path / "data") as app:
        visit = Visit(app, migrated)
        empty = fill(engine_of(app))
        words = WORDS * 100
        answer = visit.says(words, status=503)
        told(answer, "run out of space")
        assert words in answer.text
        assert visit.browser.get(visit.page)
        empty()
        visit.says()
        assert visit.stored() == [WORDS]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Give a folder on a disk of one megabyte."""
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)]
    if shutil.which("mount") is None or subprocess.run(mounted, capture_output=True).returncode:
        pytest.skip("no file system can be mounted here")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk_is_told_and_taken_up_again(
    migrated: str, tmp_path: Path, small_disk: Path
) -> None:
    with site(migrated, small_disk / "data") as app:
        visit = Visit(app, migrated, Role.ADMINISTRATOR)
        filler = small_disk / "filler"
        with pytest.raises(OSError, match="No space left"):
            filler.write_bytes(b"x" * 2_000_000)
        draft = ("file", "draft.md", b"# Benches\n\n" + b"People sit.\n\n" * 500)
        address = f"/officials{visit.home}/import"

        def sent(status: int) -> TestResponse:
            fields = {"document": "", "slug": "benches", "text": "", "title": "Benches"}
            return visit.browser.post(address, fields, status=status, upload_files=[draft])

        told(sent(503), "run out of space")
        assert visit.browser.get(visit.home)
        filler.unlink()
        sent(303)


def test_commands_say_that_there_is_no_room(small_disk: Path, tmp_path: Path) -> None:
    command_line = make_site(tmp_path / "site")
    command_line.call("migrate")
    with pytest.raises(OSError, match="No space left"):
        (small_disk / "filler").write_bytes(b"x" * 2_000_000)
    assert "no room left on the disk" in command_line.refused("backup", str(small_disk / "backup"))
    assert [path.name for path in small_disk.iterdir()] == ["filler"]


def test_a_request_that_there_is_no_room_for_is_answered(
    tmp_path: Path, small_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The server lays larger bodies down there.
    monkeypatch.setattr(tempfile, "tempdir", str(small_disk))
    head = b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000000\r\n\r\n"
    with (
        served(Bare(tmp_path)) as (_slow, port),
        socket.create_connection(("127.0.0.1", port), 20) as connection,
    ):
        with suppress(ConnectionError):
            connection.sendall(head + b"x" * 3_000_000)
        assert connection.recv(100).startswith(b"HTTP/1.1 503 ")


def test_a_fault_of_ours_is_no_outage(tmp_path: Path) -> None:
    with (
        closing(sqlite3.connect(tmp_path / "empty.sqlite")) as file,
        pytest.raises(sqlite3.OperationalError, match="no such table") as met,
    ):
        file.execute("SELECT * FROM comment")
    assert outage_of(met.value) is None
    assert outage_of(sqlite3.ProgrammingError("of the driver itself")) is None
