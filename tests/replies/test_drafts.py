"""Drafts of replies: changed, published, thrown away; published replies: withdrawn."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.accounts.models import Role
from consult.audit import LogEntry
from consult.comments.models import Comment
from consult.comments.status import CommentStatus
from consult.replies.models import OfficialReply, ReplyStatus
from tests.browser import Browser
from tests.factories import Factory
from tests.replies.pages import seen_on


@pytest.fixture
def draft(make: Factory, db: Session) -> OfficialReply:
    reply = make.reply(make.comment(), status=ReplyStatus.DRAFT, published_at=None)
    db.commit()
    return reply


@pytest.fixture
def colleague(browser: Browser, make: Factory, draft: OfficialReply) -> Browser:
    account = make.holder(Role.SIGNATORY, draft.consultation, display_name="Martin Oyelaran")
    return browser.signed_in(account)


def path(reply: OfficialReply) -> str:
    return f"/officials/replies/{reply.public_id}"


def test_whoever_changes_a_draft_signs_it(
    db: Session, draft: OfficialReply, colleague: Browser
) -> None:
    author = draft.author_name
    colleague.post(path(draft), {"text": draft.source, "act": "save"})
    assert draft.author_name == author
    response = colleague.post(path(draft), {"text": "In **June**.", "act": "save"})
    assert "The draft is kept." in response.follow()
    assert draft.html == "<p>In <strong>June</strong>.</p>\n" or "<strong>June" in draft.html
    assert (draft.author_name, draft.author_role) == ("Martin Oyelaran", "signatory")
    assert draft.status is ReplyStatus.DRAFT


def test_a_draft_is_published_as_it_stands_or_with_a_last_change(
    make: Factory, db: Session, draft: OfficialReply, colleague: Browser
) -> None:
    response = colleague.post(path(draft), {"act": "publish"})
    assert response.location.endswith(f"#c-{draft.comments[0].public_id}")
    assert draft.status is ReplyStatus.PUBLISHED
    other = make.reply(draft.comments[0], status=ReplyStatus.DRAFT, published_at=None)
    db.commit()
    seen = seen_on(colleague.get(path(other)))
    colleague.post(path(other), {"act": "publish", "text": "Last words.", "seen": seen})
    assert (other.source, other.status) == ("Last words.", ReplyStatus.PUBLISHED)
    assert [e.act for e in db.scalars(select(LogEntry))] == ["publish reply"] * 2


def test_a_text_that_a_colleague_changed_is_not_overwritten_unseen(
    db: Session, draft: OfficialReply, colleague: Browser
) -> None:
    seen = seen_on(colleague.get(path(draft)))
    draft.source, draft.html = "Hers.", "<p>Hers.</p>"
    db.commit()
    for act in ("save", "publish"):
        page = colleague.post(path(draft), {"text": "His.", "seen": seen, "act": act}, status=409)
        assert "Hers." in page
        assert "His." in page
        assert seen_on(page) == seen_on(colleague.get(path(draft))) != seen
    assert (draft.source, draft.status) == ("Hers.", ReplyStatus.DRAFT)


def test_a_draft_is_thrown_away_and_a_published_reply_withdrawn(
    make: Factory, db: Session, draft: OfficialReply, colleague: Browser
) -> None:
    page = colleague.post(path(draft), {"act": "withdraw"}).follow()
    assert "thrown away" in page
    assert not db.scalars(select(LogEntry)).all()
    published = make.reply(draft.comments[0])
    db.commit()
    page = colleague.post(path(published), {"act": "withdraw"}).follow()
    assert "withdrawn" in page
    assert f"/c/{draft.comments[0].public_id}/reply" in page
    assert published.status is draft.status is ReplyStatus.WITHDRAWN
    assert [e.act for e in db.scalars(select(LogEntry))] == ["withdraw reply"]


def test_a_published_reply_is_not_changed_and_a_withdrawn_one_does_not_come_back(
    make: Factory, db: Session, draft: OfficialReply, colleague: Browser
) -> None:
    published = make.reply(draft.comments[0])
    gone = make.reply(draft.comments[0], status=ReplyStatus.WITHDRAWN)
    db.commit()
    assert "<textarea" not in colleague.get(path(published))
    for reply in (published, gone):
        before = (reply.source, reply.status)
        for act in ("save", "publish"):
            page = colleague.post(path(reply), {"text": "New.", "act": act}, status=409)
            assert "New." in page
        assert (reply.source, reply.status) == before
    colleague.post(path(gone), {"act": "withdraw"}, status=409)


@pytest.mark.parametrize(
    "fields",
    [{"act": "burn"}, {"act": ""}, {"text": ""}, {"text": "x" * 10_001}, {"text": "\u200b"}],
)
def test_a_malformed_change_is_refused(
    db: Session, draft: OfficialReply, colleague: Browser, fields: dict[str, str]
) -> None:
    before = draft.source
    colleague.post(path(draft), {"act": "save"} | fields, status=422)
    assert (draft.source, draft.status) == (before, ReplyStatus.DRAFT)


def test_a_reply_to_many_is_published_where_readers_still_see_one_of_them(
    make: Factory, db: Session, draft: OfficialReply, colleague: Browser
) -> None:
    shown: Comment = make.comment(draft.comments[0].paragraph)
    draft.comments[0].status = CommentStatus.HIDDEN
    draft.comments.append(shown)
    db.commit()
    response = colleague.post(path(draft), {"act": "publish"})
    assert response.location.endswith(f"#c-{shown.public_id}")


def test_an_unknown_reply_is_not_found(colleague: Browser) -> None:
    for name in ("nothing", "%27", "x" * 300):
        colleague.get(f"/officials/replies/{name}", status=404)
