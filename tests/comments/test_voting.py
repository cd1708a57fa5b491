"""Agreeing and disagreeing."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.comments.models import Comment, Vote
from consult.comments.status import CommentStatus
from consult.consultations.phases import Phase
from tests.browser import Browser
from tests.comments.helpers import page_of
from tests.factories import Factory


def votes(db: Session) -> list[str]:
    db.expire_all()
    return sorted(vote.value.value for vote in db.scalars(select(Vote)))


def test_one_vote_each_that_can_be_changed_and_taken_back(
    browser: Browser, make: Factory, db: Session
) -> None:
    comment = make.comment()
    one, other = browser.signed_in(make.account()), browser.signed_in(make.account())
    db.commit()
    page = f"/c/{comment.public_id}/vote"
    answer = one.post(page, {"value": "agree"})
    place = f"&c={comment.public_id}#c-{comment.public_id}"
    assert answer.location.endswith(f"?notice=vote-agree{place}")
    one.post(page, {"value": "agree"})
    other.post(page, {"value": "agree"})
    assert votes(db) == ["agree", "agree"]
    one.post(page, {"value": "disagree"})
    assert votes(db) == ["agree", "disagree"]
    shown = one.get(page_of(comment.paragraph))
    pressed = shown.html.find_all("button", {"aria-pressed": "true"})
    assert [(b["value"], b.get_text()) for b in pressed] == [("none", "Disagree 1")]
    one.post(page, {"value": "none"})
    one.post(page, {"value": "none"})
    assert votes(db) == ["agree"]


def refused(
    browser: Browser, comment: Comment, db: Session, status: int, value: str = "agree"
) -> None:
    browser.post(f"/c/{comment.public_id}/vote", {"value": value}, status=status)
    assert votes(db) == []


def test_who_may_not_vote(browser: Browser, make: Factory, db: Session) -> None:
    comment = make.comment()
    pending = make.comment(status=CommentStatus.PENDING)
    closed = make.comment()
    closed.document.consultation.phase = Phase.CLOSED
    citizen = browser.signed_in(make.account())
    db.commit()
    refused(browser, comment, db, 403)
    refused(browser.signed_in(comment.author), comment, db, 403)
    refused(citizen, pending, db, 404)
    refused(citizen, closed, db, 403)
    for value in ("", "AGREE", "\x00", "agree agree"):
        refused(citizen, comment, db, 422, value)
