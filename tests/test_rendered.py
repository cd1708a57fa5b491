"""Nothing is rendered while others wait for the database."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, event
from sqlalchemy.orm import Session

from consult.accounts.models import Role
from consult.replies.models import ReplyStatus
from consult.text import markdown
from consult.text.sanitising import sanitise_comment
from tests.browser import Browser
from tests.factories import Factory

TEXT = "The **kerb** should stay at six centimetres."


@pytest.fixture
def happened(connection: Connection, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Give a list of what happens: "render" and "ask", one entry for each time."""
    seen: list[str] = []

    def watched(html: str) -> str:
        seen.append("render")
        return sanitise_comment(html)

    def asked(*_: object) -> None:
        seen.append("ask")

    monkeypatch.setattr(markdown, "sanitise_comment", watched)
    # The first statement takes SQLite's write lock, and in these tests a savepoint.
    event.listen(connection, "before_cursor_execute", asked)
    yield seen
    event.remove(connection, "before_cursor_execute", asked)


@pytest.mark.parametrize("act", ["post", "edit", "reply", "keep", "publish"])
def test_what_people_write_is_rendered_once_before_the_database_is_asked(
    browser: Browser, make: Factory, db: Session, happened: list[str], act: str
) -> None:
    comment = make.comment()
    official = make.holder(Role.OFFICIAL, comment.document.consultation)
    draft = make.reply(comment, author=official, status=ReplyStatus.DRAFT, published_at=None)
    document = comment.document
    page = f"/consultations/{document.consultation.slug}/{document.slug}/p/{comment.paragraph.key}"
    path, fields = {
        "post": (page, {}),
        "edit": (f"/c/{comment.public_id}/edit", {}),
        "reply": (f"/c/{comment.public_id}/reply", {"state": "published"}),
        "keep": (f"/officials/replies/{draft.public_id}", {"act": "save"}),
        "publish": (f"/officials/replies/{draft.public_id}", {"act": "publish"}),
    }[act]
    person = browser.signed_in(comment.author if act == "edit" else official)
    happened.clear()
    person.post(path, {"text": TEXT, **fields})
    assert happened.count("render") == 1
    assert happened[0] == "render"
