"""What came of comments: the changes that were made because of them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.analysis.models import BecauseLink
from consult.comments.models import Comment
from consult.comments.status import VISIBLE
from consult.drafts.models import Document, Paragraph, Version, VersionState


@dataclass(frozen=True, slots=True)
class Cause:
    """A change in a published version, and a comment that caused it and can be read."""

    number: int  # of the version
    paragraph_id: int
    key: str  # of the paragraph
    comment_id: int
    public_id: str
    author_name: str
    author_department: str


def causes_between(session: Session, document: Document, since: int, until: int) -> list[Cause]:
    """Return what caused the changes after version `since` up to version `until`."""
    return _read(
        session,
        _causes().where(
            Version.document_id == document.id, Version.number > since, Version.number <= until
        ),
    )


def causes_of(session: Session, paragraph_ids: Collection[int]) -> list[Cause]:
    """Return what caused the changes to these paragraphs, in all versions."""
    return _read(session, _causes().where(BecauseLink.paragraph_id.in_(paragraph_ids)))


def outcomes_of(session: Session, comment_ids: Collection[int]) -> dict[int, list[Cause]]:
    """Return for each comment that has any the changes that it led to, the earliest first."""
    found: dict[int, list[Cause]] = {}
    if comment_ids:
        for cause in _read(session, _causes().where(Comment.id.in_(comment_ids))):
            found.setdefault(cause.comment_id, []).append(cause)
    return found


def _causes() -> Any:
    return (
        select(
            Version.number,
            BecauseLink.paragraph_id,
            Paragraph.key,
            Comment.id,
            Comment.public_id,
            Comment.author_name,
            Comment.author_department,
        )
        .join(Version, Version.id == BecauseLink.version_id)
        .join(Paragraph, Paragraph.id == BecauseLink.paragraph_id)
        .join(Comment, Comment.id == BecauseLink.comment_id)
        .where(Version.state == VersionState.PUBLISHED, Comment.status.in_(VISIBLE))
        .order_by(Version.number, Comment.id)
    )


def _read(session: Session, query: Any) -> list[Cause]:
    rows: Sequence[Any] = session.execute(query).all()
    return [Cause(*row) for row in rows]
