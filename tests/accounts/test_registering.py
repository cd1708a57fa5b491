"""Registering and confirming, through the pages."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult import clock
from consult.accounts.events import ConfirmationWanted, RegistrationRepeated
from consult.accounts.models import Account, AccountState, LetterKey
from tests.accounts.conftest import PASSWORD, Sent
from tests.browser import Browser
from tests.factories import Factory

GOOD = {"name": "Ellen Marsh", "email": "ellen@example.org", "password": PASSWORD}
OTHER = "quiet yellow lantern"


def find(db: Session, email: str) -> Account | None:
    return db.scalar(select(Account).where(Account.email == email))


def test_somebody_registers_confirms_and_is_signed_in(
    browser: Browser, db: Session, sent: Sent
) -> None:
    page = browser.get("/register?next=/consultations/x")
    assert 'value="/consultations/x"' in page.text
    answer = browser.post("/register", GOOD | {"next": "/consultations/x"})
    assert answer.location.endswith("/sign-in?notice=letter-sent&next=%2Fconsultations%2Fx")
    [event] = sent
    account = find(db, "ellen@example.org")
    assert account and account.state is AccountState.UNCONFIRMED and not account.password_hash
    assert isinstance(event, ConfirmationWanted) and event.name == "Ellen Marsh"
    assert "Ellen Marsh" in browser.get(f"/confirm/{event.secret}").text
    answer = browser.post(f"/confirm/{event.secret}")
    assert answer.location == "http://localhost/consultations/x?notice=confirmed"
    confirmed = find(db, "ellen@example.org")
    assert confirmed and confirmed.state is AccountState.ACTIVE
    assert "Ellen Marsh" in browser.get("/account").text
    assert browser.get(f"/confirm/{event.secret}", status=410)


def test_following_the_link_alone_confirms_nothing(
    browser: Browser, db: Session, sent: Sent
) -> None:
    browser.post("/register", GOOD)
    browser.get(f"/confirm/{sent[0].secret}")
    account = find(db, "ellen@example.org")
    assert account and account.state is AccountState.UNCONFIRMED


def test_the_answer_is_the_same_for_an_address_that_has_an_account(
    browser: Browser, db: Session, ada: Account, sent: Sent
) -> None:
    before = ada.password_hash
    new = browser.post("/register", GOOD)
    known = browser.post("/register", GOOD | {"email": "ADA@example.org", "password": OTHER})
    assert (new.status, new.location) == (known.status, known.location)
    assert isinstance(sent[1], RegistrationRepeated)
    assert (ada.password_hash, ada.display_name) == (before, "Ada Birch")
    assert db.scalar(select(func.count(LetterKey.id))) == 1


def test_a_guest_becomes_an_account_only_by_the_letter(
    browser: Browser, make: Factory, db: Session, sent: Sent
) -> None:
    guest = make.account(email="guest@example.org", state=AccountState.GUEST, display_name="Old")
    db.commit()
    browser.post("/register", GOOD | {"email": "guest@example.org"})
    assert (guest.state, guest.display_name) == (AccountState.GUEST, "Old")
    browser.post(f"/confirm/{sent[0].secret}")
    assert (guest.state, guest.display_name) == (AccountState.ACTIVE, "Ellen Marsh")


def test_a_strangers_password_cannot_be_planted(browser: Browser, db: Session, sent: Sent) -> None:
    browser.post("/register", GOOD | {"password": OTHER})  # the stranger
    browser.post("/register", GOOD)  # the owner of the mailbox, who then takes the wrong letter
    page = browser.post(f"/confirm/{sent[0].secret}", {"password": PASSWORD}, status=422)
    assert "not the password" in page.text
    browser.post(f"/confirm/{sent[1].secret}", {"password": PASSWORD})
    assert browser.get("/account")
    browser.get(f"/confirm/{sent[0].secret}", status=410)


def test_keys_expire_and_are_kept_as_digests(browser: Browser, db: Session, sent: Sent) -> None:
    browser.post("/register", GOOD)
    secret = sent[0].secret
    key = db.scalars(select(LetterKey)).one()
    assert secret not in (key.digest, key.subject) and len(sent[0].secret) >= 43
    assert key.expires_at - key.created_at == timedelta(days=3)
    key.expires_at = clock.now()
    db.commit()
    page = browser.get(f"/confirm/{sent[0].secret}", status=410)
    assert "another letter" in page.text
    assert browser.post(f"/confirm/{sent[0].secret}", status=410)


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("name", "", "Enter the name"),
        ("name", "Site Moderator", "could be taken for an official"),
        ("name", "n" * 9_000, "9000 characters"),
        ("name", "\x00\u200b\u202e", "Enter the name"),
        ("email", "", "Enter your e-mail"),
        ("email", "nowhere", "correct format"),
        ("email", "a\x00b@example.org", "correct format"),
        ("email", "x" * 250 + "@example.org", "at most 254"),
        ("email", "@" * 2_000, "at most 254"),
        ("password", "", "Choose a password"),
        ("password", "short", "at least 10"),
        ("password", "y" * 9_000, "at most 200"),
        ("password", "ellen marsh is me", "without your name"),
    ],
)
def test_what_cannot_be_taken_is_said_and_the_rest_kept(
    browser: Browser, field: str, value: str, said: str
) -> None:
    page = browser.post("/register", GOOD | {field: value}, status=422)
    assert said in page.text and "There is a problem" in page.text
    assert PASSWORD not in page.text
    if field != "email":
        assert "ellen@example.org" in page.text


def test_missing_fields_and_files_in_their_place_are_refused(browser: Browser) -> None:
    assert browser.post("/register", status=422)
    files = [(name, "a.txt", b"x") for name in ("name", "email", "password", "next")]
    assert browser.post("/register", status=422, upload_files=files)


def test_strange_bytes_do_no_harm(browser: Browser) -> None:
    browser.app.set_cookie("csrf", "token")
    for body in (b"name=%ED%A0%80&email=%FF%FE", b"name=%00", b"\xff\xfe", b"%"):
        answer = browser.app.post("/register", body + b"&csrf_token=token", status="*")
        assert 400 <= answer.status_int < 500
    token = [("csrf_token", "a.txt", b"token")]
    assert browser.app.post("/register", upload_files=token, status=400)


def test_letters_to_one_address_are_limited_whether_it_is_known_or_not(
    browser: Browser, ada: Account
) -> None:
    for email in ("ada@example.org", "nobody@example.org"):
        for _ in range(5):
            browser.post("/forgotten-password", {"email": email})
        answer = browser.post("/forgotten-password", {"email": email.upper()}, status=429)
        assert re.fullmatch(r"[0-9]+", answer.headers["Retry-After"])
        for _ in range(5):
            browser.post("/register", GOOD | {"email": email})
        browser.post("/register", GOOD | {"email": email}, status=429)
