"""What officials have not answered yet, for those who publish a version or move a consultation on."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.comments.models import Comment, Contribution
from consult.comments.status import VISIBLE
from consult.consultations.models import Consultation
from consult.drafts.models import Document
from consult.fates.impact import Stakes
from consult.replies.answers import is_answered
from consult.replies.models import OfficialReply, ReplyStatus

_UNANSWERED = (
    Comment.status.in_(VISIBLE),
    Comment.contribution == Contribution.QUESTION,
    Comment.author_department == "",
    ~is_answered(),
)


def questions_at_stake(session: Session, document: Document) -> dict[int, Stakes]:
    """Return how many questions on each paragraph wait for an answer, as officials' desks count them."""
    rows = session.execute(
        select(Comment.paragraph_id, func.count())
        .where(Comment.document_id == document.id, *_UNANSWERED)
        .group_by(Comment.paragraph_id)
    )
    return {paragraph: Stakes(unanswered=n) for paragraph, n in rows}


def unanswered_questions(session: Session, consultation: Consultation) -> int:
    """Return how many questions wait for an answer, as officials' desks count them."""
    documents = select(Document.id).where(Document.consultation_id == consultation.id)
    counted = select(func.count()).where(Comment.document_id.in_(documents), *_UNANSWERED)
    return session.scalar(counted) or 0


def unpublished_drafts(session: Session, consultation: Consultation) -> int:
    """Return how many drafts of replies are neither published nor thrown away."""
    counted = select(func.count()).where(
        OfficialReply.consultation_id == consultation.id,
        OfficialReply.status == ReplyStatus.DRAFT,
    )
    return session.scalar(counted) or 0
