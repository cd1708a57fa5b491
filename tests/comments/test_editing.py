"""Changing one's own comment."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.accounts.models import Role
from consult.comments.models import Comment, CommentRevision
from consult.comments.status import CommentStatus
from consult.consultations.models import Moderation
from consult.consultations.phases import Phase
from tests.browser import Browser
from tests.comments.helpers import TEXT, comments
from tests.factories import Factory


def comment_of(make: Factory, db: Session, **kw: Any) -> Comment:
    comment = make.comment(source="Old words.", html="<p>Old words.</p>", **kw)
    db.commit()
    return comment


def edit_page(comment: Comment) -> str:
    return f"/c/{comment.public_id}/edit"


def test_what_was_said_before_is_kept_and_not_shown(
    browser: Browser, make: Factory, db: Session
) -> None:
    comment = comment_of(make, db)
    comment.document.consultation.moderation = Moderation.REPORT
    db.commit()
    author = browser.signed_in(comment.author)
    form = author.get(edit_page(comment)).forms
    [form] = [f for f in form.values() if "revision" in f.fields]
    assert form["text"].value.strip() == "Old words."
    form["text"] = "New *words*."
    answer = form.submit(status=303)
    [changed] = comments(db)
    assert changed.html == "<p>New <em>words</em>.</p>"
    assert (changed.revision, changed.status) == (2, CommentStatus.PUBLISHED)
    assert changed.edited_at is not None
    [kept] = db.scalars(select(CommentRevision))
    assert (kept.revision, kept.source, kept.html) == (1, "Old words.", "<p>Old words.</p>")
    shown = browser.get(answer.location.split("localhost")[-1]).text
    assert "New <em>words</em>" in shown and "Old words" not in shown and "edited" in shown


@pytest.mark.parametrize(
    ("moderation", "before", "after"),
    [
        (Moderation.BEFORE, CommentStatus.PUBLISHED, CommentStatus.PENDING),
        (Moderation.AFTER, CommentStatus.PUBLISHED, CommentStatus.UNCHECKED),
        (Moderation.REPORT, CommentStatus.UNCHECKED, CommentStatus.PUBLISHED),
        (Moderation.BEFORE, CommentStatus.PENDING, CommentStatus.PENDING),
        (Moderation.REPORT, CommentStatus.HIDDEN, CommentStatus.PENDING),
    ],
)
def test_a_change_goes_through_moderation_again(
    moderation: Moderation,
    before: CommentStatus,
    after: CommentStatus,
    browser: Browser,
    make: Factory,
    db: Session,
) -> None:
    comment = comment_of(make, db, status=before)
    comment.document.consultation.moderation = moderation
    db.commit()
    browser.signed_in(comment.author).post(edit_page(comment), {"text": "New words."})
    [changed] = comments(db)
    assert (changed.source, changed.status) == ("New words.", after)


def test_officials_changes_need_no_moderator(browser: Browser, make: Factory, db: Session) -> None:
    paragraph = make.paragraph(make.document())
    official = make.holder(Role.OFFICIAL, paragraph.document.consultation)
    comment = comment_of(make, db, paragraph=paragraph, author=official)
    browser.signed_in(official).post(edit_page(comment), {"text": "New words."})
    assert comments(db)[0].status is CommentStatus.PUBLISHED


def test_a_form_that_has_gone_stale_changes_nothing(
    browser: Browser, make: Factory, db: Session
) -> None:
    comment = comment_of(make, db)
    author = browser.signed_in(comment.author)
    page = edit_page(comment)
    author.post(page, {"text": "From one window.", "revision": "1"})
    # A double click: the second says what the first has already done.
    author.post(page, {"text": "From one window.", "revision": "1"})
    refused = author.post(page, {"text": "From another.", "revision": "1"}, status=422)
    assert "in another window" in refused.text
    assert "From one window." in refused.text and "From another." in refused.text
    [form] = [f for f in refused.forms.values() if "revision" in f.fields]
    form["csrf_token"] = "token"
    form.submit(status=303)
    [changed] = comments(db)
    assert (changed.source, changed.revision) == ("From another.", 3)
    assert len(list(db.scalars(select(CommentRevision)))) == 2


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({"text": ""}, "Write what you want to say"),
        ({"text": "x" * 5_001}, "at most 5000"),
        ({"text": "Yes.", "suggestion": TEXT}, "as it stands"),
        ({"text": "Yes.", "suggestion": "x" * 10_001}, "at most 10000"),
    ],
)
def test_what_cannot_be_taken_comes_back(
    fields: dict[str, str], word: str, browser: Browser, make: Factory, db: Session
) -> None:
    comment = comment_of(make, db)
    answer = browser.signed_in(comment.author).post(edit_page(comment), fields, status=422)
    assert word in answer.text
    assert comments(db)[0].source == "Old words."


def test_a_suggestion_stays_unless_another_is_sent(
    browser: Browser, make: Factory, db: Session
) -> None:
    comment = comment_of(make, db, suggestion="It speaks of hedges.")
    author = browser.signed_in(comment.author)
    author.post(edit_page(comment), {"text": "New words."})
    assert comments(db)[0].suggestion == "It speaks of hedges."
    author.post(edit_page(comment), {"text": "New words.", "suggestion": ""})
    assert comments(db)[0].suggestion == ""


def test_only_the_author_and_only_while_it_is_open(
    browser: Browser, make: Factory, db: Session
) -> None:
    comment = comment_of(make, db)
    pending = comment_of(make, db, status=CommentStatus.PENDING)
    consultation = comment.document.consultation
    moderator = browser.signed_in(make.holder(Role.MODERATOR))
    stranger = browser.signed_in(make.account())
    author = browser.signed_in(comment.author)
    db.commit()
    for person in (moderator, stranger):
        person.post(edit_page(comment), {"text": "Forged."}, status=403)
        person.get(edit_page(comment), status=403)
    stranger.post(edit_page(pending), {"text": "Forged."}, status=404)
    assert "sign-in" in browser.get(edit_page(comment), status=303).location
    consultation.phase = Phase.CLOSED
    db.commit()
    late = author.post(edit_page(comment), {"text": "Too late."}, status=403)
    assert "Too late." in late.text
    assert {c.source for c in comments(db)} == {"Old words."}
