"""One's own account."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.accounts.events import PasswordChanged
from consult.accounts.models import Account, AccountState, LoginSession, Role
from tests.accounts.conftest import PASSWORD, Sent
from tests.browser import Browser
from tests.factories import Factory

OTHER = "quiet yellow lantern"


def devices(db: Session, account: Account) -> int:
    return (
        db.scalar(select(func.count(LoginSession.id)).where(LoginSession.account_id == account.id))
        or 0
    )


def test_the_name_changes_under_the_same_rules(
    browser: Browser, make: Factory, ada: Account, db: Session
) -> None:
    here = browser.signed_in(ada)
    page = here.post("/account", {"name": "Moderator"}, status=422)
    assert "could be taken for an official" in page.text
    here.post("/account", {"name": " Ada  Birch-Lund "})
    assert (ada.display_name, ada.name_skeleton) == ("Ada Birch-Lund", "adablrchlund")
    assert "Language" not in here.get("/account").text


def test_the_password_changes_for_whoever_knows_it_and_ends_other_sessions(
    browser: Browser, ada: Account, db: Session, sent: Sent
) -> None:
    here, there = browser.signed_in(ada), browser.signed_in(ada)
    page = here.post("/account/password", {"current": OTHER, "password": OTHER}, status=422)
    assert "This is not your password" in page.text and OTHER not in page.text
    here.post("/account/password", {"current": PASSWORD, "password": OTHER})
    assert list(map(type, sent)) == [PasswordChanged]
    assert here.get("/account")
    assert there.get("/account", status=303)
    for _ in range(10):
        here.post("/account/password", {"current": "x", "password": OTHER}, status=422)
    here.post("/account/password", {"current": OTHER, "password": PASSWORD}, status=429)


def test_devices_are_signed_out_one_by_one_or_all(
    browser: Browser, make: Factory, ada: Account, db: Session
) -> None:
    stranger = make.account()
    here = browser.signed_in(ada)
    browser.signed_in(ada), browser.signed_in(ada), browser.signed_in(stranger)
    others = db.scalars(select(LoginSession.id).where(LoginSession.account_id != ada.id)).one()
    page = here.get("/account")
    assert "This device" in page.text and page.text.count("Sign out<span") == 2
    here.post("/account/sessions", {"session": others})
    here.post("/account/sessions", {"session": "0 OR 1=1"})
    assert (devices(db, ada), devices(db, stranger)) == (3, 1)
    newest = db.scalars(select(func.max(LoginSession.id)).where(LoginSession.account_id == ada.id))
    here.post("/account/sessions", {"session": newest.one()})
    assert devices(db, ada) == 2
    here.post("/account/sessions", {"session": "others"})
    assert devices(db, ada) == 1 and here.get("/account")


def test_a_closed_account_is_gone_but_its_comments_stay(
    browser: Browser, make: Factory, ada: Account, db: Session
) -> None:
    comment = make.comment(author=ada)
    here = browser.signed_in(ada)
    assert "Your comments stay" in here.get("/account/close").text
    here.post("/account/close", {"password": OTHER}, status=422)
    here.post("/account/close", {"password": PASSWORD})
    assert ada.state is AccountState.CLOSED and not ada.password_hash
    assert "@" not in ada.email and devices(db, ada) == 0
    assert comment.author_name == "Ada Birch" and comment.visible
    browser.post("/sign-in", {"email": "ada@example.org", "password": PASSWORD}, status=422)


def test_the_only_administrator_cannot_leave(
    browser: Browser, make: Factory, db: Session, hashed: str
) -> None:
    only = make.holder(Role.ADMINISTRATOR, password_hash=hashed)
    page = browser.signed_in(only).post("/account/close", {"password": PASSWORD}, status=422)
    assert "only administrator" in page.text and only.state is AccountState.ACTIVE


def test_nobody_sees_an_account_without_signing_in(browser: Browser) -> None:
    for path in ("/account", "/account/password", "/account/close"):
        assert "/sign-in?next=" in browser.get(path, status=303).location
    browser.post("/account/sessions", {"session": "others"}, status=403)
