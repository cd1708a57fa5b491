"""What the tests of this room share."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, event, select
from sqlalchemy.orm import Session

from consult import clock
from consult.blocks.blocks import Kind
from consult.comments.models import Comment
from consult.drafts.models import Document, Paragraph, Version, VersionState, Wording

TEXT = "The first paragraph speaks of trees."  # what the factory's first paragraph says


def page_of(paragraph: Paragraph) -> str:
    """Return the address of a paragraph's page."""
    document = paragraph.document
    return f"/consultations/{document.consultation.slug}/{document.slug}/p/{paragraph.key}"


def comments(db: Session) -> list[Comment]:
    """Return all comments in the order in which they were stored."""
    db.expire_all()
    return list(db.scalars(select(Comment).order_by(Comment.id)))


@contextmanager
def counted(connection: Connection) -> Iterator[list[str]]:
    """Collect the statements that are sent meanwhile, savepoints left out."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.upper().startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
            sent.append(statement)

    event.listen(connection, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(connection, "before_cursor_execute", note)


def second_version(db: Session, document: Document, texts: dict[int, str]) -> Version:
    """Publish version 2 of `document`: the paragraphs with these ids say these texts."""
    version = Version(
        document=document,
        number=2,
        state=VersionState.WORKING,
        created_at=clock.now(),
        language="en",
        findings=[],
    )
    db.add(version)
    for position, (paragraph_id, text) in enumerate(texts.items(), 1):
        wording = Wording(
            paragraph_id=paragraph_id,
            position=position,
            kind=Kind.PARAGRAPH,
            level=0,
            label="",
            html=text,
            text=text,
            digest=text,
        )
        version.wordings.append(wording)
    db.flush()
    version.state, version.published_at = VersionState.PUBLISHED, clock.now()
    db.flush()
    return version
