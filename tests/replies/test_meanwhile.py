"""Two officials at one question: whoever comes second is told, loses no word, and may go on."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from webtest.response import TestResponse

from consult import clock
from consult.accounts.models import Role
from consult.comments.models import Comment, CommentRevision
from consult.comments.status import CommentStatus
from consult.replies.models import OfficialReply, ReplyStatus
from tests.browser import Browser
from tests.factories import Factory
from tests.replies.pages import form_of, seen_on

MINE = "We will count the trees *again* in May."
THEIRS = "The trees were counted in March."
NOTHING_DONE = "Nothing of yours has been published or kept"


@pytest.fixture
def comment(make: Factory, db: Session) -> Comment:
    comment = make.comment(html="<p>How many trees are there?</p>", author_name="Ellen Marsh")
    db.commit()
    return comment


@pytest.fixture
def people(browser: Browser, make: Factory, comment: Comment) -> tuple[Browser, Browser]:
    """Give two officials of one consultation."""
    consultation = comment.document.consultation
    one = make.holder(Role.OFFICIAL, consultation, display_name="Priya Anand")
    other = make.holder(Role.SIGNATORY, consultation, display_name="Martin Oyelaran")
    make.db.commit()
    return browser.signed_in(one), browser.signed_in(other)


def path(comment: Comment) -> str:
    return f"/c/{comment.public_id}/reply"


def draft_of(reply: OfficialReply) -> str:
    return f"/officials/replies/{reply.public_id}"


def send(browser: Browser, page: TestResponse, status: int = 303, **typed: Any) -> TestResponse:
    """Send the form of `page` as a browser would, with what is typed in it; keys are fields."""
    form = form_of(page)
    button = {"act": "act", "state": "state"}
    fields = [
        (name, value)
        for name, value in form.submit_fields()
        if name not in typed and name not in button
    ]
    for name, value in ({"state": "published"} | typed).items():
        fields += [(name, each) for each in ([value] if isinstance(value, str) else value)]
    answer: TestResponse = browser.app.post(form.action or page.request.path, fields, status=status)
    browser.db.expire_all()
    return answer


def replies(db: Session) -> list[OfficialReply]:
    return list(db.scalars(select(OfficialReply).order_by(OfficialReply.id)))


def test_nobody_else_there_nothing_is_asked(
    db: Session, comment: Comment, people: tuple[Browser, Browser]
) -> None:
    official, _other = people
    for state in ("draft", "published", "published"):
        send(official, official.get(path(comment)), text=MINE, state=state)
    assert len(replies(db)) == 3


def test_the_second_answer_is_held_until_its_writer_has_read_the_first(
    db: Session, comment: Comment, people: tuple[Browser, Browser]
) -> None:
    one, other = people
    first, second = one.get(path(comment)), other.get(path(comment))
    send(one, first, text=THEIRS)
    page = send(other, second, 409, text=MINE)
    page.mustcontain(NOTHING_DONE, "Priya Anand has answered", THEIRS, MINE)
    assert [reply.source for reply in replies(db)] == [THEIRS]
    send(other, page)
    assert [reply.source for reply in replies(db)] == [THEIRS, MINE]


def test_a_third_answer_in_between_is_told_of_too(
    db: Session, make: Factory, comment: Comment, people: tuple[Browser, Browser]
) -> None:
    one, other = people
    page = other.get(path(comment))
    send(one, one.get(path(comment)), text=THEIRS)
    page = send(other, page, 409, text=MINE)
    send(one, one.get(path(comment)), text="And in June.")
    page = send(other, page, 409)
    page.mustcontain("And in June.", MINE)
    send(other, page)
    assert len(replies(db)) == 3


@pytest.mark.parametrize("seen", ["abc", "\x00:1:", "k3x9c:1:", "0", ": :"])
def test_a_look_at_something_else_is_none_at_this(
    db: Session, comment: Comment, people: tuple[Browser, Browser], seen: str
) -> None:
    _one, other = people
    told = other.post(path(comment), {"text": MINE, "state": "published", "seen": seen}, status=409)
    assert MINE in told and not replies(db)
    send(other, told)
    assert len(replies(db)) == 1


def test_a_draft_is_held_as_an_answer_is(
    db: Session, comment: Comment, people: tuple[Browser, Browser]
) -> None:
    one, other = people
    page = other.get(path(comment))
    send(one, one.get(path(comment)), text=THEIRS)
    page = send(other, page, 409, text=MINE, state="draft")
    page.mustcontain("Priya Anand has answered", MINE)
    send(other, page, state="draft")
    assert [reply.status for reply in replies(db)] == [ReplyStatus.PUBLISHED, ReplyStatus.DRAFT]


def test_a_colleagues_draft_is_told_of_when_it_is_begun_changed_and_thrown_away(
    db: Session, comment: Comment, people: tuple[Browser, Browser]
) -> None:
    one, other = people
    page = other.get(path(comment))
    send(one, one.get(path(comment)), text=THEIRS, state="draft")
    page = send(other, page, 409, text=MINE)
    page.mustcontain("Priya Anand is writing a reply", THEIRS, MINE)
    (draft,) = replies(db)
    send(one, one.get(draft_of(draft)), text="Counted in April.", act="save")
    page = send(other, page, 409)
    page.mustcontain("Priya Anand is writing a reply", "Counted in April.", MINE)
    send(one, one.get(draft_of(draft)), act="withdraw")
    page = send(other, page, 409)
    page.mustcontain("has been withdrawn or thrown away", MINE)
    send(other, page)


def test_a_reply_that_was_seen_and_is_withdrawn_is_told_of(
    db: Session, make: Factory, comment: Comment, people: tuple[Browser, Browser]
) -> None:
    one, other = people
    reply = make.reply(comment, source=THEIRS, html=f"<p>{THEIRS}</p>")
    db.commit()
    page = other.get(path(comment))
    send(one, one.get(draft_of(reply)), act="withdraw")
    page = send(other, page, 409, text="Besides, there will be more.")
    page.mustcontain("has been withdrawn or thrown away", "Besides, there will be more.")


def test_a_comment_that_its_author_changed_is_answered_once_the_change_was_seen(
    browser: Browser, db: Session, comment: Comment, people: tuple[Browser, Browser]
) -> None:
    official, _other = people
    page = official.get(path(comment))
    author = browser.signed_in(comment.author)
    author.post(f"/c/{comment.public_id}/edit", {"text": "How many hedges are there?"})
    comment.status = CommentStatus.PUBLISHED
    db.commit()
    page = send(official, page, 409, text=MINE)
    page.mustcontain("Ellen Marsh changed the comment", "hedges", MINE)
    page.mustcontain('<del><span class="vh">deleted: </span>trees</del>')
    assert not replies(db)
    send(official, page)
    assert len(replies(db)) == 1


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (CommentStatus.HIDDEN, "moderator has hidden"),
        (CommentStatus.WITHDRAWN, "author has withdrawn"),
        (CommentStatus.PENDING, "waits for a moderator"),
    ],
)
def test_a_comment_that_readers_do_not_see_any_more_is_told_of_and_the_words_are_there(
    db: Session, comment: Comment, people: tuple[Browser, Browser], status: CommentStatus, said: str
) -> None:
    official, _other = people
    page = official.get(path(comment))
    comment.status = status
    db.commit()
    page = send(official, page, 409, text=MINE)
    page.mustcontain(said, MINE, no=["How many trees"])
    assert not replies(db)


def test_what_was_hidden_tells_a_stranger_nothing(
    browser: Browser, make: Factory, db: Session, comment: Comment, people: tuple[Browser, Browser]
) -> None:
    official, _other = people
    seen = seen_on(official.get(path(comment)))
    comment.status = CommentStatus.HIDDEN
    db.commit()
    for person in (make.account(), make.holder(Role.OFFICIAL, make.department())):
        page = browser.signed_in(person).post(path(comment), {"text": MINE, "seen": seen}, 404)
        assert MINE in page
        assert "moderator has hidden" not in page
    official.get(path(comment), status=404)


def test_of_several_comments_at_once_each_is_looked_at(
    db: Session, make: Factory, comment: Comment, people: tuple[Browser, Browser]
) -> None:
    one, other = people
    second = make.comment(comment.paragraph, author_name="Tom Birch")
    third = make.comment(comment.paragraph, author_name="Ada Rowan")
    db.commit()
    page = other.get(path(comment))
    send(one, one.get(path(second)), text=THEIRS)
    chosen = [second.public_id, third.public_id]
    page = send(other, page, 409, text=MINE, also=chosen)
    page.mustcontain("Priya Anand has answered", "Tom Birch", THEIRS, MINE)
    ticked = [box.value for box in form_of(page).fields["also"] if box.checked]
    assert sorted(ticked) == sorted(chosen)
    send(other, page)
    assert set(replies(db)[-1].comments) == {comment, second, third}
    # What is not chosen is no matter.
    page = other.get(path(comment))
    send(one, one.get(path(third)), text=THEIRS)
    send(other, page, text="On the first alone.")


def test_a_chosen_comment_that_went_is_told_of(
    db: Session, make: Factory, comment: Comment, people: tuple[Browser, Browser]
) -> None:
    official, _other = people
    second, third = (make.comment(comment.paragraph) for _ in range(2))
    db.commit()
    page = official.get(path(comment))
    second.status = CommentStatus.WITHDRAWN
    db.commit()
    page = send(official, page, 409, text=MINE, also=[second.public_id, third.public_id])
    page.mustcontain("not shown to readers any more", MINE)
    send(official, page)
    assert set(replies(db)[-1].comments) == {comment, third}


def test_without_what_was_seen_only_the_first_answer_is_taken(
    db: Session, comment: Comment, people: tuple[Browser, Browser]
) -> None:
    one, other = people
    for _ in range(2):  # what one wrote oneself is no second person's
        one.post(path(comment), {"text": THEIRS})
    for seen in ({}, {"seen": ""}, {"seen": "nonsense:\x00"}, {"seen": "x" * 10_000}):
        page = other.post(path(comment), {"text": MINE} | seen, status=409)
        page.mustcontain(THEIRS, MINE)
    assert len(replies(db)) == 2
    send(other, page)
    assert len(replies(db)) == 3


def test_a_form_that_is_refused_for_its_words_is_still_bound_to_what_was_seen(
    db: Session, comment: Comment, people: tuple[Browser, Browser]
) -> None:
    one, other = people
    page = other.get(path(comment))
    send(one, one.get(path(comment)), text=THEIRS)
    page = send(other, page, 422, text="")
    send(other, page, 409, text=MINE)


def test_the_same_form_twice_is_no_second_person(
    db: Session, comment: Comment, people: tuple[Browser, Browser]
) -> None:
    official, _other = people
    page = official.get(path(comment))
    for _ in range(2):
        send(official, page, text=MINE)
    assert len(replies(db)) == 1


@pytest.fixture
def draft(make: Factory, db: Session, comment: Comment) -> OfficialReply:
    reply = make.reply(comment, status=ReplyStatus.DRAFT, published_at=None, source="Old.")
    db.commit()
    return reply


def test_a_draft_is_not_published_unseen_beside_a_colleagues_answer(
    db: Session, comment: Comment, draft: OfficialReply, people: tuple[Browser, Browser]
) -> None:
    one, other = people
    page = other.get(draft_of(draft))
    send(one, one.get(path(comment)), text=THEIRS)
    page = send(other, page, 409, text=MINE, act="publish")
    page.mustcontain("Priya Anand has answered", THEIRS, MINE)
    assert draft.status is ReplyStatus.DRAFT
    send(other, page, act="publish")
    assert (draft.status, draft.source) == (ReplyStatus.PUBLISHED, MINE)


def test_a_draft_is_kept_whatever_others_answered_and_shows_it(
    db: Session, comment: Comment, draft: OfficialReply, people: tuple[Browser, Browser]
) -> None:
    one, other = people
    page = other.get(draft_of(draft))
    send(one, one.get(path(comment)), text=THEIRS)
    page = send(other, page, text=MINE, act="save").follow()
    page.mustcontain(THEIRS)
    send(other, page, act="publish")


def test_without_what_was_seen_a_draft_is_published_where_nobody_answered(
    db: Session, make: Factory, comment: Comment, draft: OfficialReply,
    people: tuple[Browser, Browser],
) -> None:  # fmt: skip
    _one, other = people
    other.post(draft_of(draft), {"act": "publish"})
    assert draft.status is ReplyStatus.PUBLISHED
    second = make.reply(comment, status=ReplyStatus.DRAFT, published_at=None)
    make.reply(comment)
    db.commit()
    other.post(draft_of(second), {"act": "publish"}, status=409)
    assert second.status is ReplyStatus.DRAFT


def test_a_draft_that_a_colleague_changed_or_published_is_not_withdrawn_unseen(
    db: Session, draft: OfficialReply, people: tuple[Browser, Browser]
) -> None:
    one, other = people
    page = other.get(draft_of(draft))
    send(one, one.get(draft_of(draft)), text=THEIRS, act="save")
    page = send(other, page, 409, act="withdraw")
    page.mustcontain(THEIRS)
    statuses = [draft.status]
    send(one, one.get(draft_of(draft)), act="publish")
    page = send(other, page, 409, act="withdraw")
    page.mustcontain(THEIRS, "A published reply")
    statuses.append(draft.status)
    send(other, page, act="withdraw")
    statuses.append(draft.status)
    assert statuses == [ReplyStatus.DRAFT, ReplyStatus.PUBLISHED, ReplyStatus.WITHDRAWN]


@pytest.mark.parametrize("end", ["publish", "withdraw"])
def test_what_was_written_into_a_draft_that_is_none_any_more_can_be_sent_as_another_reply(
    db: Session, comment: Comment, draft: OfficialReply, people: tuple[Browser, Browser], end: str
) -> None:
    one, other = people
    page = other.get(draft_of(draft))
    send(one, one.get(draft_of(draft)), text=THEIRS, act=end)
    page = send(other, page, 409, text=MINE, act="publish")
    page.mustcontain(MINE)
    again = next(form for form in page.forms.values() if form.action == path(comment))
    answer = other.app.post(path(comment), [*again.submit_fields(), ("state", "published")])
    assert answer.status_int == 303
    db.expire_all()
    assert replies(db)[-1].source == MINE
    assert replies(db)[-1].status is ReplyStatus.PUBLISHED


def test_what_was_seen_of_an_edited_comment_counts_for_a_draft_too(
    db: Session, comment: Comment, draft: OfficialReply, people: tuple[Browser, Browser]
) -> None:
    official, _other = people
    page = official.get(draft_of(draft))
    db.add(
        CommentRevision(
            comment=comment, revision=1, source="", html=comment.html, created_at=clock.now()
        )
    )
    comment.revision, comment.html = 2, "<p>How many hedges are there?</p>"
    db.commit()
    page = send(official, page, 409, text=MINE, act="publish")
    page.mustcontain("Ellen Marsh changed the comment", MINE)
    send(official, page, act="publish")
    assert draft.status is ReplyStatus.PUBLISHED
