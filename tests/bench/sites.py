"""Sites to measure: filled databases, and servers each in a process of its own."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.client import HTTPConnection
from pathlib import Path
from random import Random

from sqlalchemy import Connection, Engine, insert, text, update

from consult import clock
from consult.accounts.models import Account, AccountState, Department, Grant, LoginSession, Role
from consult.accounts.security import digest
from consult.blocks.blocks import Kind
from consult.commands.migrate import migrate
from consult.consultations.models import Consultation, Moderation
from consult.consultations.phases import Phase
from consult.db import Base, make_engine
from consult.drafts.models import Document, Paragraph, Version, VersionState, Wording
from tests.bench.talk import fill_talk
from tests.bench.vocabulary import sentence

INI = """\
[app:main]
use = egg:consult
consult.data = {data}
consult.environment = production
consult.public_url = http://127.0.0.1:{port}
consult.worker = {worker}

[server:main]
use = egg:consult
host = 127.0.0.1
port = {port}
"""

# Account ids, above those of the people.
OFFICIAL, MODERATOR = 9_000_001, 9_000_002


def fill(
    folder: Path, *, paragraphs: int, comments: int, people: int = 400, database: str = ""
) -> Engine:
    """Make a site below `folder` with one open consultation, /consultations/bench/draft.

    Each of the `people` is signed in with a cookie whose value is "secret-N"; OFFICIAL and
    MODERATOR are two more. `database` is an empty one, by default a file in the folder.
    """
    random = Random(7)
    folder.mkdir(parents=True, exist_ok=True)
    engine = make_engine(database or f"sqlite:///{folder}/consult.sqlite")
    migrate(engine)
    now = clock.now()
    everybody = [*range(1, people + 1), OFFICIAL, MODERATOR]
    with engine.begin() as db:
        db.execute(insert(Department).values(id=1, name="Bench", slug="bench"))
        db.execute(
            insert(Account),
            [
                {
                    "id": n,
                    "email": f"p{n}@example.org",
                    "display_name": f"Person {n}",
                    "name_skeleton": f"person {n}",
                    "locale": "en",
                    "state": AccountState.ACTIVE,
                    "created_at": now,
                }
                for n in everybody
            ],
        )
        db.execute(
            insert(LoginSession),
            [
                {
                    "token_digest": digest(f"secret-{n}"),
                    "account_id": n,
                    "created_at": now,
                    "seen_at": now,
                    "expires_at": now + timedelta(days=1),
                }
                for n in everybody
            ],
        )
        for account_id, role in ((OFFICIAL, Role.OFFICIAL), (MODERATOR, Role.MODERATOR)):
            db.execute(
                insert(Grant).values(
                    account_id=account_id, role=role, place="department:1", department_id=1
                )
            )
        db.execute(
            insert(Consultation).values(
                id=1,
                slug="bench",
                title="Bench",
                summary="A bench.",
                department_id=1,
                phase=Phase.OPEN,
                moderation=Moderation.REPORT,
                closes_at=now + timedelta(days=9),
                created_at=now,
            )
        )
        db.execute(insert(Document).values(id=1, consultation_id=1, slug="draft", title="Draft"))
        working = {"id": 1, "document_id": 1, "number": 1, "created_at": now}
        db.execute(insert(Version).values(state=VersionState.WORKING, findings=[], **working))
        numbers = range(1, paragraphs + 2)
        db.execute(
            insert(Paragraph), [{"id": n, "document_id": 1, "key": f"k{n:04}"} for n in numbers]
        )
        db.execute(insert(Wording), [_wording(random, n) for n in numbers])
        db.execute(update(Version).values(state=VersionState.PUBLISHED, published_at=now))
        fill_talk(
            db, random, comments=comments, paragraphs=paragraphs, people=people, official=OFFICIAL
        )
        _settle(db)
    return engine


def _settle(db: Connection) -> None:
    """Have PostgreSQL give ids above ours and know how full its tables are, as it does by itself in time."""
    if db.dialect.name == "postgresql":
        for table in Base.metadata.sorted_tables:
            if "id" in table.c:
                db.execute(
                    text(
                        f"SELECT setval(pg_get_serial_sequence('\"{table.name}\"', 'id'), "
                        f'coalesce((SELECT max(id) FROM "{table.name}"), 0) + 1)'
                    )
                )
        db.execute(text("ANALYZE"))


def _wording(random: Random, n: int) -> dict[str, object]:
    heading = n % 20 == 2
    words = sentence(random, 5 if heading or n == 1 else random.randint(60, 110))
    kind = Kind.TITLE if n == 1 else Kind.HEADING if heading else Kind.PARAGRAPH
    return {
        "version_id": 1,
        "paragraph_id": n,
        "position": n,
        "kind": kind,
        "level": int(heading),
        "label": "" if n == 1 else f"{n // 20 + 1}" if heading else f"{n // 20 + 1}.{n % 20}",
        "html": words,
        "text": words,
        "digest": f"{n}",
    }


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


@contextmanager
def serving(command: list[str], port: int, log: Path) -> Iterator[int]:
    """Run a server in a process of its own until the block ends; give its process id."""
    with log.open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output)
    try:
        for _attempt in range(200):
            try:
                connection = HTTPConnection("127.0.0.1", port, timeout=1)
                connection.connect()
                connection.close()
                break
            except OSError:
                if process.poll() is not None:
                    raise RuntimeError(log.read_text()) from None
                time.sleep(0.1)
        yield process.pid
    finally:
        process.terminate()
        process.wait(20)


@contextmanager
def site(folder: Path, worker: str = "apart") -> Iterator[tuple[int, int]]:
    """Serve the site below `folder` as an operator would; give its port and process id."""
    port = free_port()
    ini = folder / "site.ini"
    ini.write_text(INI.format(data=folder, port=port, worker=worker))
    command = [str(Path(sys.executable).parent / "consult"), "-c", str(ini), "serve"]
    with serving(command, port, folder / "site.log") as pid:
        yield port, pid


@contextmanager
def bare(*arguments: str, folder: Path) -> Iterator[int]:
    """Serve a bare Pyramid view of tests.bench.bare; give its port."""
    port = free_port()
    command = [sys.executable, "-W", "ignore", "-m", "tests.bench.bare", str(port), *arguments]
    with serving(command, port, folder / "bare.log"):
        yield port
