"""Signing in and out, forgotten passwords."""

from datetime import timedelta

import argon2
import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult import clock
from consult.accounts.destinations import local_path
from consult.accounts.events import ConfirmationWanted, PasswordChanged, ResetWanted
from consult.accounts.models import Account, AccountState, LoginSession
from tests.accounts.conftest import PASSWORD, Sent
from tests.browser import Browser
from tests.factories import Factory

ADA = {"email": "ada@example.org", "password": PASSWORD}
OTHER = "quiet yellow lantern"


def test_signing_in_and_out(browser: Browser, ada: Account, db: Session) -> None:
    answer = browser.post("/sign-in", ADA | {"email": " Ada@Example.org "})
    assert answer.location == "http://localhost/account"
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie
    assert "Ada Birch" in browser.get("/account").text
    assert browser.get("/sign-in?next=/search", status=303).location.endswith("/search")
    browser.post("/sign-out")
    assert db.scalar(select(func.count(LoginSession.id))) == 0
    assert "/sign-in" in browser.get("/account", status=303).location


def test_wrong_password_and_unknown_address_get_one_answer(browser: Browser, ada: Account) -> None:
    wrong = browser.post("/sign-in", ADA | {"password": OTHER}, status=422)
    unknown = browser.post("/sign-in", {"email": "no@example.org", "password": OTHER}, status=422)
    nonsense = browser.post("/sign-in", {"email": "x" * 9999, "password": "\x00"}, status=422)
    for page in (wrong, unknown, nonsense):
        assert "E-mail address or password are not right" in page.text
        assert OTHER not in page.text
    assert browser.post("/sign-in", status=422)


def test_the_session_is_a_new_one_at_every_sign_in(
    browser: Browser, ada: Account, db: Session
) -> None:
    browser.post("/sign-in", ADA)
    first = db.scalars(select(LoginSession.token_digest)).one()
    browser.post("/sign-in", ADA)
    assert db.scalars(select(LoginSession.token_digest)).one() != first


@pytest.mark.parametrize(
    "place",
    [
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "https://evil.example/",
        "javascript:alert(1)",
        "/\t/evil.example",
        "/x\r\nSet-Cookie: a=b",
        "///evil.example",
        " /x",
        "x",
        "",
        "/é",
        "/" + "x" * 3000,
    ],
)
def test_next_never_leads_elsewhere(place: str) -> None:
    assert local_path(place) == ""


def test_next_leads_back_on_this_site(browser: Browser, ada: Account) -> None:
    place = "/consultations/x/y/p/k1?parent=c#comment-form"
    assert local_path(place) == place
    answer = browser.post("/sign-in", ADA | {"next": place})
    assert answer.location == "http://localhost" + place
    browser.post("/sign-out")
    answer = browser.post("/sign-in", ADA | {"next": "//evil.example/account"})
    assert answer.location == "http://localhost/account"


def test_guessing_at_one_account_is_limited_and_the_right_password_starts_anew(
    browser: Browser, ada: Account
) -> None:
    browser.post("/sign-in", ADA | {"password": OTHER}, status=422)
    browser.post("/sign-in", ADA)
    browser.post("/sign-out")
    for _ in range(10):
        browser.post("/sign-in", ADA | {"password": OTHER}, status=422)
    answer = browser.post("/sign-in", ADA, status=429)
    assert 0 < int(answer.headers["Retry-After"]) <= 901


def test_unconfirmed_people_are_sent_another_letter_after_the_right_password(
    browser: Browser, db: Session, sent: Sent
) -> None:
    person = {"email": "ellen@example.org", "password": PASSWORD}
    browser.post("/register", person | {"name": "Ellen Marsh"})
    assert len(sent) == 1
    browser.post("/sign-in", person | {"password": OTHER}, status=422)
    assert "notice=confirm-first" in browser.post("/sign-in", person).location
    assert len(sent) == 2 and isinstance(sent[1], ConfirmationWanted)
    browser.post(f"/confirm/{sent[1].secret}")
    assert "Ellen Marsh" in browser.get("/account").text


def test_an_old_hash_is_renewed_at_sign_in(browser: Browser, ada: Account, db: Session) -> None:
    ada.password_hash = argon2.PasswordHasher(1, 8192, 1).hash(PASSWORD)
    db.commit()
    browser.post("/sign-in", ADA)
    assert ada.password_hash and "m=19456,t=2,p=1" in ada.password_hash


def test_a_forgotten_password_is_replaced_by_a_letter(
    browser: Browser, ada: Account, db: Session, sent: Sent
) -> None:
    elsewhere = browser.signed_in(ada)
    known = browser.post("/forgotten-password", {"email": "ada@example.org"})
    unknown = browser.post("/forgotten-password", {"email": "no@example.org"})
    assert known.location == unknown.location
    [event] = sent
    assert isinstance(event, ResetWanted)
    link = f"/reset-password/{event.secret}"
    assert browser.get(link)
    assert "without your name" in browser.post(link, {"password": "ada birch xyz"}, status=422).text
    browser.post(link, {"password": OTHER})
    assert isinstance(sent[1], PasswordChanged)
    assert elsewhere.get("/account", status=303)
    assert browser.get(link, status=410)
    browser.post("/sign-in", ADA, status=422)
    browser.post("/sign-in", ADA | {"password": OTHER})


def test_a_guest_who_forgot_that_there_was_no_password_gets_one(
    browser: Browser, make: Factory, db: Session, sent: Sent
) -> None:
    guest = make.account(email="guest@example.org", state=AccountState.GUEST)
    db.commit()
    browser.post("/forgotten-password", {"email": "guest@example.org"})
    browser.post(f"/reset-password/{sent[0].secret}", {"password": OTHER})
    assert guest.state is AccountState.ACTIVE


def test_a_reset_link_is_good_for_two_hours(
    browser: Browser, ada: Account, db: Session, sent: Sent, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser.post("/forgotten-password", {"email": "ada@example.org"})
    link = f"/reset-password/{sent[0].secret}"
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(minutes=119))
    assert browser.get(link)
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(minutes=121))
    assert browser.get(link, status=410)
    assert browser.post(link, {"password": OTHER}, status=410)
