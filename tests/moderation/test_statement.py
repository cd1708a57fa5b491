"""The author is told what was decided, and why."""

import pytest
from pyramid.router import Router
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from consult.accounts.models import Role
from consult.comments.models import Comment
from consult.comments.status import CommentStatus, Move
from consult.moderation.decide import decide
from consult.moderation.events import CommentDecided
from tests.browser import Browser
from tests.factories import Factory
from tests.queries import counted

REASONS = "It gives the street in which a child lives."


@pytest.fixture
def hidden(make: Factory, db: Session) -> Comment:
    comment = make.comment()
    moderator = make.holder(Role.MODERATOR, display_name="Joanna Reeve")
    decide(
        db,
        comment,
        moderator,
        move=Move.HIDE,
        rule="personal-details",
        reasons=REASONS,
        revision=1,
    )
    db.commit()
    return comment


def test_the_author_reads_rule_reasons_and_what_can_be_done(
    browser: Browser, hidden: Comment
) -> None:
    author = browser.signed_in(hidden.author)
    page = author.get(f"/c/{hidden.public_id}/decision")
    assert "Your comment is hidden" in page
    assert "Keep personal details out." in page
    assert REASONS in page
    assert f"/c/{hidden.public_id}/edit" in page
    assert "Joanna" not in page
    assert REASONS in author.get("/account/comments")


def test_others_are_told_nothing(
    browser: Browser, make: Factory, db: Session, hidden: Comment
) -> None:
    address = f"/c/{hidden.public_id}/decision"
    stranger = browser.signed_in(make.account())
    for status in (CommentStatus.HIDDEN, CommentStatus.PUBLISHED):
        hidden.status = status
        db.commit()
        for person in (browser, stranger):
            assert REASONS not in person.get(address, status=404)


def test_a_published_comment_and_one_that_waits_say_so(
    browser: Browser, db: Session, hidden: Comment
) -> None:
    author = browser.signed_in(hidden.author)
    for status, said in (
        (CommentStatus.PUBLISHED, "Your comment is published"),
        (CommentStatus.PENDING, "Your comment waits"),
    ):
        hidden.status = status
        db.commit()
        assert said in author.get(f"/c/{hidden.public_id}/decision")


def test_a_comment_on_which_nothing_was_decided_has_no_such_page(
    browser: Browser, make: Factory, db: Session
) -> None:
    comment = make.comment()
    db.commit()
    browser.signed_in(comment.author).get(f"/c/{comment.public_id}/decision", status=404)


def test_reasons_cost_ones_own_list_one_query(
    browser: Browser, make: Factory, db: Session, hidden: Comment, connection: Connection
) -> None:
    author = browser.signed_in(hidden.author)
    with counted(connection) as one:
        author.get("/account/comments")
    moderator = make.holder(Role.MODERATOR)
    for _ in range(3):
        comment = make.comment(hidden.paragraph, author=hidden.author)
        decide(db, comment, moderator, move=Move.HIDE, rule="subject", reasons="x", revision=1)
    db.commit()
    with counted(connection) as many:
        page = author.get("/account/comments")
    assert page.text.count("Stay with the subject.") == 3
    assert len(many) == len(one)


def test_subscribers_hear_of_a_decision(
    app: Router, browser: Browser, make: Factory, db: Session
) -> None:
    heard: list[int] = []

    def hear(event: CommentDecided) -> None:
        heard.append(event.decision.comment_id)

    comment = make.comment(status=CommentStatus.PENDING)
    db.commit()
    app.registry.registerHandler(hear, (CommentDecided,))
    try:
        moderator = browser.signed_in(make.holder(Role.MODERATOR))
        moderator.post(f"/c/{comment.public_id}/decide", {"move": "publish", "revision": "1"})
    finally:
        app.registry.unregisterHandler(hear, (CommentDecided,))
    assert heard == [comment.id]
