"""A real site for the browser: a process, a data folder, the demo, and a consultation to write in."""

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from http.client import HTTPConnection
from itertools import count
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock, main
from consult.accounts.models import Account, Department
from consult.accounts.people import create_account
from consult.accounts.security import digest
from consult.consultations.create import create_consultation
from consult.consultations.facts import Facts
from consult.consultations.models import Moderation
from consult.consultations.phases import Phase
from consult.db import session_scope
from consult.drafts.importing import read
from consult.drafts.importing.blocks import Kind
from consult.drafts.publish import publish_version
from consult.drafts.published import wordings
from consult.drafts.store import import_draft
from tests.factories import Factory

CHECKOUT = Path(__file__).resolve().parents[2]
LOCALES = "en ar_XB en_XA"
PATIENCE = 30.0  # seconds that a loaded machine may need to bring the server up, or down
PLOTS = 90


@dataclass(frozen=True, slots=True)
class Plot:
    """A paragraph that one test has to itself; `document` is the address of its reading page."""

    document: str
    key: str
    name: str
    text: str

    @property
    def page(self) -> str:
        """The address of the paragraph's own page."""
        return f"{self.document}/p/{self.key}"


class Site:
    """A served site. `registry` is that of a second application on the same data."""

    def __init__(self, folder: Path) -> None:
        self.data = folder / "data"
        self.log = folder / "server.log"
        self.port = free_port()
        self.base = f"http://localhost:{self.port}"
        self.numbers = count(1)
        self.environ = os.environ | {
            "CONSULT_DATA": str(self.data),
            "CONSULT_DATABASE": f"sqlite:///{self.data}/consult.sqlite",
            "CONSULT_LOCALES": LOCALES,
            "CONSULT_PUBLIC_URL": self.base,
        }

    def start(self) -> None:
        """Migrate, fill the demo, make the consultation to write in, and serve."""
        self._consult("migrate").wait(PATIENCE)
        self._consult("demo").wait(PATIENCE)
        self.registry = main(
            {},
            **{
                "consult.data": str(self.data),
                "consult.environment": "development",
                "consult.locales": LOCALES,
                "consult.public_url": self.base,
                "consult.worker": "apart",
            },
        ).registry
        with self.db() as db:
            self.plots = iter(_lay_out(db, self.data))
        self.process = self._consult("serve", "--port", str(self.port))
        self._wait()

    def stop(self) -> str:
        """End the server; return what the site's processes wrote."""
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.registry["sessions"].kw["bind"].dispose()
        return self._said()

    @contextmanager
    def db(self) -> Iterator[Session]:
        """Give a session on the site's database; commit at the end."""
        with session_scope(self.registry["sessions"]) as session:
            yield session

    def person(self, name: str = "") -> str:
        """Make somebody who has an account; return their address."""
        n = next(self.numbers)
        with self.db() as db:
            return create_account(db, f"walker{n}@example.org", name or f"Walker {n}").email

    def secret(self, email: str) -> str:
        """Sign the account with this address in; return what its cookie holds."""
        secret = secrets.token_urlsafe(32)
        with self.db() as db:
            account = db.scalars(select(Account).where(Account.email == email)).one()
            Factory(db).login_session(account, digest(secret))
        return secret

    def plot(self) -> Plot:
        """Return a paragraph that no other test has."""
        return next(self.plots)

    def _consult(self, *arguments: str) -> subprocess.Popen[bytes]:
        program = Path(sys.executable).with_name("consult")
        with self.log.open("ab") as log:
            return subprocess.Popen(
                [program, "-c", CHECKOUT / "development.ini", *arguments],
                env=self.environ,
                cwd=CHECKOUT,
                stdout=log,
                stderr=log,
            )

    def _wait(self) -> None:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and self.process.poll() is None:
            connection = HTTPConnection("localhost", self.port, timeout=5)
            try:
                connection.request("GET", "/readyz")
                if connection.getresponse().status == 200:
                    return
            except OSError:
                time.sleep(0.05)
            finally:
                connection.close()
        raise RuntimeError(f"the site did not come up:\n{self._said()}")

    def _said(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        port: int = probe.getsockname()[1]
        return port


def _lay_out(db: Session, data: Path) -> list[Plot]:
    """Publish a draft of many paragraphs that everybody may comment on; return its paragraphs."""
    source = "# The lamps of Mill Lane\n\n## 1 The lamps\n\n" + "\n\n".join(
        f"1.{n} Lamp {n} stands by the old pump, burns from dusk until midnight, and is looked"
        f" after by the people of house {n}, who have a ladder."
        for n in range(1, PLOTS + 1)
    )
    now = clock.now()
    facts = Facts(
        title="The lamps of Mill Lane",
        department=db.scalars(select(Department).order_by(Department.id)).first(),
        summary="Which lamps burn until midnight, and who looks after them.",
        opens_at=now - timedelta(days=1),
        closes_at=now + timedelta(days=20),
        moderation=Moderation.REPORT,
    )
    consultation = create_consultation(db, "lamps", facts)
    version = import_draft(
        db,
        consultation,
        "draft-policy",
        read(source.encode(), "lamps.md"),
        source=source.encode(),
        data=data,
        source_name="lamps.md",
    )
    publish_version(db, version)
    consultation.phase = Phase.OPEN
    return [
        Plot("/consultations/lamps/draft-policy", w.paragraph.key, w.label, w.text)
        for w in wordings(db, version)
        if w.kind is Kind.PARAGRAPH
    ]
