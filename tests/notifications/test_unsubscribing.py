"""One press ends a kind of letters; nothing that one has to know can be ended."""

import re

import pytest
from pyramid.router import Router
from sqlalchemy.orm import Session

from consult.accounts.models import Account
from consult.comments.events import CommentPosted
from consult.notifications.kinds import CHOICES, KINDS, LetterKind
from consult.notifications.models import MutedLetter
from consult.notifications.unsubscribing import _signed
from tests.browser import Browser
from tests.factories import Factory
from tests.notifications.conftest import PostOffice, link_in

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


def somebody_answers(app: Router, make: Factory, author: Account) -> None:
    parent = make.comment(author=author)
    app.registry.notify(CommentPosted(make.comment(parent.paragraph, parent=parent)))


def muted(db: Session, account: Account) -> bool:
    return db.get(MutedLetter, (account.id, "comment-answered")) is not None


def test_a_mail_program_unsubscribes_by_itself(
    app: Router, browser: Browser, make: Factory, post: PostOffice, db: Session
) -> None:
    author = make.account()
    somebody_answers(app, make, author)
    letter = post.the_letter()
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    named = re.fullmatch(r"<http://localhost(/unsubscribe/[^ >]+)>", letter["List-Unsubscribe"])
    assert named
    # RFC 8058: no cookie, no token, no Origin; the answer is no redirect.
    browser.raw_post(named[1], ONE_CLICK, status=200)
    assert muted(db, author)
    browser.raw_post(named[1], ONE_CLICK, status=200)
    somebody_answers(app, make, author)
    assert len(post.deliver()) == 1


def test_a_letter_that_waits_is_not_sent_after_unsubscribing(
    app: Router, make: Factory, post: PostOffice, db: Session
) -> None:
    author = make.account()
    somebody_answers(app, make, author)
    db.add(MutedLetter(account_id=author.id, kind="comment-answered"))
    assert post.deliver() == []


def test_a_person_presses_a_button_and_can_take_it_back(
    app: Router, browser: Browser, make: Factory, post: PostOffice, db: Session
) -> None:
    author = make.account()
    somebody_answers(app, make, author)
    path = link_in(post.the_letter(), "/unsubscribe/")
    page = browser.get(path)
    page.mustcontain("Somebody answers my comment")
    assert not muted(db, author), "a program that follows links must not unsubscribe anybody"
    page = page.forms[1].submit()
    assert page.status_int == 200 and muted(db, author)
    db.expire_all()
    page.mustcontain("You get no more of these letters")
    page = page.forms[1].submit("again")
    db.expire_all()
    assert not muted(db, author)
    page.mustcontain("Send me no more of these")


def test_the_way_back_needs_our_own_page(
    app: Router, browser: Browser, make: Factory, db: Session
) -> None:
    author = make.account()
    db.commit()
    path = "/unsubscribe/" + _signed(app.registry["settings"], author.id, "comment-answered")
    browser.raw_post(path, status=200)
    browser.raw_post(path, {"again": "yes"}, status=419)
    assert muted(db, author)


def test_only_a_key_that_we_signed_counts(
    app: Router, browser: Browser, make: Factory, db: Session
) -> None:
    author, other = make.account(), make.account()
    db.commit()
    key = _signed(app.registry["settings"], author.id, "comment-answered")
    signature = key.rsplit(".", 1)[1]
    for forged in (
        f"{other.id}.comment-answered.{signature}",
        f"{author.id}.official-reply.{signature}",
        f"{author.id}.comment-answered.{'A' * 43}",
        f"{author.id}.comment-answered.",
        key + "A",
        "x",
        "%F0%9F%98%80",
    ):
        browser.get(f"/unsubscribe/{forged}", status=404)
        browser.raw_post(f"/unsubscribe/{forged}", ONE_CLICK, status=404)
    browser.get(f"/unsubscribe/{key}")


@pytest.mark.parametrize("kind", sorted(set(KINDS) - set(CHOICES)))
def test_nothing_essential_can_be_unsubscribed(
    kind: LetterKind, app: Router, browser: Browser, make: Factory, db: Session
) -> None:
    author = make.account()
    db.commit()
    key = _signed(app.registry["settings"], author.id, kind)
    browser.raw_post(f"/unsubscribe/{key}", ONE_CLICK, status=404)
    browser.signed_in(author).post("/account/letters", {"letters": kind}, status=422)
    assert db.query(MutedLetter).count() == 0


def test_one_chooses_letters_on_the_account_page(
    browser: Browser, make: Factory, db: Session
) -> None:
    author = make.account()
    me = browser.signed_in(author)
    page = me.get("/account/letters")
    page.mustcontain(author.email)
    boxes = page.forms[2].fields["letters"]
    assert [box.checked for box in boxes] == [True] * len(CHOICES)
    for box in boxes:
        box.checked = box._value == "official-reply"
    answer = page.forms[2].submit()
    assert answer.status_int == 303
    db.expire_all()
    kinds = db.query(MutedLetter.kind).order_by(MutedLetter.kind)
    assert [kind for (kind,) in kinds] == [
        "comment-answered",
        "comment-published",
        "version-published",
    ]
    me.get(answer.headers["Location"]).mustcontain("Your choice of letters has been saved.")
    me.post("/account/letters", [])
    assert db.query(MutedLetter).count() == len(CHOICES)


def test_choosing_needs_an_account(browser: Browser) -> None:
    assert "/sign-in" in browser.get("/account/letters", status=303).headers["Location"]
