"""A site of a test's own, on things that the test can take away."""

import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest
from pyramid.router import Router
from sqlalchemy import Engine, NullPool, create_engine, select
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session
from webtest.response import TestResponse

from consult import main
from consult.accounts.models import Role
from consult.commands.migrate import migrate
from consult.comments.models import Comment
from consult.db import make_engine
from consult.layout.headers import POLICY
from tests.browser import Browser
from tests.commands.conftest import own_database  # noqa: F401 - a fixture
from tests.factories import Factory

WORDS = "People sit where there is shade."


def settled(url: str) -> str:
    return url.replace("postgresql:", "postgresql+psycopg:")


@contextmanager
def site(url: str, data: Path, **settings: str) -> Iterator[Router]:
    """Give the application on a database of its own."""
    given = {"data": data, "database": url, "public_url": "http://localhost"} | settings
    app = main({}, **{f"consult.{name}": str(value) for name, value in given.items()})
    try:
        yield app
    finally:
        engine_of(app).dispose()
        if counting := getattr(app.registry["rate limiter"].storage, "storage", None):
            counting.connection_pool.disconnect()


def engine_of(app: Router) -> Engine:
    engine: Engine = app.registry["sessions"].kw["bind"]
    return engine


@pytest.fixture
def migrated(own_database: str) -> str:  # noqa: F811
    """Give the address of a database with the tables."""
    url = settled(own_database)
    if url.startswith("sqlite"):
        Path(str(make_url(url).database)).parent.mkdir(parents=True, exist_ok=True)
    engine = make_engine(url)
    migrate(engine)
    engine.dispose()
    return url


class Visit:
    """Somebody who is signed in on the page of a paragraph."""

    def __init__(self, app: Router, url: str, role: Role | None = None) -> None:
        self.engine = create_engine(url, poolclass=NullPool)
        with Session(self.engine, expire_on_commit=False) as db:
            make = Factory(db)
            document = make.document()
            account = make.holder(role) if role else make.account()
            self.browser = Browser(app, db).signed_in(account)
            self.home = f"/consultations/{document.consultation.slug}"
            self.page = f"{self.home}/{document.slug}/p/{make.paragraph(document).key}"
            db.commit()

    def says(self, words: str = WORDS, status: int = 303) -> TestResponse:
        return self.browser.post(self.page, {"text": words}, status=status)

    def stored(self) -> list[str]:
        with Session(self.engine) as db:
            return list(db.scalars(select(Comment.source).order_by(Comment.id)))


def told(answer: TestResponse, words: str) -> None:
    """Check a refusal that people can do something with."""
    assert answer.status_int == 503
    assert words in answer.text
    assert int(answer.headers["Retry-After"]) > 0
    assert answer.headers["Content-Security-Policy"] == POLICY


class Wire:
    """A wire to PostgreSQL that can be cut and mended."""

    def __init__(self, url: str) -> None:
        parts = make_url(url)
        self.far = (parts.host or "127.0.0.1", parts.port or 5432)
        self.listener: socket.socket | None = None
        self.ends: list[socket.socket] = []
        self.port = 0
        self.mend()
        self.url = parts.set(host="127.0.0.1", port=self.port).render_as_string(False)

    def mend(self) -> None:
        self.listener = socket.create_server(("127.0.0.1", self.port), reuse_port=False)
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, args=[self.listener], daemon=True).start()

    def cut(self) -> None:
        assert self.listener is not None
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        for end in self.ends:
            with closing(end), suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        self.ends = []

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                near, _address = listener.accept()
            except OSError:
                return
            far = socket.create_connection(self.far)
            self.ends += [near, far]
            for pair in ((near, far), (far, near)):
                threading.Thread(target=self._carry, args=pair, daemon=True).start()

    def _carry(self, source: socket.socket, target: socket.socket) -> None:
        try:
            while data := source.recv(65536):
                target.sendall(data)
            target.shutdown(socket.SHUT_WR)
        except OSError:
            pass
