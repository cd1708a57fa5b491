"""What was promised is done at once where the worker runs inside the server."""

from pyramid.router import Router

from consult.outbox import Worker
from tests.browser import Browser
from tests.factories import Factory
from tests.notifications.conftest import PostOffice


def test_a_commit_wakes_the_worker_inside(app: Router, browser: Browser, make: Factory) -> None:
    make.account(email="ada@example.org")
    make.db.commit()
    worker = app.registry["worker"] = Worker(app.registry)
    try:
        browser.post("/forgotten-password", {"email": "nowhere"}, status=422)
        assert not worker.awake.is_set()
        browser.post("/forgotten-password", {"email": "ada@example.org"})
        assert worker.awake.is_set()
    finally:
        del app.registry["worker"]


def test_without_a_worker_inside_nothing_is_missing(
    browser: Browser, make: Factory, post: PostOffice
) -> None:
    make.account(email="ada@example.org")
    make.db.commit()
    browser.post("/forgotten-password", {"email": "ada@example.org"})
    assert post.the_letter()
