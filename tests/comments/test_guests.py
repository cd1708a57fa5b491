"""Commenting without an account: a name, an address, a letter."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult import clock
from consult.accounts.models import Account, AccountState, LetterKey, Role
from consult.comments.events import CommentPosted, GuestCommentWaits
from consult.comments.status import CommentStatus
from consult.consultations.models import Moderation
from consult.drafts.models import Paragraph
from tests.browser import Browser
from tests.comments.helpers import comments, page_of
from tests.factories import Factory

SAID = {"text": "I live here.", "name": "Ellen Marsh", "email": "Ellen@Example.org"}


@pytest.fixture
def heard(browser: Browser) -> Iterator[list[object]]:
    """Give what the room tells others of."""
    events: list[object] = []
    registry = browser.router.registry
    for kind in (CommentPosted, GuestCommentWaits):
        registry.registerHandler(events.append, (kind,))
    yield events
    for kind in (CommentPosted, GuestCommentWaits):
        registry.unregisterHandler(events.append, (kind,))


@pytest.fixture
def paragraph(make: Factory, db: Session) -> Paragraph:
    """Give a paragraph of an open consultation that checks comments afterwards."""
    found = make.paragraph(
        make.document(consultation=make.consultation(moderation=Moderation.AFTER))
    )
    db.commit()
    return found


def letter_of(heard: list[object]) -> str:
    [event] = [event for event in heard if isinstance(event, GuestCommentWaits)]
    return f"/confirm-comment/{event.secret}"


def test_a_guest_confirms_by_a_button_behind_the_link(
    browser: Browser, db: Session, heard: list[object], paragraph: Paragraph
) -> None:
    answer = browser.post(page_of(paragraph), SAID)
    [comment] = comments(db)
    assert comment.status is CommentStatus.UNCONFIRMED
    assert comment.author_name == "Ellen Marsh"
    assert comment.author.email == "ellen@example.org"
    assert comment.author.state is AccountState.GUEST
    assert comment.public_id not in answer.location
    assert "I live here." not in browser.get(page_of(paragraph)).text
    link = letter_of(heard)
    # A mail program that looks at the link confirms nothing.
    assert "Send my comment" in browser.get(link).text
    assert comments(db)[0].status is CommentStatus.UNCONFIRMED
    confirmed = browser.post(link)
    assert comments(db)[0].status is CommentStatus.UNCHECKED
    assert confirmed.location.endswith(f"#c-{comment.public_id}")
    assert [type(event) for event in heard] == [GuestCommentWaits, CommentPosted]
    assert "I live here." in browser.get(page_of(paragraph)).text


def test_a_link_works_once_and_not_for_ever(
    browser: Browser, db: Session, heard: list[object], paragraph: Paragraph
) -> None:
    browser.post(page_of(paragraph), SAID)
    link = letter_of(heard)
    browser.post(link)
    assert "no longer works" in browser.post(link, status=410).text
    assert "no longer works" in browser.get(link, status=410).text
    browser.get("/confirm-comment/nonsense", status=410)
    heard.clear()
    browser.post(page_of(paragraph), SAID | {"text": "And another thing."})
    for key in db.scalars(select(LetterKey)):
        key.expires_at = clock.now() - timedelta(seconds=1)
    db.commit()
    browser.post(letter_of(heard), status=410)
    assert comments(db)[1].status is CommentStatus.UNCONFIRMED


def test_confirming_after_closing_counts(
    browser: Browser, db: Session, heard: list[object], paragraph: Paragraph
) -> None:
    browser.post(page_of(paragraph), SAID)
    paragraph.document.consultation.closes_at = clock.now()
    db.commit()
    browser.post(letter_of(heard))
    assert comments(db)[0].visible


def test_confirming_leaves_moderation_in_force(
    browser: Browser, db: Session, heard: list[object], paragraph: Paragraph
) -> None:
    paragraph.document.consultation.moderation = Moderation.BEFORE
    db.commit()
    browser.post(page_of(paragraph), SAID)
    browser.post(letter_of(heard))
    assert comments(db)[0].status is CommentStatus.PENDING
    assert "I live here." not in browser.get(page_of(paragraph)).text


def test_a_known_address_looks_like_any_other_and_nothing_is_done_in_its_name(
    browser: Browser, make: Factory, db: Session, heard: list[object], paragraph: Paragraph
) -> None:
    owner = make.holder(Role.OFFICIAL, paragraph.document.consultation, email="known@example.org")
    db.commit()
    stranger = browser.post(page_of(paragraph), SAID)
    known = browser.post(page_of(paragraph), SAID | {"email": "known@example.org"})
    assert stranger.location == known.location
    comment = comments(db)[-1]
    assert comment.author_id == owner.id
    assert (comment.author_name, comment.author_department) == ("Ellen Marsh", "")
    assert comment.status is CommentStatus.UNCONFIRMED
    # Its owner is not told off for what somebody else typed.
    mine = browser.signed_in(owner)
    assert "I live here." not in mine.get("/account/comments").text
    assert "I live here." not in mine.get(page_of(paragraph)).text


def test_a_guest_who_sends_twice_gets_one_letter(
    browser: Browser, db: Session, heard: list[object], paragraph: Paragraph
) -> None:
    fields = SAID | {"idempotency_key": "same"}
    assert browser.post(page_of(paragraph), fields).location
    assert browser.post(page_of(paragraph), fields).location
    assert len(comments(db)) == len(heard) == 1


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({"name": ""}, "Enter the name"),
        ({"name": "Official"}, "could be taken for an official"),
        ({"name": "x" * 121}, "A name has between"),
        ({"email": ""}, "Enter your e-mail address"),
        ({"email": "nowhere"}, "correct format"),
        ({"email": "a@b.org\r\nBcc: c@d.org"}, "correct format"),
    ],
)
def test_names_and_addresses_that_cannot_be(
    fields: dict[str, str], word: str, browser: Browser, db: Session, paragraph: Paragraph
) -> None:
    answer = browser.post(page_of(paragraph), SAID | fields, status=422)
    assert word in answer.text and "I live here." in answer.text
    assert comments(db) == []
    assert db.scalar(select(func.count(Account.id))) == 0


def test_guests_and_letters_to_one_address_are_limited(
    browser: Browser, db: Session, paragraph: Paragraph
) -> None:
    for number in range(5):
        browser.post(page_of(paragraph), SAID | {"text": f"Number {number}."})
    refused = browser.post(page_of(paragraph), SAID | {"text": "Number 5."}, status=429)
    assert "Number 5." in refused.text
    for number in range(14):
        browser.post(page_of(paragraph), SAID | {"email": f"other{number}@example.org"})
    browser.post(page_of(paragraph), SAID | {"email": "last@example.org"}, status=429)
    assert len(comments(db)) == 19
