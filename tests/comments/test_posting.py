"""Posting on a paragraph or on words of it, through its page."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from consult import clock
from consult.accounts.models import Role
from consult.comments.events import CommentPosted
from consult.comments.models import Contribution, Stance
from consult.comments.status import CommentStatus
from consult.consultations.models import Moderation
from consult.consultations.phases import Audience, Commenters, Phase
from consult.drafts.models import Paragraph
from tests.browser import Browser
from tests.comments.helpers import TEXT, comments, page_of, second_version
from tests.factories import Factory


def paragraph_of(make: Factory, **kw: Any) -> Paragraph:
    return make.paragraph(make.document(consultation=make.consultation(**kw)))


def test_a_citizen_comments_on_words_of_a_paragraph(
    browser: Browser, make: Factory, db: Session
) -> None:
    paragraph, author = paragraph_of(make), make.account(display_name="Ellen")
    db.commit()
    fields = {
        "text": "Which *trees*?",
        "quote": "speaks of",
        "kind": "question",
        "stance": "disagree",
        "idempotency_key": "one",
    }
    answer = browser.signed_in(author).post(page_of(paragraph), fields)
    [comment] = comments(db)
    assert (comment.quote_exact, comment.quote_start) == ("speaks of", TEXT.index("speaks"))
    assert (comment.quote_prefix, comment.quote_suffix) == ("The first paragraph ", " trees.")
    assert comment.html == "<p>Which <em>trees</em>?</p>"
    assert (comment.contribution, comment.stance) == (Contribution.QUESTION, Stance.DISAGREE)
    assert (comment.author_name, comment.author_role, comment.author_department) == (
        "Ellen",
        "",
        "",
    )
    assert comment.version.number == 1 and comment.revision == 1
    assert answer.location.endswith(f"#c-{comment.public_id}")


@pytest.mark.parametrize(
    ("moderation", "status"),
    [
        (Moderation.BEFORE, CommentStatus.PENDING),
        (Moderation.AFTER, CommentStatus.UNCHECKED),
        (Moderation.REPORT, CommentStatus.PUBLISHED),
    ],
)
def test_moderation_says_where_a_comment_enters(
    moderation: Moderation, status: CommentStatus, browser: Browser, make: Factory, db: Session
) -> None:
    paragraph, author = paragraph_of(make, moderation=moderation), make.account()
    db.commit()
    browser.signed_in(author).post(page_of(paragraph), {"text": "Hello."})
    assert [comment.status for comment in comments(db)] == [status]


def test_officials_speak_for_their_department_and_need_no_moderator(
    browser: Browser, make: Factory, db: Session
) -> None:
    paragraph = paragraph_of(make)
    consultation = paragraph.document.consultation
    official = make.holder(Role.OFFICIAL, consultation.department)
    db.commit()
    browser.signed_in(official).post(page_of(paragraph), {"text": "We listen."})
    [comment] = comments(db)
    assert comment.status is CommentStatus.PUBLISHED
    assert comment.author_department == consultation.department.name
    assert comment.author_role


def test_the_room_tells_of_a_new_comment(browser: Browser, make: Factory, db: Session) -> None:
    heard: list[CommentPosted] = []
    registry = browser.router.registry
    registry.registerHandler(heard.append, (CommentPosted,))
    try:
        paragraph, author = paragraph_of(make), make.account()
        db.commit()
        browser.signed_in(author).post(page_of(paragraph), {"text": "Hello."})
    finally:
        registry.unregisterHandler(heard.append, (CommentPosted,))
    assert len(heard) == 1


def test_the_same_form_sent_twice_makes_one_comment(
    browser: Browser, make: Factory, db: Session
) -> None:
    paragraph = paragraph_of(make)
    citizen = browser.signed_in(make.account())
    other = browser.signed_in(make.account())
    db.commit()
    fields = {"text": "Once.", "idempotency_key": "same"}
    first = citizen.post(page_of(paragraph), fields)
    second = citizen.post(page_of(paragraph), fields)
    assert first.location == second.location
    assert len(comments(db)) == 1
    other.post(page_of(paragraph), fields)
    assert len(comments(db)) == 2


def test_an_old_form_with_new_words_loses_none_of_them(
    browser: Browser, make: Factory, db: Session
) -> None:
    paragraph, citizen = paragraph_of(make), browser.signed_in(make.account())
    db.commit()
    citizen.post(page_of(paragraph), {"text": "First.", "idempotency_key": "same"})
    refused = citizen.post(
        page_of(paragraph), {"text": "Second.", "idempotency_key": "same"}, status=422
    )
    form = refused.forms[next(i for i, f in refused.forms.items() if "text" in f.fields)]
    assert form["text"].value.strip() == "Second."
    form["csrf_token"] = "token"
    form.submit(status=303)
    assert [comment.source for comment in comments(db)] == ["First.", "Second."]


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({"text": ""}, "Write what you want to say"),
        ({"text": " \u200b\u2800 "}, "Write what you want to say"),
        ({"text": "x" * 5_001}, "at most 5000"),
        ({"text": "Yes.", "quote": "speaks of buses"}, "do not stand in the paragraph"),
        ({"text": "Yes.", "quote": "trees " * 200}, "Quote at most 1000"),
        ({"text": "Yes.", "parent": "nowhere"}, "not shown any more"),
        ({"text": "Yes.", "kind": "praise"}, "Not a valid choice"),
        ({"text": "Yes.", "stance": "furious"}, "Not a valid choice"),
        ({"text": "Yes.", "suggestion": f" {TEXT}\n"}, "as it stands"),
        ({"text": "Yes.", "suggestion": "x" * 10_001}, "at most 10000"),
    ],
)
def test_what_cannot_be_taken_comes_back_with_a_reason(
    fields: dict[str, str], word: str, browser: Browser, make: Factory, db: Session
) -> None:
    paragraph, citizen = paragraph_of(make), browser.signed_in(make.account())
    db.commit()
    answer = citizen.post(page_of(paragraph), fields, status=422)
    assert word in answer.text
    assert fields["text"].strip("\u200b\u2800 ") in answer.text
    assert comments(db) == []


@pytest.mark.parametrize("stance", ["", "none"])
def test_nobody_has_to_be_for_or_against(
    stance: str, browser: Browser, make: Factory, db: Session
) -> None:
    paragraph, citizen = paragraph_of(make), browser.signed_in(make.account())
    db.commit()
    citizen.post(page_of(paragraph), {"text": "Yes.", "stance": stance})
    assert [comment.stance for comment in comments(db)] == [Stance.NONE]


def test_characters_are_counted_after_cleaning(
    browser: Browser, make: Factory, db: Session
) -> None:
    paragraph, citizen = paragraph_of(make), browser.signed_in(make.account())
    db.commit()
    citizen.post(page_of(paragraph), {"text": "x" * 5_000 + "\r\n\x00\u202e"})
    assert [comment.source for comment in comments(db)] == ["x" * 5_000]


def test_a_suggestion_may_speak_for_itself(browser: Browser, make: Factory, db: Session) -> None:
    paragraph, citizen = paragraph_of(make), browser.signed_in(make.account())
    db.commit()
    suggestion = "The first paragraph speaks of hedges."
    citizen.post(page_of(paragraph), {"suggestion": suggestion, "kind": "drafting"})
    [comment] = comments(db)
    assert (comment.source, comment.html, comment.suggestion) == ("", "", suggestion)


def test_replies_stay_in_the_paragraph_and_answer_what_is_shown(
    browser: Browser, make: Factory, db: Session
) -> None:
    paragraph = paragraph_of(make)
    elsewhere = make.paragraph(paragraph.document, 3)
    shown = make.comment(paragraph)
    hidden = make.comment(paragraph, status=CommentStatus.HIDDEN)
    citizen = browser.signed_in(make.account())
    db.commit()
    for parent, place in ((hidden, paragraph), (shown, elsewhere)):
        fields = {"text": "I answer.", "parent": parent.public_id}
        citizen.post(page_of(place), fields, status=422)
    citizen.post(page_of(paragraph), {"text": "I answer.", "parent": shown.public_id})
    assert comments(db)[-1].parent_id == shown.id


@pytest.mark.parametrize(
    ("facts", "signed_in", "word"),
    [
        ({"phase": Phase.CLOSED}, True, "closed on"),
        ({"phase": Phase.ANSWERED}, True, "closed on"),
        ({"phase": Phase.CLOSED, "closes_at": None}, True, "is closed"),
        ({"phase": Phase.OPEN, "commenters": Commenters.ACCOUNTS}, False, "with an account"),
        ({"phase": Phase.OPEN, "commenters": Commenters.OFFICIALS}, True, "Only officials"),
    ],
)
def test_who_may_not_comment_is_told_why_and_keeps_the_text(
    facts: dict[str, Any],
    signed_in: bool,
    word: str,
    browser: Browser,
    make: Factory,
    db: Session,
) -> None:
    paragraph, account = paragraph_of(make, **facts), make.account()
    db.commit()
    visitor = browser.signed_in(account) if signed_in else browser
    answer = visitor.post(page_of(paragraph), {"text": "My long considered view."}, status=422)
    assert word in answer.text and "My long considered view." in answer.text
    assert comments(db) == []


@pytest.mark.parametrize(
    ("facts", "word"), [({}, "opens on"), ({"opens_at": None}, "not open yet")]
)
def test_what_is_announced_cannot_be_commented_on_and_is_not_there_for_others(
    facts: dict[str, Any], word: str, browser: Browser, make: Factory, db: Session
) -> None:
    paragraph = paragraph_of(make, phase=Phase.SCHEDULED, **facts)
    official = make.holder(Role.OFFICIAL, paragraph.document.consultation)
    citizen = browser.signed_in(make.account())
    db.commit()
    typed = {"text": "My long considered view."}
    answer = browser.signed_in(official).post(page_of(paragraph), typed, status=422)
    assert word in answer.text and typed["text"] in answer.text
    assert typed["text"] in citizen.post(page_of(paragraph), typed, status=404)
    assert comments(db) == []


def test_what_is_for_officials_does_not_exist_for_others(
    browser: Browser, make: Factory, db: Session
) -> None:
    paragraph = paragraph_of(make, audience=Audience.OFFICIALS)
    elsewhere = make.holder(Role.OFFICIAL, make.department())
    citizen = browser.signed_in(make.account())
    db.commit()
    citizen.post(page_of(paragraph), {"text": "May I?"}, status=404)
    browser.signed_in(elsewhere).post(page_of(paragraph), {"text": "We may."})
    assert [comment.source for comment in comments(db)] == ["We may."]


def test_a_comment_counts_from_when_it_arrived(
    browser: Browser, make: Factory, db: Session
) -> None:
    now = clock.now()
    paragraph = paragraph_of(make, closes_at=now - timedelta(seconds=1))
    citizen = browser.signed_in(make.account())
    db.commit()
    late = {"consult.arrived_at": now}
    early = {"consult.arrived_at": now - timedelta(seconds=2)}
    page = page_of(paragraph)
    citizen.post(page, {"text": "Too late."}, status=422, extra_environ=late)
    citizen.post(page, {"text": "In time.", "idempotency_key": "k"}, extra_environ=early)
    # Sent again because the first answer got lost: it has been taken.
    citizen.post(page, {"text": "In time.", "idempotency_key": "k"}, extra_environ=late)
    assert [comment.created_at for comment in comments(db)] == [now - timedelta(seconds=2)]


def test_a_comment_is_about_the_latest_published_version(
    browser: Browser, make: Factory, db: Session
) -> None:
    paragraph = paragraph_of(make)
    second_version(db, paragraph.document, {paragraph.id: "It speaks of hedges now."})
    gone = make.paragraph(paragraph.document, 3)
    citizen = browser.signed_in(make.account())
    db.commit()
    citizen.post(page_of(paragraph), {"text": "Yes.", "quote": "of trees"}, status=422)
    citizen.post(page_of(paragraph), {"text": "Yes.", "quote": "of hedges"})
    answer = citizen.post(page_of(gone), {"text": "Yes."}, status=422)
    assert "no longer in the draft" in answer.text
    assert [comment.version.number for comment in comments(db)] == [2]


def test_nobody_posts_without_end(browser: Browser, make: Factory, db: Session) -> None:
    paragraph, citizen = paragraph_of(make), browser.signed_in(make.account())
    db.commit()
    for number in range(20):
        citizen.post(page_of(paragraph), {"text": f"Number {number}."})
    refused = citizen.post(page_of(paragraph), {"text": "Number 20."}, status=429)
    assert "Number 20." in refused.text and int(refused.headers["Retry-After"]) > 0
    assert len(comments(db)) == 20
