"""Two officials at the same moment, with real commits: one answers, the other is told."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from pyramid.router import Router
from sqlalchemy import select
from sqlalchemy.orm import Session
from webtest import TestApp

from consult.accounts.models import Role
from consult.accounts.security import digest
from consult.comments.models import Comment
from consult.replies.models import OfficialReply, ReplyStatus
from tests.factories import Factory
from tests.replies.pages import seen_on

ROUNDS = 4
Sent = tuple[str, dict[str, str]]


def answers(_make: Factory, comment: Comment, words: str) -> Sent:
    return f"/c/{comment.public_id}/reply", {"text": words}


def begins_a_draft(_make: Factory, comment: Comment, words: str) -> Sent:
    return f"/c/{comment.public_id}/reply", {"text": words, "state": "draft"}


def publishes_a_draft(make: Factory, comment: Comment, words: str) -> Sent:
    draft = make.reply(comment, status=ReplyStatus.DRAFT, published_at=None)
    return f"/officials/replies/{draft.public_id}", {"text": words, "act": "publish"}


def answers_beside(make: Factory, comment: Comment, words: str) -> Sent:
    other = make.comment(comment.paragraph)
    return f"/c/{other.public_id}/reply", {"text": words, "also": comment.public_id}


def browser_of(app: Router, make: Factory, secret: str) -> TestApp:
    make.login_session(make.holder(Role.OFFICIAL), digest(secret))
    browser = TestApp(app)
    browser.set_cookie("session", secret)
    browser.set_cookie("csrf", "token")
    return browser


def send(browser: TestApp, sent: Sent, start: Barrier) -> int:
    path, fields = sent
    start.wait(timeout=10)
    status: int = browser.post(path, fields | {"csrf_token": "token"}, status="*").status_int
    return status


@pytest.mark.parametrize("act", [answers, begins_a_draft, publishes_a_draft, answers_beside])
def test_of_two_officials_at_once_one_answers_and_the_other_is_told(
    own_app: Router, act: Callable[[Factory, Comment, str], Sent]
) -> None:
    session: Session
    with own_app.registry["sessions"]() as session:
        make = Factory(session)
        one, other = (browser_of(own_app, make, secret) for secret in ("the one", "the other"))
        document = make.document()
        comments = [make.comment(make.paragraph(document)) for _ in range(ROUNDS)]
        rounds = [
            (answers(make, comment, "By the one."), act(make, comment, "By the other."))
            for comment in comments
        ]
        session.commit()
    with ThreadPoolExecutor(2) as threads:
        for both in rounds:
            for (path, fields), browser in zip(both, (one, other), strict=True):
                fields["seen"] = seen_on(browser.get(path))
            start = Barrier(2)
            sent = [
                threads.submit(send, browser, mine, start)
                for browser, mine in zip((one, other), both, strict=True)
            ]
            assert sorted(answer.result(timeout=30) for answer in sent) == [303, 409]
    with own_app.registry["sessions"]() as session:
        written = ("By the one.", "By the other.")
        kept = select(OfficialReply).where(OfficialReply.source.in_(written))
        assert len(session.scalars(kept).all()) == ROUNDS


def test_of_two_changes_to_a_draft_at_once_none_is_overwritten_unseen(own_app: Router) -> None:
    session: Session
    with own_app.registry["sessions"]() as session:
        make = Factory(session)
        people = [browser_of(own_app, make, secret) for secret in ("the one", "the other")]
        drafts = [make.reply(make.comment(), status=ReplyStatus.DRAFT) for _ in range(ROUNDS)]
        paths = [f"/officials/replies/{draft.public_id}" for draft in drafts]
        session.commit()
    with ThreadPoolExecutor(2) as threads:
        for path in paths:
            start = Barrier(2)
            forms = [
                {"text": f"Words of {n}.", "act": "save", "seen": seen_on(browser.get(path))}
                for n, browser in enumerate(people)
            ]
            sent = [
                threads.submit(send, browser, (path, fields), start)
                for browser, fields in zip(people, forms, strict=True)
            ]
            statuses = [answer.result(timeout=30) for answer in sent]
            assert sorted(statuses) == [303, 409]
            with own_app.registry["sessions"]() as session:
                kept = select(OfficialReply.source).where(
                    OfficialReply.public_id == path.rsplit("/", 1)[1]
                )
                assert session.scalar(kept) == forms[statuses.index(303)]["text"]
