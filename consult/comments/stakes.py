"""What hangs on paragraphs by comments, for officials who publish the next version."""

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from consult.comments.models import Comment
from consult.comments.status import VISIBLE, CommentStatus
from consult.drafts.models import Document
from consult.drafts.stakes import Stakes

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
