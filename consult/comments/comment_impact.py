"""What hangs on comments, for officials who publish the next version or move a consultation on."""

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from consult.comments.models import Comment
from consult.comments.status import VISIBLE, CommentStatus
from consult.consultations.models import Consultation
from consult.drafts.models import Document
from consult.fates.impact import Stakes

# What waits for a moderator may be seen tomorrow, beside whatever its paragraph is then.
COUNTED = (*VISIBLE, CommentStatus.PENDING)


def comments_at_stake(session: Session, document: Document) -> dict[int, Stakes]:
    """Return how many comments are on each paragraph, and how many of those suggest a wording."""
    rows = session.execute(
        select(
            Comment.paragraph_id,
            func.count(),
            func.sum(case((Comment.suggestion != "", 1), else_=0)),
        )
        .where(Comment.document_id == document.id, Comment.status.in_(COUNTED))
        .group_by(Comment.paragraph_id)
    )
    return {paragraph: Stakes(n, suggestions) for paragraph, n, suggestions in rows}


def _standing_at(session: Session, consultation: Consultation, status: CommentStatus) -> int:
    # By the ids of the documents the index on document and status is read, and no comment.
    documents = select(Document.id).where(Document.consultation_id == consultation.id)
    counted = select(func.count()).where(
        Comment.document_id.in_(documents), Comment.status == status
    )
    return session.scalar(counted) or 0


def pending(session: Session, consultation: Consultation) -> int:
    """Return how many comments wait for a moderator."""
    return _standing_at(session, consultation, CommentStatus.PENDING)


def unconfirmed(session: Session, consultation: Consultation) -> int:
    """Return how many comments wait for the guests who sent them to confirm their address."""
    return _standing_at(session, consultation, CommentStatus.UNCONFIRMED)
