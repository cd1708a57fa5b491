"""Answering officially."""

from typing import Any

import pytest
from pyramid.router import Router
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.accounts.models import Grant, Role
from consult.audit import LogEntry
from consult.comments.models import Comment
from consult.comments.status import CommentStatus
from consult.consultations.phases import Phase
from consult.moderation.models import Decision
from consult.refusal import Refused
from consult.replies.answers import replies_of
from consult.replies.events import ReplyPublished
from consult.replies.models import OfficialReply, ReplyStatus
from consult.replies.reply import signature_of, write_reply
from tests.browser import Browser
from tests.factories import Factory
from tests.replies.pages import seen_on

TEXT = "We will count the trees *again* in May."


@pytest.fixture
def comment(make: Factory, db: Session) -> Comment:
    comment = make.comment()
    db.commit()
    return comment


@pytest.fixture
def official(browser: Browser, make: Factory, comment: Comment) -> Browser:
    place = comment.document.consultation.department
    return browser.signed_in(make.holder(Role.OFFICIAL, place, display_name="Priya Anand"))


def path(comment: Comment) -> str:
    return f"/c/{comment.public_id}/reply"


def replies(db: Session) -> list[OfficialReply]:
    return list(db.scalars(select(OfficialReply).order_by(OfficialReply.id)))


def test_a_reply_with_a_text_alone_is_published_and_leads_to_the_comment(
    db: Session, comment: Comment, official: Browser
) -> None:
    response = official.post(path(comment), {"text": TEXT})
    assert f"/p/{comment.paragraph.key}?" in response.location
    assert response.location.endswith(f"#c-{comment.public_id}")
    (reply,) = replies(db)
    assert reply.status is ReplyStatus.PUBLISHED
    assert reply.published_at is not None
    assert "<em>again</em>" in reply.html
    assert reply.comments == [comment]
    assert (reply.author_name, reply.author_role) == ("Priya Anand", "official")
    assert reply.department == comment.document.consultation.department
    entry = db.scalars(select(LogEntry)).one()
    assert (entry.act, entry.subject) == ("publish reply", f"reply:{reply.public_id}")


def test_readers_see_the_reply_with_its_department_in_the_thread(
    browser: Browser, comment: Comment, official: Browser
) -> None:
    page = official.post(path(comment), {"text": TEXT}).follow()
    assert "The official reply is published." in page
    public = browser.get(page.request.path)
    assert "<em>again</em>" in public
    assert comment.document.consultation.department.name in public


def test_a_draft_is_seen_by_colleagues_only(
    browser: Browser, make: Factory, db: Session, comment: Comment, official: Browser
) -> None:
    response = official.post(path(comment), {"text": TEXT, "state": "draft"})
    (reply,) = replies(db)
    assert reply.status is ReplyStatus.DRAFT
    assert f"/officials/replies/{reply.public_id}" in response.location
    colleague = browser.signed_in(make.holder(Role.SIGNATORY, comment.document.consultation))
    assert TEXT in colleague.get(f"/officials/replies/{reply.public_id}")
    assert "Go on with this draft" in colleague.get(path(comment))
    paragraph = f"/consultations/{comment.document.consultation.slug}/{comment.document.slug}"
    paragraph += f"/p/{comment.paragraph.key}"
    for visitor in (browser, browser.signed_in(make.account())):
        assert "count the trees" not in visitor.get(paragraph)
    assert not db.scalars(select(LogEntry)).all()


def test_only_those_who_speak_for_the_consultation_reply(
    browser: Browser, make: Factory, db: Session, comment: Comment
) -> None:
    reply = make.reply(comment, status=ReplyStatus.DRAFT)
    db.commit()
    people = [
        make.account(),
        make.holder(Role.MODERATOR),
        make.holder(Role.OFFICIAL, make.department()),
        make.holder(Role.OFFICIAL, make.consultation()),
    ]
    for person in people:
        visitor = browser.signed_in(person)
        visitor.get(path(comment), status=403)
        assert TEXT in visitor.post(path(comment), {"text": TEXT}, status=403)
        page = visitor.get(f"/officials/replies/{reply.public_id}", status=403)
        assert reply.source not in page
        visitor.post(f"/officials/replies/{reply.public_id}", {"act": "publish"}, status=403)
    assert "/sign-in" in browser.get(path(comment), status=303).location
    assert len(replies(db)) == 1


@pytest.mark.parametrize("status", [CommentStatus.PENDING, CommentStatus.HIDDEN])
def test_what_readers_do_not_see_is_not_answered(
    make: Factory, db: Session, comment: Comment, official: Browser, status: CommentStatus
) -> None:
    reply = make.reply(comment, status=ReplyStatus.DRAFT)
    comment.status = status
    db.commit()
    assert comment.source not in official.get(path(comment), status=404)
    page = official.post(path(comment), {"text": TEXT}, status=404)
    assert TEXT in page
    address = f"/officials/replies/{reply.public_id}"
    page = official.get(address)
    assert comment.source not in page
    assert "not shown to readers any more" in page
    assert "Readers see none" in official.post(address, {"act": "publish"}, status=422)
    assert reply.status is ReplyStatus.DRAFT
    for tab in ("questions", "comments", "drafts", "replies"):
        desk = f"/officials/consultations/{comment.document.consultation.slug}?show={tab}"
        page = official.get(desk)
        assert comment.source not in page
        assert comment.public_id not in page


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"text": ""}, "Write the reply"),
        ({"text": " \u200b\n"}, "Write the reply"),
        ({"text": "x" * 10_001}, "at most 10000"),
        ({"state": "final"}, "keep it as a draft"),
        ({"also": "c999999"}, "not shown any more"),
        ({"also": "\x00'--"}, "not shown any more"),
        ({"also": "x" * 5_000}, "not shown any more"),
        ({"idempotency_key": "k" * 5_000, "state": "x"}, "keep it as a draft"),
    ],
)
def test_a_malformed_reply_is_refused_and_kept(
    db: Session, comment: Comment, official: Browser, fields: dict[str, str], said: str
) -> None:
    page = official.post(path(comment), {"text": TEXT} | fields, status=422)
    assert said in page
    if "text" not in fields:
        assert TEXT in page
    assert not replies(db)


def test_one_reply_answers_many_comments_of_the_paragraph(
    make: Factory, db: Session, comment: Comment, official: Browser
) -> None:
    second, third = (make.comment(comment.paragraph) for _ in range(2))
    hidden = make.comment(comment.paragraph, status=CommentStatus.HIDDEN)
    answered = make.comment(comment.paragraph)
    make.reply(answered)
    elsewhere = make.comment(make.paragraph(comment.document, 3))
    db.commit()
    page = official.get(path(comment))
    for other, offered in ((second, 1), (third, 1), (hidden, 0), (answered, 0), (elsewhere, 0)):
        assert page.text.count(f'value="{other.public_id}"') == offered
    for foreign in (hidden, elsewhere):
        fields = [("text", TEXT), ("also", second.public_id), ("also", foreign.public_id)]
        refused = post_all(official, path(comment), fields)
        assert refused.status_int == 422
        assert "not shown any more" in refused
    fields = [("text", TEXT), ("also", second.public_id), ("also", third.public_id)]
    assert post_all(official, path(comment), fields).status_int == 303
    db.expire_all()
    assert {c.public_id for c in replies(db)[-1].comments} == {
        comment.public_id,
        second.public_id,
        third.public_id,
    }


def post_all(browser: Browser, path: str, fields: list[tuple[str, str]]) -> Any:
    token = browser.app.cookies["csrf"].strip('"')
    return browser.app.post(path, [*fields, ("csrf_token", token)], status="*")


def test_the_same_form_twice_makes_one_reply_and_other_words_are_not_lost(
    browser: Browser, make: Factory, db: Session, comment: Comment, official: Browser
) -> None:
    fields = {"text": TEXT, "idempotency_key": "once"}
    for _ in range(2):
        official.post(path(comment), fields)
    assert len(replies(db)) == 1
    page = official.post(path(comment), fields | {"text": "Other words."}, status=422)
    assert "Other words." in page
    assert 'value="once"' not in page
    other = browser.signed_in(make.holder(Role.OFFICIAL, comment.document.consultation))
    other.post(path(comment), fields | {"seen": seen_on(other.get(path(comment)))})
    assert len(replies(db)) == 2


def test_a_reply_is_signed_for_the_department_of_the_nearest_grant(
    browser: Browser, make: Factory, db: Session, comment: Comment
) -> None:
    consultation, guest = comment.document.consultation, make.department()
    helper = make.account()
    place = f"consultation:{consultation.id}"
    for role, department in ((Role.OFFICIAL, guest), (Role.SIGNATORY, None)):
        db.add(Grant(account=helper, role=role, place=place, department=department))
    site_wide = make.holder(Role.OFFICIAL)
    db.commit()
    for person, department in ((helper, guest), (site_wide, consultation.department)):
        visitor = browser.signed_in(person)
        visitor.post(path(comment), {"text": TEXT, "seen": seen_on(visitor.get(path(comment)))})
        assert replies(db)[-1].department == department


def test_after_closing_officials_still_reply(
    db: Session, comment: Comment, official: Browser
) -> None:
    comment.document.consultation.phase = Phase.ANSWERED
    db.commit()
    official.post(path(comment), {"text": TEXT})
    assert len(replies(db)) == 1


def test_replies_are_found_by_comment_published_ones_first(
    make: Factory, db: Session, comment: Comment
) -> None:
    second = make.comment(comment.paragraph)
    draft = make.reply(comment, status=ReplyStatus.DRAFT, published_at=None)
    first = make.reply(comment)
    both = make.reply(second)
    both.comments.append(comment)
    make.reply(second, status=ReplyStatus.WITHDRAWN)
    db.flush()
    ids = [comment.id, second.id, 0]
    assert replies_of(db, ids) == {comment.id: [first, both], second.id: [both]}
    assert replies_of(db, ids, drafts=True)[comment.id] == [first, both, draft]
    assert replies_of(db, []) == {}


def test_subscribers_hear_of_what_is_published_once_and_not_of_drafts(
    app: Router, db: Session, comment: Comment, official: Browser
) -> None:
    heard: list[str] = []

    def hear(event: ReplyPublished) -> None:
        heard.append(event.reply.source)

    app.registry.registerHandler(hear, (ReplyPublished,))
    try:
        official.post(path(comment), {"text": "A draft.", "state": "draft"})
        for _ in range(2):
            official.post(path(comment), {"text": TEXT, "idempotency_key": "once"})
    finally:
        app.registry.unregisterHandler(hear, (ReplyPublished,))
    assert heard == [TEXT]


def test_the_verb_takes_no_comment_that_readers_do_not_see(make: Factory, db: Session) -> None:
    shown = make.comment()
    hidden = make.comment(shown.paragraph, status=CommentStatus.HIDDEN)
    author = make.holder(Role.OFFICIAL, shown.document.consultation)
    signature = signature_of(author, shown.document.consultation)
    with pytest.raises(Refused):
        write_reply(
            db, [shown, hidden], author, signature, text=TEXT, publish=True, idempotency_key="k"
        )


@pytest.mark.parametrize("status", [CommentStatus.HIDDEN, CommentStatus.PENDING])
def test_a_reply_goes_with_what_it_answers_and_returns_with_it(
    browser: Browser,
    make: Factory,
    db: Session,
    comment: Comment,
    official: Browser,
    status: CommentStatus,
) -> None:
    document = comment.document
    consultation = f"/consultations/{document.consultation.slug}"
    text = f"{consultation}/{document.slug}"
    place = f"{text}/p/{comment.paragraph.key}"
    below = make.comment(comment.paragraph, parent=comment)
    only = make.reply(comment, html="<p>To the one.</p>")
    both = make.reply(comment, html="<p>To both.</p>")
    other = make.comment(comment.paragraph)
    both.comments.append(other)
    db.commit()

    def met(what: str) -> list[str]:
        pages = [place, f"{place}?c={comment.public_id}", text, consultation, "/"]
        return [page for page in pages if what in browser.get(page)]

    assert met("To the one.") == met("To both.") == [place, f"{place}?c={comment.public_id}"]
    answered = browser.get(text).html.select_one(".count, .c.h1")
    comment.status = status
    db.commit()
    assert met("To the one.") == []
    assert met("To both.") == [place, f"{place}?c={comment.public_id}"]
    page = browser.get(place)
    assert page.html.find(id=f"c-{below.public_id}"), "what others said below it stays"
    assert page.text.count("To both.") == 1
    # Whoever still sees the comment sees what was answered; officials are told how it stands.
    assert "To the one." in browser.signed_in(comment.author).get(place)
    moderator = make.holder(Role.MODERATOR, document.consultation)
    assert "To the one." in browser.signed_in(moderator).get(place)
    told = "readers do not see this reply either"
    assert told in official.get(f"/officials/replies/{only.public_id}")
    assert told not in official.get(f"/officials/replies/{both.public_id}")
    comment.status = CommentStatus.PUBLISHED
    db.commit()
    assert met("To the one.") == met("To both.") == [place, f"{place}?c={comment.public_id}"]
    assert browser.get(text).html.select_one(".count, .c.h1") == answered


@pytest.fixture
def place(comment: Comment, make: Factory) -> str:
    """Give the page of a comment that has a reply of its own."""
    make.reply(comment, html="<p>To the one.</p>")
    document = comment.document
    return f"/consultations/{document.consultation.slug}/{document.slug}/p/{comment.paragraph.key}"


@pytest.fixture
def moderator(browser: Browser, make: Factory, comment: Comment, place: str) -> Browser:
    """Give the moderator who has hidden that comment."""
    moderator = browser.signed_in(make.holder(Role.MODERATOR, comment.document.consultation))
    hide = {"move": "hide", "rule": "subject", "reasons": "This is about football."}
    moderator.post(f"/c/{comment.public_id}/decide", hide | {"revision": "1", "seen": "0"})
    return moderator


def test_withdrawing_what_was_hidden_brings_no_reply_back(
    browser: Browser, comment: Comment, moderator: Browser, place: str
) -> None:
    author = browser.signed_in(comment.author)
    author.post(f"/c/{comment.public_id}/edit", {"text": "About football still.", "revision": "1"})
    author.post(f"/c/{comment.public_id}/withdraw")
    for reader in (browser, author, moderator):
        page = reader.get(place)
        assert "To the one." not in page
        assert not page.html.find(id=f"c-{comment.public_id}")


def test_withdrawing_what_was_published_again_leaves_its_reply(
    browser: Browser, comment: Comment, moderator: Browser, place: str, db: Session
) -> None:
    seen = str(db.scalar(select(Decision.id).where(Decision.comment_id == comment.id)))
    publish = {"move": "publish", "reasons": "That was a mistake.", "revision": "1", "seen": seen}
    moderator.post(f"/c/{comment.public_id}/decide", publish)
    browser.signed_in(comment.author).post(f"/c/{comment.public_id}/withdraw")
    assert "To the one." in browser.get(place)
