"""The conversation on a paragraph, as it is read from the database."""

from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from consult.accounts.models import Account
from consult.comments import threads, tree
from consult.comments.models import Ballot, Comment, Vote
from consult.comments.status import CommentStatus
from consult.comments.threads import OfficialReplies, Order, conversation
from consult.comments.tree import Node
from consult.drafts.models import Paragraph
from consult.replies.answers import is_answered, replies_of
from consult.replies.models import ReplyStatus
from tests.comments.helpers import counted
from tests.factories import Factory


@pytest.fixture
def paragraph(make: Factory) -> Paragraph:
    """Give a paragraph about which nothing has been said."""
    return make.paragraph(make.document())


def outline(nodes: Sequence[Node]) -> list[object]:
    """Return what is shown as nested lists of public ids, tombstones in brackets."""
    shown: list[object] = []
    for node in nodes:
        public_id = node.comment.public_id
        shown.append(f"({public_id})" if node.tombstone else public_id)
        if node.replies:
            shown.append(outline(node.replies))
    return shown


def say(make: Factory, paragraph: Paragraph, public_id: str, **kw: Any) -> Comment:
    return make.comment(paragraph, public_id=public_id, **kw)


def seen(
    db: Session,
    paragraph: Paragraph,
    viewer: Account | None = None,
    *,
    moderator: bool = False,
    containing: str = "",
    order: Order = Order.OLDEST,
    size: int = threads.SIZE,
) -> list[object]:
    found = conversation(
        db,
        paragraph,
        viewer=viewer,
        moderator=moderator,
        containing=containing,
        order=order,
        size=size,
    )
    return outline(found.threads)


def test_replies_stand_under_what_they_answer(
    db: Session, make: Factory, paragraph: Paragraph
) -> None:
    a = say(make, paragraph, "a")
    b = say(make, paragraph, "b")
    a1 = say(make, paragraph, "a1", parent=a)
    say(make, paragraph, "b1", parent=b)
    say(make, paragraph, "a2", parent=a)
    say(make, paragraph, "a11", parent=a1)
    say(make, make.paragraph(paragraph.document, 3), "elsewhere")
    assert seen(db, paragraph) == ["a", ["a1", ["a11"], "a2"], "b", ["b1"]]
    assert seen(db, paragraph, order=Order.NEWEST) == ["b", ["b1"], "a", ["a1", ["a11"], "a2"]]


def test_deep_replies_stand_side_by_side_and_say_whom_they_answer(
    db: Session, make: Factory, paragraph: Paragraph
) -> None:
    last = say(make, paragraph, "n0")
    for depth in range(1, 60):
        last = say(make, paragraph, f"n{depth}", parent=last, author_name=f"Speaker {depth}")
    found = conversation(db, paragraph, viewer=None).threads
    [first] = found[0].replies
    assert [node.comment.public_id for node in first.replies] == [f"n{n}" for n in range(2, 60)]
    answered = [node.answers for node in first.replies]
    assert answered == ["", *(f"Speaker {n}" for n in range(2, 59))]


def test_who_sees_what_waits_and_what_was_hidden(
    db: Session, make: Factory, paragraph: Paragraph
) -> None:
    author = make.account()
    for status in CommentStatus:
        say(make, paragraph, status.value, status=status, author=author)
    shown: list[object] = ["unchecked", "published"]
    assert seen(db, paragraph) == shown
    assert seen(db, paragraph, make.account()) == shown
    guarded = ["pending", "unchecked", "published", "hidden"]
    assert seen(db, paragraph, author) == guarded
    assert seen(db, paragraph, make.account(), moderator=True) == guarded


@pytest.mark.parametrize(
    "status", [CommentStatus.WITHDRAWN, CommentStatus.HIDDEN, CommentStatus.PENDING]
)
def test_a_tombstone_stands_where_others_answered(
    status: CommentStatus, db: Session, make: Factory, paragraph: Paragraph
) -> None:
    gone = say(make, paragraph, "gone", status=status, source="Secret.", author_name="Nobody")
    under = say(make, paragraph, "under", parent=gone, status=status)
    say(make, paragraph, "answer", parent=under)
    silent = say(make, paragraph, "silent", status=status)
    say(make, paragraph, "hushed", parent=silent, status=CommentStatus.HIDDEN)
    found = conversation(db, paragraph, viewer=None).threads
    assert outline(found) == ["(gone)", ["(under)", ["answer"]]]
    stone = found[0].comment
    assert not hasattr(stone, "source") and not hasattr(stone, "author_name")


def test_official_replies_are_put_in_and_keep_a_tombstone(
    db: Session, make: Factory, paragraph: Paragraph
) -> None:
    asked = say(make, paragraph, "asked")
    reply = make.reply(asked)
    make.reply(say(make, paragraph, "draft"), status=ReplyStatus.DRAFT)
    make.reply(say(make, paragraph, "gone", status=CommentStatus.WITHDRAWN))
    found = conversation(
        db, paragraph, viewer=None, official=OfficialReplies(replies_of, is_answered())
    ).threads
    assert outline(found) == ["asked", "draft", "(gone)"]
    assert [answer.id for answer in found[0].official] == [reply.id]
    assert not found[1].official and found[2].official


def test_votes_are_counted_and_one_knows_ones_own(
    db: Session, make: Factory, paragraph: Paragraph
) -> None:
    comment, voter = say(make, paragraph, "a"), make.account()
    say(make, paragraph, "b")
    for account, value in [
        (voter, Ballot.DISAGREE),
        (make.account(), Ballot.AGREE),
        (make.account(), Ballot.AGREE),
    ]:
        db.add(Vote(comment_id=comment.id, account_id=account.id, value=value))
    db.flush()
    a, b = conversation(db, paragraph, viewer=voter).threads
    assert (a.agree, a.disagree, a.mine) == (2, 1, "disagree")
    assert (b.agree, b.disagree, b.mine) == (0, 0, "")
    assert conversation(db, paragraph, viewer=None).threads[0].mine == ""


def test_a_suggestion_shows_as_a_redline(db: Session, make: Factory, paragraph: Paragraph) -> None:
    say(make, paragraph, "a", suggestion="The first paragraph\nspeaks of hedges.")
    say(make, paragraph, "b")
    a, b = conversation(db, paragraph, viewer=None).threads
    assert a.redline == (
        ("same", "The first paragraph speaks of "),
        ("deleted", "trees"),
        ("inserted", "hedges"),
        ("same", "."),
    )
    assert b.redline is None and a.version == 1


@pytest.mark.parametrize("order", Order)
def test_pages_follow_each_other_without_gap_or_repetition(
    order: Order, db: Session, make: Factory, paragraph: Paragraph
) -> None:
    said = [say(make, paragraph, f"c{n}") for n in range(7)]
    expected = [c.public_id for c in said]
    if order is Order.NEWEST:
        expected.reverse()
    pages, after = [], None
    while True:
        page = conversation(db, paragraph, viewer=None, order=order, after=after, size=3)
        pages.append(outline(page.threads))
        if page.next is None:
            break
        after = int(page.next["after"])
    assert pages == [expected[:3], expected[3:6], expected[6:]]


def test_the_page_with_a_given_comment(db: Session, make: Factory, paragraph: Paragraph) -> None:
    for n in range(5):
        say(make, paragraph, f"c{n}")
    reply = say(make, paragraph, "deep", parent=db.query(Comment).filter_by(public_id="c3").one())
    assert seen(db, paragraph, size=2, containing="c1") == ["c0", "c1"]
    assert seen(db, paragraph, size=2, containing=reply.public_id) == ["c3", ["deep"], "c4"]
    assert seen(db, paragraph, size=2, containing="c3", order=Order.NEWEST) == [
        "c4",
        "c3",
        ["deep"],
    ]
    assert seen(db, paragraph, size=2, containing="c1", order=Order.NEWEST) == ["c1", "c0"]
    for nonsense in ("nowhere", "\x00", "c1'--"):
        assert seen(db, paragraph, size=2, containing=nonsense) == ["c0", "c1"]


def test_a_thread_without_end_goes_on_on_the_next_page(
    db: Session, make: Factory, paragraph: Paragraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(threads, "REPLIES", 3)
    root = say(make, paragraph, "root")
    first = say(make, paragraph, "r0", parent=root)
    for n in range(1, 5):
        say(make, paragraph, f"r{n}", parent=root)
    say(make, paragraph, "late", parent=first)
    say(make, paragraph, "other")
    page = conversation(db, paragraph, viewer=None, size=1)
    assert outline(page.threads) == ["root", ["r0", "r1", "r2"]]
    assert page.next is not None
    followed = conversation(db, paragraph, viewer=None, size=1, replies=int(page.next["replies"]))
    # The one that answers r0, which is not on this page, stands under the beginning of the thread.
    assert outline(followed.threads) == ["root", ["r3", "r4", "late"]]
    assert followed.next == {"after": str(root.id)}
    found = conversation(db, paragraph, viewer=None, size=1, containing="late")
    assert outline(found.threads) == ["root", ["late"]]


def test_the_number_of_queries_does_not_grow(
    db: Session, make: Factory, paragraph: Paragraph, connection: Connection
) -> None:
    viewer = make.account()

    def queries() -> int:
        db.commit()
        for thing in (viewer, paragraph):
            db.refresh(thing)
        with counted(connection) as sent:
            for node in tree.flat(conversation(db, paragraph, viewer=viewer).threads):
                assert node.comment.public_id and node.version
        return len(sent)

    def talk() -> None:
        for n in range(6):
            parent = None
            for m in range(4):
                parent = make.comment(paragraph, parent=parent, suggestion=f"Other {n} {m}.")
                db.add(Vote(comment_id=parent.id, account_id=viewer.id, value=Ballot.AGREE))

    talk()
    assert queries() == 3
    talk()
    assert queries() == 3
