"""Reporting a comment."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.accounts.models import Role
from consult.comments.models import Comment
from consult.comments.status import CommentStatus
from consult.moderation.models import Reason, Report, ReportState
from consult.rate_limits import TABLE, Act
from tests.browser import Browser
from tests.factories import Factory

REPORT = {"reason": "personal-data", "note": "It names my neighbour."}


@pytest.fixture
def comment(make: Factory, db: Session) -> Comment:
    comment = make.comment()
    db.commit()
    return comment


def path(comment: Comment) -> str:
    return f"/c/{comment.public_id}/report"


def test_a_report_is_kept_and_leads_back_to_the_comment(
    browser: Browser, make: Factory, db: Session, comment: Comment
) -> None:
    reader = browser.signed_in(make.account())
    assert "house rules" in reader.get(path(comment))
    response = reader.post(path(comment), REPORT)
    assert f"#c-{comment.public_id}" in response.location
    report = db.scalars(select(Report)).one()
    assert (report.reason, report.note) == (Reason.PERSONAL_DATA, REPORT["note"])
    assert report.state is ReportState.OPEN


def test_a_visitor_is_sent_to_sign_in(browser: Browser, comment: Comment) -> None:
    response = browser.get(path(comment), status=303)
    assert "/sign-in?next=" in response.location
    browser.post(path(comment), REPORT, status=403)


def test_nobody_reports_twice_or_their_own(
    browser: Browser, make: Factory, db: Session, comment: Comment
) -> None:
    reader = browser.signed_in(make.account())
    reader.post(path(comment), REPORT)
    assert "already reported" in reader.post(path(comment), REPORT, status=422)
    assert "already reported" in reader.get(path(comment))
    author = browser.signed_in(comment.author)
    assert "your own comment" in author.post(path(comment), REPORT, status=422)
    assert len(db.scalars(select(Report)).all()) == 1


@pytest.mark.parametrize("reason", ["", "Abuse", "x" * 5_000, "\x00", "abuse\r\n"])
def test_a_report_without_a_known_reason_is_refused_and_kept(
    browser: Browser, make: Factory, db: Session, comment: Comment, reason: str
) -> None:
    reader = browser.signed_in(make.account())
    page = reader.post(path(comment), {"reason": reason, "note": "Look at it."}, status=422)
    assert "Look at it." in page
    page = reader.post(path(comment), {"reason": "other", "note": "x" * 2_001}, status=422)
    assert "at most 2000" in page
    assert not db.scalars(select(Report)).all()


def test_of_a_withdrawn_comment_its_own_address_tells(
    browser: Browser, make: Factory, db: Session, comment: Comment
) -> None:
    comment.status = CommentStatus.WITHDRAWN
    db.commit()
    moderator = browser.signed_in(make.holder(Role.MODERATOR))
    for address in ("report", "decide", "decision"):
        page = moderator.get(f"/c/{comment.public_id}/{address}", status=303)
        assert page.location.endswith(f"/c/{comment.public_id}")


@pytest.mark.parametrize("status", [CommentStatus.PENDING, CommentStatus.HIDDEN])
def test_what_readers_do_not_see_does_not_exist_for_them(
    browser: Browser, make: Factory, db: Session, comment: Comment, status: CommentStatus
) -> None:
    comment.status = status
    db.commit()
    official = make.holder(Role.OFFICIAL, comment.document.consultation)
    for person in (browser, browser.signed_in(make.account()), browser.signed_in(official)):
        for address in ("report", "decide", "decision"):
            page = person.get(f"/c/{comment.public_id}/{address}", status=404)
            assert comment.source not in page
        page = person.post(path(comment), REPORT, status=404)
        assert comment.source not in page


def test_reports_are_limited(browser: Browser, make: Factory, comment: Comment) -> None:
    reader = browser.signed_in(make.account())
    for _ in range(TABLE[Act.REPORT][0].amount):
        reader.post(path(comment), {"reason": ""}, status=422)
    page = reader.post(path(comment), REPORT, status=429)
    assert REPORT["note"] in page
