"""What these tests share: the letters that would have been written, and one good password."""

from collections.abc import Iterator
from typing import Any

import pytest
from pyramid.router import Router
from sqlalchemy.orm import Session

from consult.accounts import events, passwords
from consult.accounts.models import Account
from tests.factories import Factory

PASSWORD = "tall green bicycle"
EVENTS = (
    events.ConfirmationWanted,
    events.RegistrationRepeated,
    events.ResetWanted,
    events.PasswordChanged,
)


@pytest.fixture
def sent(app: Router, db: Session) -> Iterator[list[Any]]:
    """Give the list of events for which letters are written, as they happen."""
    happened: list[Any] = []
    for kind in EVENTS:
        app.registry.registerHandler(happened.append, (kind,))
    yield happened
    for kind in EVENTS:
        app.registry.unregisterHandler(happened.append, (kind,))


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
