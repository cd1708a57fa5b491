"""Everything that was decided, the latest first."""

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager, joinedload

from consult.accounts.models import Account
from consult.comments.models import Comment
from consult.consultations.coverage import covered_by
from consult.drafts.models import Document
from consult.moderation.models import MODERATING, Decision

SIZE = 30


def decisions(
    session: Session, account: Account, before: int | None = None, size: int = SIZE
) -> list[Decision]:
    """Return decisions in the consultations that `account` looks after, those before id `before`."""
    query = (
        select(Decision)
        .join(Decision.comment)
        .join(Comment.document)
        .join(Document.consultation)
        .where(covered_by(account, MODERATING))
        .options(
            joinedload(Decision.moderator),
            contains_eager(Decision.comment)
            .contains_eager(Comment.document)
            .contains_eager(Document.consultation),
        )
        .order_by(Decision.id.desc())
        .limit(size)
    )
    if before is not None:
        query = query.where(Decision.id < before)
    return list(session.scalars(query))
