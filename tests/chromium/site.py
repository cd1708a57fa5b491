"""A real site for the browser: a process, a data folder, the demo, and more to look at."""

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from http.client import HTTPConnection
from itertools import count
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import main
from consult.accounts.models import Account, Grant
from consult.accounts.people import create_account
from consult.accounts.security import digest
from consult.db import session_scope
from consult.locale import compiling
from tests.chromium.material import Plot, lay_out, things
from tests.factories import Factory

CHECKOUT = Path(__file__).resolve().parents[2]
LOCALES = "en ar_XB en_XA"
PATIENCE = 30.0  # seconds that a loaded machine may need to bring the server up, or down


class Site:
    """A site that can be served. `registry` is that of a second application on the same data."""

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

    def fill_demo(self) -> None:
        """Migrate, and fill the demo."""
        for command in ("migrate", "demo"):
            if self._consult(command).wait(PATIENCE):
                raise RuntimeError(f"`consult {command}` failed:\n{self._said()}")

    def add_material(self) -> None:
        """Add what tests need besides the demo, and have the testing languages say what is said now."""
        compiling.main()
        settings = {
            "consult.data": str(self.data),
            "consult.environment": "development",
            "consult.locales": LOCALES,
            "consult.public_url": self.base,
            "consult.worker": "apart",
        }
        self.registry = main({}, **settings).registry
        with self.db() as db:
            self.plots = iter(lay_out(db, self.data))
            self.names = things(db, self.data, self.registry)

    def serve(self) -> None:
        """Start the server, and wait until it answers."""
        self.process = self._consult("serve", "--port", str(self.port))
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

    def stop(self) -> str:
        """End the server; return what the site's processes wrote."""
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
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

    def official(self) -> str:
        """Make a colleague of the demo's official; return their address.

        Nobody answers as often in a minute as all tests together do.
        """
        email = self.person("Priya Anand")
        with self.db() as db:
            colleague, new = (
                db.scalars(select(Account).where(Account.email == each)).one()
                for each in ("official@example.org", email)
            )
            for grant in colleague.grants:
                there = {"place": grant.place, "department": grant.department}
                new.grants.append(Grant(role=grant.role, **there))
        return email

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

    def letter(self, words: str) -> Path:
        """Return the newest letter in which `words` stand, once the worker has delivered it."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            for path in sorted((self.data / "letters").glob("*.eml"), reverse=True):
                message = message_from_bytes(path.read_bytes(), policy=policy.default)
                body = message.get_body(("plain",))
                if body is not None and words in str(body.get_content()):
                    return path
            time.sleep(0.1)
        raise RuntimeError(f"no letter says {words!r}:\n{self._said()}")

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

    def _said(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        port: int = probe.getsockname()[1]
        return port
