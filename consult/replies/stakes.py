"""What hangs on paragraphs by questions that no official has answered."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.comments.models import Comment, Contribution
from consult.comments.status import VISIBLE
from consult.drafts.models import Document
from consult.drafts.stakes import Stakes
from consult.replies.answers import is_answered


def questions_at_stake(session: Session, document: Document) -> dict[int, Stakes]:
    """Return how many questions on each paragraph wait for an answer, as officials' desks count them."""
    rows = session.execute(
        select(Comment.paragraph_id, func.count())
        .where(
            Comment.document_id == document.id,
            Comment.status.in_(VISIBLE),
            Comment.contribution == Contribution.QUESTION,
            Comment.author_department == "",
            ~is_answered(),
        )
        .group_by(Comment.paragraph_id)
    )
    return {paragraph: Stakes(unanswered=n) for paragraph, n in rows}
