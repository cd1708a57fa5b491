"""The ground floor: both databases, headers, refusals."""

from sqlalchemy.orm import Session

from consult.layout.headers import POLICY
from tests.browser import Browser
from tests.factories import Factory


def test_the_site_answers_that_it_lives_and_is_ready(browser: Browser) -> None:
    assert browser.get("/healthz").text == "ok\n"
    assert browser.get("/readyz").text == "ok\n"


def test_every_answer_carries_the_policy_even_a_refusal(browser: Browser) -> None:
    for response in (browser.get("/healthz"), browser.get("/no-such-page", status=404)):
        assert response.headers["Content-Security-Policy"] == POLICY
        assert "Set-Cookie" not in response.headers


def test_what_a_test_stores_the_next_request_sees(
    browser: Browser, make: Factory, db: Session
) -> None:
    account = make.account()
    db.commit()
    assert browser.signed_in(account).get("/no-such-page", status=404)
