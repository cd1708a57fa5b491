"""A post office: what letters there are after the worker has run."""

import dataclasses
import shutil
from collections.abc import Iterator
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from typing import Any
from urllib.parse import urlsplit

import pytest
from pyramid.router import Router
from sqlalchemy.orm import Session

from consult.notifications.folder import folder_of
from consult.outbox import run_due
from tests.notifications.mail_server import MailServer


class PostOffice:
    """Has the worker send what was promised, and reads the letters."""

    def __init__(self, app: Router, db: Session) -> None:
        self.app = app
        self.db = db
        self.folder = folder_of(app.registry["settings"])

    def deliver(self) -> list[EmailMessage]:
        """Send what is due and return all letters of this test, the oldest first."""
        self.db.commit()
        run_due(self.app.registry)
        self.db.expire_all()
        return [read(path.read_bytes()) for path in sorted(self.folder.glob("*.eml"))]

    def the_letter(self) -> EmailMessage:
        """Return the only letter of this test."""
        (letter,) = self.deliver()
        return letter


def read(raw: bytes) -> EmailMessage:
    return BytesParser(EmailMessage, policy=policy.default).parsebytes(raw)


def text_of(letter: EmailMessage) -> str:
    """Return the text form, each paragraph on one line."""
    body = letter.get_body(("plain",))
    assert body is not None
    whole = str(body.get_content()).replace("\r\n", "\n")
    return "\n\n".join(" ".join(part.split()) for part in whole.split("\n\n"))


def html_of(letter: EmailMessage) -> str:
    body = letter.get_body(("html",))
    assert body is not None
    return str(body.get_content())


def link_in(letter: EmailMessage, beginning: str) -> str:
    """Return the path of the one link in the text whose path begins so."""
    words = text_of(letter).split()
    (found,) = [word for word in words if urlsplit(word).path.startswith(beginning)]
    assert found in html_of(letter)
    parts = urlsplit(found)
    assert (parts.scheme, parts.netloc) == ("http", "localhost")
    return parts.path


@pytest.fixture
def post(app: Router, db: Session) -> PostOffice:
    """Give a post office without letters."""
    office = PostOffice(app, db)
    shutil.rmtree(office.folder, ignore_errors=True)
    return office


@pytest.fixture
def mail_server() -> Iterator[MailServer]:
    """Give a mail server that takes everything unless it is told otherwise."""
    with MailServer() as server:
        yield server


class Operator:
    """Changes settings of the running application, as another ini file would."""

    def __init__(self, app: Router, monkeypatch: pytest.MonkeyPatch) -> None:
        self.app = app
        self._monkeypatch = monkeypatch

    def sets(self, **values: Any) -> None:
        settings = dataclasses.replace(self.app.registry["settings"], **values)
        self._monkeypatch.setitem(self.app.registry, "settings", settings)


@pytest.fixture
def operator(app: Router, monkeypatch: pytest.MonkeyPatch) -> Operator:
    """Give somebody who changes settings until the end of the test."""
    return Operator(app, monkeypatch)
