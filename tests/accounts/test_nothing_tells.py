"""Who has an account is nobody's business: a page does the same whatever address was typed.

Times cannot be compared on a busy machine, so what takes the time is: the statements that the
database gets, one by one, and the number of passwords that are hashed.
"""

from collections.abc import Iterator
from typing import Any

import argon2
import pytest
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from consult.accounts import keys
from consult.accounts.models import Account, AccountState, KeyPurpose, Role
from consult.accounts.passwords import HASHER
from consult.drafts.models import Paragraph
from tests.accounts.conftest import PASSWORD
from tests.browser import Browser
from tests.factories import Factory
from tests.queries import counted

ADDRESSES = ("unknown", "active", "official", "guest", "unconfirmed")


@pytest.fixture
def people(make: Factory, db: Session, hashed: str) -> None:
    """Give an address of every kind."""
    make.account(email="active@example.org", password_hash=hashed)
    make.holder(Role.OFFICIAL, email="official@example.org", password_hash=hashed)
    make.account(email="guest@example.org", state=AccountState.GUEST)
    waiting = make.account(email="unconfirmed@example.org", state=AccountState.UNCONFIRMED)
    keys.issue(
        db, waiting, KeyPurpose.CONFIRM, keys.CONFIRMATION, display_name="X", password_hash=hashed
    )
    db.commit()


@pytest.fixture
def hashes(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Give a list that fills with what was done to passwords; it still is done."""
    done: list[str] = []

    def noted(name: str) -> Any:
        original = getattr(argon2.PasswordHasher, name)

        def act(self: Any, *given: Any) -> Any:
            done.append(name)
            return original(self, *given)

        return act

    for name in ("hash", "verify"):
        monkeypatch.setattr(argon2.PasswordHasher, name, noted(name))
    assert isinstance(HASHER, argon2.PasswordHasher)
    yield done


@pytest.fixture
def paragraph(make: Factory, db: Session) -> Paragraph:
    """Give a paragraph on which everybody may comment."""
    found = make.paragraph(make.document())
    db.commit()
    return found


def forms(paragraph: Paragraph) -> dict[str, dict[str, str]]:
    """Return every form into which a stranger can type somebody's address."""
    document = paragraph.document
    page = f"/consultations/{document.consultation.slug}/{document.slug}/p/{paragraph.key}"
    return {
        "/sign-in": {"password": "quiet yellow lantern"},
        "/register": {"name": "Ellen Marsh", "password": PASSWORD},
        "/forgotten-password": {},
        page: {"name": "Ellen Marsh", "text": "I live here."},
    }


def test_every_form_does_and_says_the_same_whoever_has_the_address(
    browser: Browser,
    connection: Connection,
    people: None,
    hashes: list[str],
    paragraph: Paragraph,
) -> None:
    for path, fields in forms(paragraph).items():
        found = {}
        for whose in ADDRESSES:
            stranger = Browser(browser.router, browser.db)
            stranger.app.extra_environ = {"REMOTE_ADDR": f"198.51.100.{len(whose)}"}
            stranger.get(path)
            hashes.clear()
            with counted(connection) as statements:
                answer = stranger.post(path, fields | {"email": f"{whose}@example.org"}, status="*")
            headers = sorted(name for name, _value in answer.headers.items())
            text = answer.text.replace(f"{whose}@", "@")
            token = stranger.app.cookies.get("csrf", "token")
            found[whose] = (
                statements,
                list(hashes),
                answer.status,
                answer.location,
                headers,
                text.replace(token, ""),
            )
        for whose in ADDRESSES:
            assert found[whose] == found["unknown"], (path, whose)
        assert found["unknown"][0], path


def test_an_account_that_is_there_already_stays_as_it_is(
    browser: Browser, db: Session, people: None, paragraph: Paragraph
) -> None:
    before = {a.email: (a.display_name, a.state, a.password_hash) for a in db.query(Account)}
    for path, fields in forms(paragraph).items():
        for whose in ADDRESSES[1:]:
            browser.post(path, fields | {"email": f"{whose}@example.org"}, status="*")
    after = {a.email: (a.display_name, a.state, a.password_hash) for a in db.query(Account)}
    assert after == before
