"""A site of its own for the command line: an ini file, a data folder, real processes."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import text

from consult.commands.migrate import migrate
from consult.db import make_engine
from tests.conftest import POSTGRESQL, postgresql_missing

CONSULT = str(Path(sys.executable).parent / "consult")
SEVERAL = str(Path(__file__).with_name("several.py"))

INI = """\
[app:main]
use = egg:consult
consult.data = {data}
consult.environment = development
consult.public_url = http://localhost:{port}
consult.worker = inside
{more}
[server:main]
use = egg:consult
host = 127.0.0.1
port = {port}
"""


@dataclass(frozen=True)
class Site:
    """A site's ini file and data folder."""

    ini: Path
    data: Path
    port: int

    def call(self, *words: str, status: int = 0) -> subprocess.CompletedProcess[str]:
        """Run ``consult -c INI words…`` and expect this exit status."""
        done = subprocess.run(
            [CONSULT, "-c", str(self.ini), *words], capture_output=True, text=True, timeout=60
        )
        assert done.returncode == status, done.stderr or done.stdout
        return done

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a command, however it ends."""
        return subprocess.run(
            [CONSULT, "-c", str(self.ini), *words], capture_output=True, text=True, timeout=60
        )

    def refused(self, *words: str) -> str:
        """Run a command that says no; return the one sentence with which it does."""
        return one_sentence(self.call(*words, status=1).stderr)

    def prepare(self, *commands: Sequence[str]) -> None:
        """Run commands that all succeed, in one process; no test is about how they do.

        Not `restore`, which wants the site alone: a command holds on to it until its process ends.
        """
        for (status, _out, said), words in zip(self._several(commands), commands, strict=True):
            assert status == 0, (words, said)

    def refuses(self, *commands: Sequence[str]) -> list[str]:
        """Run commands that all say no, in one process; return the sentences with which they do."""
        ended = self._several(commands)
        assert [status for status, _out, _said in ended] == [1] * len(commands), ended
        return [one_sentence(said) for _status, _out, said in ended]

    def _several(self, commands: Sequence[Sequence[str]]) -> list[tuple[int, str, str]]:
        given = json.dumps([["-c", str(self.ini), *words] for words in commands])
        done = subprocess.run(
            [sys.executable, SEVERAL],
            input=given,
            capture_output=True,
            text=True,
            timeout=60 * len(commands),
        )
        assert done.returncode == 0, done.stderr
        return [(status, out, said) for status, out, said in json.loads(done.stdout)]


def one_sentence(said: str) -> str:
    """Return what a command said, if that is one sentence."""
    assert len(said.splitlines()) == 1, said
    assert "Traceback" not in said
    return said


def make_site(folder: Path, port: int = 6543, fresh: Path | None = None, **settings: str) -> Site:
    """Return a site in a folder; `fresh` is the data folder that it gets a copy of."""
    folder.mkdir(parents=True, exist_ok=True)
    ini = folder / "site.ini"
    # Nobody has to notice that it stops, except where a test is about that.
    settings = {"stopping_seconds": "0"} | settings
    more = "".join(f"consult.{name} = {value}\n" for name, value in settings.items())
    ini.write_text(INI.format(data=folder / "data", port=port, more=more))
    if fresh is not None:
        shutil.copytree(fresh, folder / "data")
    return Site(ini, folder / "data", port)


@contextmanager
def running(site: Site, *words: str) -> Iterator[subprocess.Popen[str]]:
    """Have a command run beside the test; it is killed at the end if it has not ended."""
    process = subprocess.Popen(
        [CONSULT, "-c", str(site.ini), *words],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


@contextmanager
def serving(site: Site) -> Iterator[subprocess.Popen[str]]:
    """Have the site served."""
    with running(site, "serve") as process:
        for _attempt in range(300):
            try:
                socket.create_connection(("127.0.0.1", site.port), 1).close()
                break
            except OSError:
                time.sleep(0.1)
        yield process


@pytest.fixture
def port() -> int:
    """Give a port that nobody uses."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        number: int = listener.getsockname()[1]
        return number


@pytest.fixture(scope="session")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a data folder as `consult migrate` leaves it, to be copied."""
    site = make_site(tmp_path_factory.mktemp("fresh"))
    site.call("migrate")
    return site.data


@pytest.fixture
def site(tmp_path: Path, fresh: Path) -> Site:
    """Give a site whose database has been migrated."""
    return make_site(tmp_path / "site", fresh=fresh)


@pytest.fixture(params=["sqlite", "postgresql"])
def own_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Give the address of an empty database, which another process may use."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/database/consult.sqlite"
        return
    if missing := postgresql_missing():
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    name = f"consult_test_{os.getpid()}_{tmp_path.name}".lower()[:60]
    admin = make_engine(POSTGRESQL).execution_options(isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    try:
        # As operators write it.
        address = POSTGRESQL.replace("postgresql+psycopg:", "postgresql:")
        yield f"{address.rpartition('/')[0]}/{name}"
    finally:
        with admin.connect() as connection:
            connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))
        admin.dispose()


# A test of what PostgreSQL alone does.
of_postgresql = pytest.mark.parametrize("own_database", ["postgresql"], indirect=True)


@pytest.fixture
def anywhere(tmp_path: Path, port: int, fresh: Path, own_database: str) -> Site:
    """Give a site on each kind of database, migrated."""
    site = make_site(tmp_path / "site", port, fresh, database=own_database)
    in_folder = site.data / "consult.sqlite"
    if own_database.startswith("sqlite"):
        (tmp_path / "database").mkdir()
        in_folder.rename(tmp_path / "database" / in_folder.name)
        return site
    in_folder.unlink()
    engine = make_engine(own_database.replace("postgresql:", "postgresql+psycopg:"))
    migrate(engine)
    engine.dispose()
    return site


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    """Give a small draft."""
    path = tmp_path / "draft.md"
    path.write_text("# Benches\n\n## 1 Why\n\n1.1 People sit.\n\n1.2 They sit in the shade.\n")
    return path
