"""What these tests share: the letters that would have been written, and one good password."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

import pytest
from pyramid.router import Router
from sqlalchemy import update
from sqlalchemy.orm import Session

from consult.accounts import events, passwords
from consult.accounts.models import Account
from consult.outbox import Job, run_due
from tests.factories import Factory

PASSWORD = "tall green bicycle"
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
EVENTS = (
    events.ConfirmationWanted,
    events.RegistrationRepeated,
    events.ResetWanted,
    events.PasswordChanged,
)


class Sent(Sequence[Any]):
    """The events for which letters are written; the worker is always done when one looks."""

    def __init__(self, app: Router, db: Session) -> None:
        self.app, self.db = app, db
        self.happened: list[Any] = []

    def _all(self) -> list[Any]:
        # Tests that travel in time do not take the database's own clock along.
        self.db.execute(update(Job).values(run_at=LONG_AGO))
        self.db.commit()
        run_due(self.app.registry)
        self.db.expire_all()
        return self.happened

    def __getitem__(self, place: Any) -> Any:
        return self._all()[place]

    def __len__(self) -> int:
        return len(self._all())


@pytest.fixture
def sent(app: Router, db: Session) -> Iterator[Sent]:
    """Give the events for which letters are written."""
    sent = Sent(app, db)
    for kind in EVENTS:
        app.registry.registerHandler(sent.happened.append, (kind,))
    yield sent
    for kind in EVENTS:
        app.registry.unregisterHandler(sent.happened.append, (kind,))


@pytest.fixture(scope="session")
def hashed() -> str:
    """Give the hash of PASSWORD, made once because it is slow on purpose."""
    return passwords.hash_password(PASSWORD)


@pytest.fixture
def ada(make: Factory, db: Session, hashed: str) -> Account:
    """Give somebody with an account and PASSWORD."""
    account = make.account(
        email="ada@example.org",
        display_name="Ada Birch",
        name_skeleton="adabirch",
        password_hash=hashed,
    )
    db.commit()
    return account
