"""Letters about accounts: from the form to the link, through the worker."""

from email.message import EmailMessage

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.accounts import keys
from consult.accounts.models import Account, AccountState
from consult.accounts.passwords import hash_password
from tests.browser import Browser
from tests.factories import Factory
from tests.notifications.conftest import PostOffice, html_of, link_in, text_of

PASSWORD = "heather on the northern moor"
WITH_PASSWORD = {"name": "Ada King", "email": "ada@example.org", "password": PASSWORD}


def is_essential(letter: EmailMessage) -> bool:
    return letter["List-Unsubscribe"] is None and "unsubscribe" not in text_of(letter)


def test_who_registers_gets_a_letter_whose_link_makes_the_account(
    browser: Browser, post: PostOffice, db: Session
) -> None:
    browser.post("/register", WITH_PASSWORD)
    letter = post.the_letter()
    assert letter["To"] == "ada@example.org"
    assert letter["Subject"] == "Confirm your e-mail address"
    assert "as “Ada King”" in text_of(letter) and "Hello,\n" in text_of(letter)
    assert is_essential(letter)
    browser.post(link_in(letter, "/confirm/"))
    account = db.scalar(select(Account).where(Account.email == "ada@example.org"))
    assert account is not None and account.state is AccountState.ACTIVE


def test_who_registers_again_is_told_of_the_account(
    browser: Browser, make: Factory, post: PostOffice
) -> None:
    make.account(email="ada@example.org", display_name="Ada King")
    post.db.commit()
    browser.post("/register", WITH_PASSWORD)
    letter = post.the_letter()
    assert letter["Subject"] == "You already have an account"
    assert "Hello Ada King," in text_of(letter) and is_essential(letter)
    browser.get(link_in(letter, "/sign-in"))
    browser.get(link_in(letter, "/forgotten-password"))


def test_who_forgot_the_password_gets_another_and_a_word_that_it_changed(
    browser: Browser, make: Factory, post: PostOffice
) -> None:
    make.account(email="ada@example.org")
    post.db.commit()
    browser.post("/forgotten-password", {"email": "ada@example.org"})
    letter = post.the_letter()
    assert letter["Subject"] == "Choose a new password" and is_essential(letter)
    browser.post(link_in(letter, "/reset-password/"), {"password": PASSWORD})
    changed = post.deliver()[-1]
    assert changed["Subject"] == "Your password was changed" and is_essential(changed)
    browser.get(link_in(changed, "/forgotten-password"))
    browser.post("/sign-in", {"email": "ada@example.org", "password": PASSWORD})


def test_who_closes_the_account_gets_a_last_letter(
    browser: Browser, make: Factory, post: PostOffice
) -> None:
    account = make.account(email="ada@example.org", password_hash=hash_password(PASSWORD))
    browser.signed_in(account).post("/account/close", {"password": PASSWORD})
    letter = post.the_letter()
    assert (letter["To"], letter["Subject"]) == ("ada@example.org", "Your account is closed")
    assert is_essential(letter)


def test_a_link_that_is_worthless_by_now_is_not_sent(
    browser: Browser, post: PostOffice, db: Session
) -> None:
    browser.post("/register", WITH_PASSWORD)
    confirm = post.the_letter()
    browser.post("/sign-in", {"email": "ada@example.org", "password": PASSWORD})
    account = db.scalar(select(Account))
    assert account is not None
    account.state = AccountState.ACTIVE
    keys.discard(db, account)
    assert [letter["Message-ID"] for letter in post.deliver()] == [confirm["Message-ID"]]


def test_an_unknown_address_gets_no_letter(browser: Browser, post: PostOffice) -> None:
    browser.post("/forgotten-password", {"email": "nobody@example.org"})
    assert post.deliver() == []


def test_links_lead_to_the_address_that_the_operator_set(
    browser: Browser, post: PostOffice
) -> None:
    browser.app.extra_environ["HTTP_HOST"] = "evil.example"
    browser.post("/register", WITH_PASSWORD)
    letter = post.the_letter()
    link_in(letter, "/confirm/")
    assert "evil" not in letter.as_string()


@pytest.mark.parametrize(
    ("name", "said"),
    [("Visit evil.example now", "Visit … now"), ("Dr J. Smith-Öz", "Dr J. Smith-Öz")],
)
def test_a_name_that_a_stranger_typed_is_no_link(
    name: str, said: str, browser: Browser, post: PostOffice
) -> None:
    browser.post("/register", WITH_PASSWORD | {"name": name})
    letter = post.the_letter()
    assert f"as “{said}”" in text_of(letter) and said in html_of(letter)
