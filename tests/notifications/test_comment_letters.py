"""Letters about comments: whom one is told of what, once, and of nothing that is hidden by then."""

from collections.abc import Iterator

import pytest
from pyramid.router import Router
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.accounts.models import AccountState, Role
from consult.blocks.blocks import Kind
from consult.comments.events import CommentPosted
from consult.comments.models import Comment
from consult.comments.status import CommentStatus
from consult.consultations.models import Consultation, Moderation
from consult.drafts.models import Paragraph, Wording
from consult.moderation.models import Decision
from consult.replies.events import ReplyPublished
from consult.replies.models import ReplyStatus
from tests.browser import Browser
from tests.factories import Factory
from tests.notifications.conftest import PostOffice, html_of, link_in, text_of

WORDS = "Plant limes, not planes."


@pytest.fixture
def paragraph(make: Factory) -> Iterator[Paragraph]:
    consultation = make.consultation(title="Open streets", moderation=Moderation.BEFORE)
    document = make.document(consultation=consultation, texts=["Open streets", "Trees", "Buses"])
    yield make.paragraph(document)


def page_of(paragraph: Paragraph) -> str:
    document = paragraph.document
    return f"/consultations/{document.consultation.slug}/{document.slug}/p/{paragraph.key}"


def consultation_of(paragraph: Paragraph) -> Consultation:
    return paragraph.document.consultation


def decide(browser: Browser, make: Factory, comment: Comment, move: str, **more: str) -> None:
    moderator = make.holder(Role.MODERATOR)
    fields = {"move": move, "revision": str(comment.revision)} | more
    browser.signed_in(moderator).post(f"/c/{comment.public_id}/decide", fields)


def hide(browser: Browser, make: Factory, comment: Comment) -> None:
    decide(browser, make, comment, "hide", rule="people", reasons="It says “fool”.\nLeave it out.")


def written(make: Factory, paragraph: Paragraph, **kw: object) -> Comment:
    values = {"source": WORDS, "html": f"<p>{WORDS}</p>", "status": CommentStatus.PENDING}
    comment = make.comment(paragraph, **values | kw)
    make.db.commit()
    return comment


def test_a_guest_confirms_a_comment_by_letter(
    browser: Browser, paragraph: Paragraph, post: PostOffice
) -> None:
    post.db.commit()
    guest = {"name": "Ada King", "email": "ada@example.org", "text": WORDS}
    browser.post(page_of(paragraph), guest)
    letter = post.the_letter()
    assert (letter["To"], letter["Subject"]) == ("ada@example.org", "Confirm your comment")
    assert letter["List-Unsubscribe"] is None
    assert "on “Open streets”, 1.1, with your address" in text_of(letter)
    # Anybody can have this letter sent to anybody, with any words in the comment.
    assert "limes" not in letter.as_string() and "Ada" not in letter.as_string()
    browser.post(link_in(letter, "/confirm-comment/"))
    comment = post.db.scalar(select(Comment))
    assert comment is not None and comment.status is CommentStatus.PENDING


def test_an_author_is_told_that_a_comment_was_published(
    browser: Browser, make: Factory, paragraph: Paragraph, post: PostOffice
) -> None:
    comment = written(make, paragraph)
    decide(browser, make, comment, "publish")
    letter = post.the_letter()
    assert (letter["To"], letter["Subject"]) == (comment.author.email, "Your comment is published")
    assert f"> {WORDS}" in text_of(letter) and WORDS in html_of(letter)
    browser.get(link_in(letter, "/c/"), status=303)


def test_an_author_is_told_why_a_comment_was_hidden_and_what_can_be_done(
    browser: Browser, make: Factory, paragraph: Paragraph, post: PostOffice
) -> None:
    comment = written(make, paragraph, status=CommentStatus.PUBLISHED)
    hide(browser, make, comment)
    letter = post.the_letter()
    said = text_of(letter)
    assert letter["Subject"] == "Your comment was hidden"
    assert letter["List-Unsubscribe"] is None and "unsubscribe" not in said
    assert "The rule: Argue with opinions, not with people." in said
    assert "> It says “fool”. > Leave it out." in said
    assert "It says “fool”.<br>Leave it out." in html_of(letter)
    assert "You can change it" in said and "write to consult@example.org" in said
    assert "limes" not in letter.as_string()
    browser.signed_in(comment.author).get(link_in(letter, "/account/comments"))


def test_a_comment_that_never_appeared_was_not_published(
    browser: Browser, make: Factory, paragraph: Paragraph, post: PostOffice
) -> None:
    guest = make.account(state=AccountState.GUEST, display_name="Buy at evil.example")
    hide(browser, make, written(make, paragraph, author=guest))
    letter = post.the_letter()
    assert letter["Subject"] == "Your comment was not published"
    assert "evil" not in letter.as_string()
    # A guest has no list of comments, but may write again.
    browser.get(link_in(letter, "/consultations/"))


def test_what_a_moderator_brings_back_is_announced(
    browser: Browser, make: Factory, paragraph: Paragraph, post: PostOffice
) -> None:
    comment = written(make, paragraph)
    hide(browser, make, comment)
    first = post.db.scalar(select(Decision))
    assert first is not None
    decide(browser, make, comment, "publish", seen=str(first.id))
    # It was back before the first letter was written, which would be wrong now.
    letter = post.the_letter()
    assert "again. It is back." in text_of(letter)


def test_an_author_is_told_of_an_official_reply(
    browser: Browser, make: Factory, paragraph: Paragraph, post: PostOffice
) -> None:
    comment = written(make, paragraph, status=CommentStatus.PUBLISHED)
    official = browser.signed_in(make.holder(Role.OFFICIAL, consultation_of(paragraph)))
    official.post(f"/c/{comment.public_id}/reply", {"text": "We *shall* plant limes."})
    letter = post.the_letter()
    department = consultation_of(paragraph).department.name
    assert letter["Subject"] == f"{department} answered your comment"
    assert "> We *shall* plant limes." in text_of(letter)
    assert f"You wrote:\n\n> {WORDS}" in text_of(letter)
    assert letter["List-Unsubscribe"]
    browser.get(link_in(letter, "/c/"), status=303)


def publish_reply(app: Router, make: Factory, comments: list[Comment]) -> None:
    reply = make.reply(comments[0], comments=comments, source="Yes.", html="<p>Yes.</p>")
    app.registry.notify(ReplyPublished(reply))
    app.registry.notify(ReplyPublished(reply))


def test_one_reply_to_several_comments_of_one_person_is_one_letter(
    app: Router, make: Factory, paragraph: Paragraph, post: PostOffice
) -> None:
    author, other = make.account(), make.account()
    comments = [
        written(make, paragraph, author=who, status=CommentStatus.PUBLISHED)
        for who in (author, author, other)
    ]
    publish_reply(app, make, comments)
    letters = post.deliver()
    assert [letter["To"] for letter in letters] == [author.email, other.email]
    assert f"/c/{comments[1].public_id}" in text_of(letters[0])
    assert comments[0].public_id not in text_of(letters[1])


def test_a_comment_that_was_hidden_meanwhile_is_not_quoted(
    app: Router, browser: Browser, make: Factory, paragraph: Paragraph, post: PostOffice
) -> None:
    author = make.account()
    first = written(make, paragraph, author=author, status=CommentStatus.PUBLISHED)
    second = written(
        make, paragraph, author=author, status=CommentStatus.PUBLISHED, html="<p>Or elms.</p>"
    )
    publish_reply(app, make, [first, second])
    first.status = CommentStatus.HIDDEN
    letter = post.the_letter()
    assert "limes" not in letter.as_string() and "> Or elms." in text_of(letter)
    assert first.public_id not in letter.as_string()


def test_a_reply_that_was_withdrawn_meanwhile_is_not_announced(
    app: Router, make: Factory, paragraph: Paragraph, post: PostOffice
) -> None:
    comment = written(make, paragraph, status=CommentStatus.PUBLISHED)
    reply = make.reply(comment)
    app.registry.notify(ReplyPublished(reply))
    reply.status = ReplyStatus.WITHDRAWN
    assert post.deliver() == []


def answered(make: Factory, paragraph: Paragraph, **kw: object) -> Comment:
    parent = written(make, paragraph, status=CommentStatus.PUBLISHED)
    values = {"html": "<p>See www.evil.example, or 3.12!</p>", "parent": parent}
    return written(make, paragraph, **values | {"status": CommentStatus.PUBLISHED} | kw)


def test_who_is_answered_is_told(
    app: Router, browser: Browser, make: Factory, paragraph: Paragraph, post: PostOffice
) -> None:
    answer = answered(make, paragraph)
    app.registry.notify(CommentPosted(answer))
    letter = post.the_letter()
    assert answer.parent is not None
    assert letter["To"] == answer.parent.author.email
    assert f"{answer.author_name} answered your comment" in text_of(letter)
    assert "> See www[.]evil[.]example, or 3.12!" in text_of(letter)
    browser.get(link_in(letter, "/c/"), status=303)


def test_an_answer_that_waits_is_told_of_when_it_appears_and_only_once(
    app: Router, browser: Browser, make: Factory, paragraph: Paragraph, post: PostOffice
) -> None:
    answer = answered(make, paragraph, status=CommentStatus.PENDING)
    app.registry.notify(CommentPosted(answer))
    assert post.deliver() == []
    decide(browser, make, answer, "publish")
    assert len(post.deliver()) == 2  # the author of the answer is told that it is published
    # The author changes it; it waits and is published again, which is no news to the other.
    browser.signed_in(answer.author).post(f"/c/{answer.public_id}/edit", {"text": "Or ash."})
    assert answer.status is CommentStatus.PENDING
    decide(browser, make, answer, "publish")
    assert [letter["To"] for letter in post.deliver()[2:]] == [answer.author.email]


def test_an_answer_that_was_hidden_meanwhile_is_not_quoted(
    app: Router, make: Factory, paragraph: Paragraph, post: PostOffice
) -> None:
    answer = answered(make, paragraph)
    app.registry.notify(CommentPosted(answer))
    answer.status = CommentStatus.HIDDEN
    assert post.deliver() == []


def test_nobody_is_told_of_answering_oneself(
    app: Router, make: Factory, paragraph: Paragraph, post: PostOffice
) -> None:
    author = make.account()
    answer = answered(make, paragraph, author=author)
    assert answer.parent is not None
    answer.parent.author = author
    post.db.flush()
    app.registry.notify(CommentPosted(answer))
    assert post.deliver() == []


def test_a_closed_account_gets_no_letter(
    app: Router, make: Factory, paragraph: Paragraph, post: PostOffice
) -> None:
    answer = answered(make, paragraph)
    app.registry.notify(CommentPosted(answer))
    assert answer.parent is not None
    author = answer.parent.author
    author.state, author.email = AccountState.CLOSED, "closed:1"
    assert post.deliver() == []


def test_a_list_item_is_named_with_the_paragraph_above(
    app: Router, make: Factory, paragraph: Paragraph, post: PostOffice, db: Session
) -> None:
    document = make.document(published=False, consultation=consultation_of(paragraph))
    item = make.paragraph(document, 3)
    wording = db.scalar(select(Wording).where(Wording.paragraph_id == item.id))
    assert wording is not None
    wording.kind, wording.label = Kind.ITEM, "(a)"
    answer = answered(make, item)
    app.registry.notify(CommentPosted(answer))
    assert "1.1 (a):" in text_of(post.the_letter())
