"""Taking one's own comment back."""

import pytest
from sqlalchemy.orm import Session

from consult.accounts.models import Role
from consult.comments.status import CommentStatus
from consult.consultations.phases import Phase
from tests.browser import Browser
from tests.comments.helpers import comments, page_of
from tests.factories import Factory


@pytest.mark.parametrize("phase", [Phase.OPEN, Phase.CLOSED, Phase.ANSWERED])
@pytest.mark.parametrize(
    "status", [CommentStatus.PUBLISHED, CommentStatus.PENDING, CommentStatus.HIDDEN]
)
def test_an_author_can_always_withdraw(
    phase: Phase, status: CommentStatus, browser: Browser, make: Factory, db: Session
) -> None:
    comment = make.comment(status=status)
    comment.document.consultation.phase = phase
    db.commit()
    author = browser.signed_in(comment.author)
    page = f"/c/{comment.public_id}/withdraw"
    assert comment.html in author.get(page).text
    assert comments(db)[0].status is status
    author.post(page)
    assert comments(db)[0].status is CommentStatus.WITHDRAWN


def test_nothing_of_it_is_shown_any_more_but_replies_stay(
    browser: Browser, make: Factory, db: Session
) -> None:
    comment = make.comment(html="<p>Regretted.</p>", source="Regretted.")
    comment.author_name = "Hasty Writer"
    make.comment(comment.paragraph, parent=comment, html="<p>Sensible answer.</p>")
    moderator = make.holder(Role.MODERATOR)
    db.commit()
    author = browser.signed_in(comment.author)
    answer = author.post(f"/c/{comment.public_id}/withdraw")
    assert "notice=comment-withdrawn" in answer.location
    for person in (browser, author, browser.signed_in(moderator)):
        page = person.get(page_of(comment.paragraph)).text
        assert "Sensible answer." in page and "withdrawn by its author" in page
        assert "Regretted." not in page and "Hasty Writer" not in page
        gone = person.get(f"/c/{comment.public_id}", status=410).text
        assert "has been withdrawn" in gone
        assert "Regretted." not in gone and "Hasty Writer" not in gone
    assert "Regretted." not in author.get("/account/comments").text


def test_a_withdrawn_comment_without_replies_leaves_no_trace(
    browser: Browser, make: Factory, db: Session
) -> None:
    comment = make.comment(status=CommentStatus.WITHDRAWN)
    db.commit()
    assert "withdrawn by" not in browser.get(page_of(comment.paragraph)).text


def test_withdrawing_is_for_good(browser: Browser, make: Factory, db: Session) -> None:
    comment = make.comment()
    db.commit()
    author = browser.signed_in(comment.author)
    author.post(f"/c/{comment.public_id}/withdraw")
    for act in ("withdraw", "edit", "vote"):
        author.post(f"/c/{comment.public_id}/{act}", {"text": "Back."}, status=403)
    assert comments(db)[0].status is CommentStatus.WITHDRAWN


def test_nobody_withdraws_for_somebody_else(browser: Browser, make: Factory, db: Session) -> None:
    comment = make.comment()
    administrator = make.holder(Role.ADMINISTRATOR)
    db.commit()
    browser.signed_in(administrator).post(f"/c/{comment.public_id}/withdraw", status=403)
    browser.post(f"/c/{comment.public_id}/withdraw", status=403)
    assert comments(db)[0].status is CommentStatus.PUBLISHED
