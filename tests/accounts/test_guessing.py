"""Strangers who try passwords or have letters sent: they get nowhere, and nobody else is shut out."""

import re
from typing import Any

import pytest
from limits import parse_many
from pyramid.router import Router
from sqlalchemy.orm import Session

from consult.accounts.events import ConfirmationWanted
from consult.accounts.models import Account
from consult.drafts.models import Paragraph
from consult.rate_limits import TABLE, Act
from tests.accounts.conftest import PASSWORD, Sent
from tests.browser import Browser
from tests.factories import Factory

ADA = {"email": "ada@example.org", "password": PASSWORD}
WRONG = ADA | {"password": "quiet yellow lantern"}
GUEST = {"text": "I live here.", "name": "Ellen Marsh", "email": "ada@example.org"}


class Elsewhere(Browser):
    """A browser of its own at another address."""

    def __init__(self, browser: Browser, address: str) -> None:
        super().__init__(browser.router, browser.db)
        self.app.extra_environ = {"REMOTE_ADDR": address}


def strangers(browser: Browser, networks: int) -> None:
    """Have people from so many networks try as often as they may."""
    for number in range(networks):
        stranger = Elsewhere(browser, f"198.51.100.{number}")
        for _ in range(10):
            stranger.post("/sign-in", WRONG, status="*")


def test_strangers_elsewhere_do_not_keep_the_owner_out(browser: Browser, ada: Account) -> None:
    strangers(browser, networks=4)
    stranger = Elsewhere(browser, "198.51.100.0")
    refused = stranger.post("/sign-in", ADA, status=429)
    assert 0 < int(refused.headers["Retry-After"]) <= 901
    assert re.search(r"Wait 1[0-9] minutes", refused.text)
    assert browser.post("/sign-in", ADA).location.endswith("/account")


@pytest.fixture
def besieged(browser: Browser, ada: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ada's account is tried from so many networks that passwords from new browsers are refused."""
    monkeypatch.setitem(TABLE, Act.SIGN_IN_ANYWHERE, parse_many("20 per hour"))
    strangers(browser, networks=3)
    assert Elsewhere(browser, "192.0.2.1").post("/sign-in", WRONG, status=429)


def test_guessing_from_everywhere_is_limited_but_not_where_one_has_signed_in_before(
    browser: Browser, ada: Account, request: pytest.FixtureRequest
) -> None:
    browser.post("/sign-in", ADA)
    browser.post("/sign-out")
    request.getfixturevalue("besieged")
    # Also where a neighbour has used up what the network may.
    browser.app.extra_environ = {"REMOTE_ADDR": "198.51.100.0"}
    browser.post("/sign-in", ADA)
    # The known browser is none for other people's accounts, and no place to guess for ever.
    browser.post("/sign-out")
    for _ in range(10):
        browser.post("/sign-in", WRONG, status=422)
    assert browser.post("/sign-in", ADA, status=429)


def test_a_new_browser_gets_in_by_letter_during_an_attack(
    app: Router, browser: Browser, besieged: None, sent: Sent
) -> None:
    refused = browser.post("/sign-in", ADA, status=429)
    assert "you need not wait" in refused.text and 'href="/forgotten-password"' in refused.text
    browser.post("/forgotten-password", {"email": "ada@example.org"})
    new = "wide silver kettle"
    browser.post(f"/reset-password/{sent[-1].secret}", {"password": new})
    assert browser.post("/sign-in", ADA | {"password": new}).location.endswith("/account")


def test_a_made_up_device_is_none(browser: Browser, ada: Account, besieged: None) -> None:
    for value in ("", "~~~", "x" * 16 + "." + "y" * 43, "\x7f", "a" * 5000):
        stranger = Elsewhere(browser, "192.0.2.1")
        stranger.app.set_cookie("device", value)
        assert stranger.post("/sign-in", ADA, status=429)


def test_the_device_of_one_person_is_none_for_another(
    browser: Browser, make: Factory, db: Session, hashed: str, ada: Account
) -> None:
    for email in ("bo@example.org", "cy@example.org"):
        make.account(email=email, password_hash=hashed)
        db.commit()
        browser.post("/sign-in", {"email": email, "password": PASSWORD})
        browser.post("/sign-out")
    for _ in range(10):
        browser.post("/sign-in", WRONG, status=422)
    assert browser.post("/sign-in", ADA, status=429)
    # Both of those who share this browser are known in it.
    for email in ("bo@example.org", "cy@example.org"):
        browser.post("/sign-in", {"email": email, "password": PASSWORD})
        browser.post("/sign-out")


def test_only_signing_in_sets_the_device_and_only_signing_in_is_told_of_it(
    browser: Browser, ada: Account
) -> None:
    for page in ("/", "/sign-in", "/register", "/forgotten-password", "/privacy"):
        assert not [c for c in browser.get(page).headers.getall("Set-Cookie") if "device" in c]
    cookies = browser.post("/sign-in", ADA).headers.getall("Set-Cookie")
    [device] = [cookie for cookie in cookies if cookie.startswith("device=")]
    assert "Path=/sign-in" in device and "HttpOnly" in device and "SameSite=Lax" in device
    assert "Max-Age=31536000" in device and "ada" not in device
    assert "Another one" in browser.get("/privacy").text


def test_whoever_is_signed_in_proves_it_whatever_strangers_try(
    browser: Browser, ada: Account
) -> None:
    here, there = browser.signed_in(ada), browser.signed_in(ada)
    for _ in range(10):
        browser.post("/sign-in", WRONG, status=422)
        there.post("/account/password", {"current": "x", "password": "wide kettle"}, status=422)
    there.post("/account/password", {"current": "x", "password": "wide kettle"}, status=429)
    new = {"current": PASSWORD, "password": "wide silver kettle"}
    assert here.post("/account/password", new).location.endswith("password-changed")


def test_strangers_do_not_keep_somebody_from_confirming(
    app: Router, browser: Browser, sent: Sent
) -> None:
    person = {"name": "Ellen Marsh", "email": "ellen@example.org", "password": PASSWORD}
    for password in ("quiet yellow lantern", PASSWORD):
        browser.post("/register", person | {"password": password})
    secret = sent[-1].secret
    for _ in range(10):
        browser.post("/sign-in", person | {"password": "wrong"}, status=422)
        browser.post(f"/confirm/{sent[0].secret}", {"password": "wrong"}, status=422)
    browser.post(f"/confirm/{sent[0].secret}", {"password": PASSWORD}, status=429)
    assert browser.post(f"/confirm/{secret}", {"password": PASSWORD})


def test_letters_to_a_new_password_cannot_be_used_up_nor_flood_a_mailbox(
    app: Router,
    browser: Browser,
    ada: Account,
    sent: Sent,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """For a day, strangers from many networks ask for letters every ten minutes."""
    hours = travel(monkeypatch)
    for minute in range(0, 24 * 60, 10):
        hours(minute / 60)
        asker = Elsewhere(browser, f"198.51.100.{minute // 10}")
        answer = asker.post("/forgotten-password", {"email": "ada@example.org"}, status="*")
        assert len(sent) > 0  # The worker has written what was due by now.
        if answer.status_int == 429:
            assert "the link in the latest one works" in answer.text
            assert browser.get(f"/reset-password/{sent[-1].secret}")
    assert 10 < len(sent) <= 34
    browser.post(f"/reset-password/{sent[-1].secret}", {"password": "wide silver kettle"})
    # The links of all those letters are worthless now, so another one can be had.
    browser.post("/forgotten-password", {"email": "ada@example.org"})


def travel(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return how to go to so many hours from now."""
    import time
    from datetime import timedelta

    from consult import clock

    now, counted = clock.now(), time.time()

    def to(hours: float) -> None:
        monkeypatch.setattr(clock, "now", lambda: now + timedelta(hours=hours))
        monkeypatch.setattr(time, "time", lambda: counted + hours * 3600)

    return to


def test_letters_for_guests_and_registering_leave_the_letter_to_a_new_password_alone(
    app: Router, browser: Browser, make: Factory, db: Session, sent: Sent, paragraph: Paragraph
) -> None:
    consultation = paragraph.document.consultation.slug
    page = f"/consultations/{consultation}/{paragraph.document.slug}/p/{paragraph.key}"
    register = {"name": "Ellen Marsh", "email": "ada@example.org", "password": PASSWORD}
    for number in range(4):
        stranger = Elsewhere(browser, f"198.51.100.{number}")
        for again in range(3):
            stranger.post(page, GUEST | {"text": f"Number {again}."}, status="*")
            stranger.post("/register", register, status="*")
    for path, fields in ((page, GUEST), ("/register", register)):
        refused = browser.post(path, fields, status=429)
        assert 'href="/forgotten-password"' in refused.text
    assert len(sent) > 0  # So that the letters of registering are through.
    browser.post("/forgotten-password", {"email": "ada@example.org"})
    browser.post(f"/reset-password/{sent[-1].secret}", {"password": "wide silver kettle"})
    browser.post("/sign-in", ADA | {"password": "wide silver kettle"})
    assert browser.get("/account")


def test_a_stranger_elsewhere_does_not_use_up_the_letters_of_registering_and_guests(
    app: Router, browser: Browser, sent: Sent, paragraph: Paragraph
) -> None:
    consultation = paragraph.document.consultation.slug
    page = f"/consultations/{consultation}/{paragraph.document.slug}/p/{paragraph.key}"
    stranger = Elsewhere(browser, "198.51.100.1")
    for number in range(6):
        stranger.post(page, GUEST | {"text": f"Number {number}."}, status="*")
    assert stranger.post(page, GUEST, status=429)
    browser.post(page, GUEST)
    browser.post("/register", {"name": "Ellen", "email": "ada@example.org", "password": PASSWORD})
    assert isinstance(sent[-1], ConfirmationWanted)


@pytest.fixture
def paragraph(make: Factory, db: Session) -> Paragraph:
    """Give a paragraph on which everybody may comment."""
    found = make.paragraph(make.document())
    db.commit()
    return found
