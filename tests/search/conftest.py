"""A search index for each test of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pyramid.router import Router
from sqlalchemy.orm import Session

from consult.outbox import run_due
from consult.search.engine import Engine
from tests.browser import Browser


class Index:
    """The index of the application, empty until somebody works."""

    def __init__(self, app: Router, db: Session, folder: Path) -> None:
        self.registry = app.registry
        self.folder = folder
        self.db = db
        self.engine: Engine = app.registry["search engine"]

    def catch_up(self) -> None:
        """Do what the worker would do by now."""
        self.db.commit()
        run_due(self.registry)
        self.db.expire_all()


@pytest.fixture
def index(app: Router, db: Session, tmp_path: Path) -> Iterator[Index]:
    """Give an index in a folder of its own, which does not exist yet."""
    original = app.registry["search engine"]
    app.registry["search engine"] = Engine(tmp_path / "index")
    yield Index(app, db, tmp_path / "index")
    app.registry["search engine"] = original


def results(browser: Browser, q: str, **asked: str) -> list[str]:
    """Return the names of what a search finds, in order."""
    page = browser.get("/search", params={"q": q, **asked})
    return [name.get_text() for name in page.html.select(".hit-name a")]
