"""Many at once, with real commits, on a database of their own."""

import os
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest
from pyramid.router import Router
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from consult import main
from consult.accounts.models import Account
from consult.commands.migrate import migrate
from consult.comments.models import Comment, CommentRevision, Vote
from consult.db import make_engine
from tests.browser import Browser
from tests.comments.helpers import page_of
from tests.conftest import POSTGRESQL
from tests.factories import Factory

AT_ONCE = 8


@pytest.fixture
def own_database(database: str, tmp_path: Path) -> Iterator[str]:
    """Give the address of an empty database beside the one that tests roll back."""
    if database.startswith("sqlite"):
        yield f"sqlite:///{tmp_path}/own.sqlite"
        return
    name = f"consult_own_{os.getpid()}"
    admin = make_engine(POSTGRESQL).execution_options(isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield POSTGRESQL.rsplit("/", 1)[0] + "/" + name
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


@pytest.fixture
def served(own_database: str, tmp_path: Path) -> Iterator[Router]:
    """Give the application on that database, with nothing of a test around its transactions."""
    engine = make_engine(own_database)
    migrate(engine)
    engine.dispose()
    router = main(
        {},
        **{
            "consult.data": str(tmp_path),
            "consult.database": own_database,
            "consult.environment": "development",
            "consult.public_url": "http://localhost",
        },
    )
    yield router
    router.registry["sessions"].kw["bind"].dispose()


@pytest.fixture
def own(served: Router) -> Iterator[Session]:
    """Give a session on that database."""
    with served.registry["sessions"]() as session:
        yield session


def at_once(act: Callable[[int], Any], times: int = AT_ONCE) -> Counter[int]:
    """Run `act` in as many threads, all let go at one moment; return the statuses it gave."""
    barrier = Barrier(times)
    statuses: list[int] = []

    def run(number: int) -> None:
        barrier.wait()
        statuses.append(act(number).status_int)

    threads = [Thread(target=run, args=(number,)) for number in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Counter(statuses)


def browsers_of(served: Router, own: Session, account: Account | None) -> list[Browser]:
    """Return a browser for each thread, all of one person."""
    visitor = Browser(served, own)
    return [visitor.signed_in(account) if account else Browser(served, own) for _ in range(AT_ONCE)]


def send(browser: Browser, path: str, fields: dict[str, str]) -> Any:
    """Send a form without touching the session that all threads would share."""
    browser.app.set_cookie("csrf", "token")
    return browser.app.post(path, fields | {"csrf_token": "token"}, status="*")


def test_one_form_sent_eight_times_at_once_makes_one_comment(served: Router, own: Session) -> None:
    make = Factory(own)
    page = page_of(make.paragraph(make.document()))
    people = browsers_of(served, own, make.account())
    fields = {"text": "Once.", "idempotency_key": "same"}
    assert at_once(lambda n: send(people[n], page, fields)) == {303: AT_ONCE}
    assert own.scalar(select(func.count(Comment.id))) == 1


def test_eight_comments_at_once_are_all_kept(served: Router, own: Session) -> None:
    make = Factory(own)
    page = page_of(make.paragraph(make.document()))
    people = browsers_of(served, own, make.account())
    statuses = at_once(lambda n: send(people[n], page, {"text": f"Number {n}."}))
    assert statuses == {303: AT_ONCE}
    own.expire_all()
    assert sorted(own.scalars(select(Comment.source))) == [f"Number {n}." for n in range(AT_ONCE)]


def test_one_address_used_by_guests_at_once_makes_one_account(served: Router, own: Session) -> None:
    make = Factory(own)
    page = page_of(make.paragraph(make.document()))
    people = browsers_of(served, own, None)
    own.commit()
    fields = {"text": "Hello.", "name": "Ellen", "email": "ellen@example.org"}
    assert at_once(lambda n: send(people[n], page, fields), 4) == {303: 4}
    assert own.scalar(select(func.count(Account.id))) == 1
    assert own.scalar(select(func.count(Comment.id))) == 4


def test_a_vote_sent_eight_times_at_once_counts_once(served: Router, own: Session) -> None:
    make = Factory(own)
    comment = make.comment()
    people = browsers_of(served, own, make.account())
    page = f"/c/{comment.public_id}/vote"
    own.commit()
    assert at_once(lambda n: send(people[n], page, {"value": "agree"})) == {303: AT_ONCE}
    assert own.scalar(select(func.count(Vote.account_id))) == 1


def test_of_two_changes_at_once_one_is_told_of_the_other(served: Router, own: Session) -> None:
    make = Factory(own)
    comment = make.comment()
    people = browsers_of(served, own, comment.author)
    page = f"/c/{comment.public_id}/edit"
    own.commit()

    def change(number: int) -> Any:
        return send(people[number], page, {"text": f"Change {number}.", "revision": "1"})

    assert at_once(change) == {303: 1, 422: AT_ONCE - 1}
    own.expire_all()
    assert comment.revision == 2
    assert own.scalar(select(func.count(CommentRevision.id))) == 1
