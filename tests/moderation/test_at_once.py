"""Two moderators at the same moment, with real commits: one decides, the other is told."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from pyramid.router import Router
from sqlalchemy import select
from sqlalchemy.orm import Session
from webtest import TestApp

from consult.accounts.models import Role
from consult.accounts.security import digest
from consult.comments.models import Comment
from consult.comments.status import CommentStatus
from consult.moderation.models import Decision
from tests.factories import Factory

ROUNDS = 4
MOVES = (
    {"move": "publish", "revision": "1"},
    {"move": "hide", "rule": "subject", "reasons": "It is about football.", "revision": "1"},
)


def decide_at(app: Router, secret: str, path: str, fields: dict[str, str], start: Barrier) -> int:
    browser = TestApp(app)
    browser.set_cookie("session", secret)
    browser.set_cookie("csrf", "token")
    start.wait(timeout=10)
    status: int = browser.post(path, fields | {"csrf_token": "token"}, status="*").status_int
    return status


def test_of_two_moderators_at_once_one_decides_and_the_other_is_told(own_app: Router) -> None:
    session: Session
    with own_app.registry["sessions"]() as session:
        make = Factory(session)
        secrets = ["the one", "the other"]
        for secret in secrets:
            make.login_session(make.holder(Role.MODERATOR), digest(secret))
        paragraph = make.paragraph(make.document())
        comments = [make.comment(paragraph, status=CommentStatus.PENDING) for _ in range(ROUNDS)]
        paths = [f"/c/{comment.public_id}/decide" for comment in comments]
        session.commit()
        session.expire_all()
    with ThreadPoolExecutor(2) as threads:
        for path in paths:
            start = Barrier(2)
            sent = [
                threads.submit(decide_at, own_app, secret, path, fields, start)
                for secret, fields in zip(secrets, MOVES, strict=True)
            ]
            assert sorted(answer.result(timeout=30) for answer in sent) == [303, 409]
    with own_app.registry["sessions"]() as session:
        decisions = session.scalars(select(Decision)).all()
        assert len(decisions) == ROUNDS
        for decision in decisions:
            assert session.get_one(Comment, decision.comment_id).status is decision.after
