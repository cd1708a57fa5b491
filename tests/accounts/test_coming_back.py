"""Signing in leads back to where one was, and nowhere else."""

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy.orm import Session

from consult.accounts.events import ConfirmationWanted
from consult.accounts.models import Account, Role
from consult.consultations.phases import Audience, Commenters
from tests.accounts.begun import sign_in_on
from tests.accounts.conftest import PASSWORD
from tests.browser import Browser
from tests.factories import Factory

ADA = {"email": "ada@example.org", "password": PASSWORD}
HOST = "http://localhost"


def link(page: Any) -> str:
    """Return where the header's link for signing in leads."""
    return str(page.html.header.select_one("a[href^='/sign-in']")["href"])


def back(address: str) -> str:
    return parse_qs(urlsplit(address).query).get("next", [""])[0]


def test_the_link_in_the_header_leads_back_to_every_page(
    browser: Browser, make: Factory, db: Session, ada: Account
) -> None:
    comment = make.comment()
    secret = make.document(consultation=make.consultation(audience=Audience.OFFICIALS))
    db.commit()
    paragraph = f"/consultations/{comment.document.consultation.slug}/{comment.document.slug}/p/k2"
    document = paragraph.removesuffix("/p/k2")
    hidden = f"/consultations/{secret.consultation.slug}"
    pages = {
        "/": "/",
        "/?notice=signed-out": "/",
        "/search?q=lime+trees&kind=comment": "/search?q=lime+trees&kind=comment",
        "/privacy": "/privacy",
        document.rsplit("/", 1)[0]: document.rsplit("/", 1)[0],
        document: document,
        f"{document}/v1": f"{document}/v1",
        paragraph: paragraph,
        f"{paragraph}?c={comment.public_id}": f"{paragraph}?c={comment.public_id}#c-{comment.public_id}",
        hidden: hidden,
        # From pages on the way one goes where they would have led.
        "/sign-in?next=/search": "/search",
        "/register?next=/search": "/search",
        "/forgotten-password?next=/search": "/search",
    }
    # Whether there is an index here to search in depends on the tests before.
    expected: dict[str, int | str] = {hidden: 404, "/search?q=lime+trees&kind=comment": "*"}
    for address, place in pages.items():
        page = browser.get(address, status=expected.get(address, 200))
        assert back(link(page)) == place, address
        answer = sign_in_on(browser.get(link(page)), ada, 303)
        assert answer.location == HOST + place
        browser.app.reset()
    assert back(link(browser.get("/consultations/nothing/here/at/all", status=404))) == ""


def test_error_pages_lead_back_too(browser: Browser, make: Factory, db: Session) -> None:
    secret = make.consultation(audience=Audience.OFFICIALS)
    official = make.holder(Role.OFFICIAL, secret)
    db.commit()
    page = browser.get(f"/consultations/{secret.slug}", status=404)
    offered = page.html.main.select_one("a[href^='/sign-in']")["href"]
    assert back(offered) == f"/consultations/{secret.slug}"
    assert browser.signed_in(official).get(back(offered))


def test_pages_that_caches_keep_set_no_cookie_and_hold_a_link_of_their_own(
    browser: Browser, make: Factory, db: Session
) -> None:
    document = make.document()
    db.commit()
    path = f"/consultations/{document.consultation.slug}/{document.slug}"
    for address in (path, f"{path}?from=letter", "/search", "/", f"{path}/v1"):
        for _time in range(2):
            page = browser.get(address)
            assert "Set-Cookie" not in page.headers
            assert back(link(page)) == address
        browser.get(address, status=304, headers={"If-None-Match": page.headers["ETag"]})


@pytest.mark.parametrize(
    "place",
    [
        "//evil.example",
        "https:evil.example",
        "https:/evil.example",
        "/\\evil.example",
        "/%5cevil.example",
        "/.//evil.example",
        "/%2f%2fevil.example",
        "/\t/evil.example",
        "/x\r\nSet-Cookie: a=b",
        "/consultations/\x7f",
        "/search?q=" + "x" * 3000,
        "/%ff",
        "/sign-out",
        "/sign-in?next=/sign-out",
        "/register",
        "/c/c1/vote",
        "/account/sessions",
        "/static/css/base.css",
        "/nowhere",
        "",
    ],
)
def test_whatever_else_is_asked_leads_to_the_account(
    browser: Browser, ada: Account, place: str
) -> None:
    assert browser.post("/sign-in", ADA | {"next": place}).location == f"{HOST}/account"
    page = browser.post("/sign-in", ADA | {"next": place, "kept.text": "Some words."}, status=200)
    assert "Some words." in page.html.main.text
    assert page.html.main.form is None


def test_a_link_too_long_to_carry_leads_to_its_page_at_least(browser: Browser) -> None:
    page = browser.get("/search?more=" + "x" * 3000)
    assert back(link(page)) == "/search"


def test_a_forgotten_password_leads_back(browser: Browser, ada: Account, sent: list[Any]) -> None:
    page = browser.get("/sign-in?next=/search%3Fq%3Dtrees").click("I forgot my password")
    page.forms[1]["email"] = "ada@example.org"
    told = page.forms[1].submit(status=303).follow()
    assert back(told.request.url) == "/search?q=trees"
    form = browser.get(f"/reset-password/{sent[0].secret}").forms[1]
    form["password"] = "quiet yellow lantern"
    last = form.submit(status=303).follow()
    entry = next(f for f in last.forms.values() if f.action == "/sign-in")
    entry["email"], entry["password"] = "ada@example.org", "quiet yellow lantern"
    assert entry.submit(status=303).location == f"{HOST}/search?q=trees"


def test_a_new_account_leads_back(
    browser: Browser, make: Factory, db: Session, sent: list[Any]
) -> None:
    document = make.document(consultation=make.consultation(commenters=Commenters.ACCOUNTS))
    db.commit()
    path = f"/consultations/{document.consultation.slug}/{document.slug}/p/k2"
    page = browser.get(path).click("create an account")
    form = page.forms[1]
    form["name"], form["email"], form["password"] = "Ellen Marsh", "e@example.org", PASSWORD
    form.submit(status=303)
    [event] = sent
    assert isinstance(event, ConfirmationWanted)
    answer = browser.get(f"/confirm/{event.secret}").forms[1].submit(status=303)
    assert answer.location == f"{HOST}{path}?notice=confirmed"
    assert "you are signed in" in answer.follow().html.find(class_="notice").text


def test_the_browser_is_told_which_links_it_may_complete(browser: Browser) -> None:
    marked = re.findall(r"<a [^>]*data-sign-in", browser.get("/").text)
    assert len(marked) == 1
