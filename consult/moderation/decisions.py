"""Reading what was decided."""

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from consult.comments.models import Comment
from consult.moderation.models import Decision


def latest_decisions(session: Session, comment_ids: Collection[int]) -> dict[int, Decision]:
    """Return the last decision on each of the comments that has one, moderators loaded."""
    if not comment_ids:
        return {}
    last = (
        select(func.max(Decision.id))
        .where(Decision.comment_id.in_(comment_ids))
        .group_by(Decision.comment_id)
    )
    found = session.scalars(
        select(Decision).where(Decision.id.in_(last)).options(joinedload(Decision.moderator))
    )
    return {decision.comment_id: decision for decision in found}


def latest_decision(session: Session, comment: Comment) -> Decision | None:
    """Return the last decision on one comment."""
    return latest_decisions(session, [comment.id]).get(comment.id)


def judged_before(comment: Comment, last: Decision | None, reported: int | None) -> int | None:
    """Return the revision of an earlier text that was judged; None where nothing changed since.

    That is what was decided `last`, or else the earliest that open reports are about (`reported`).
    """
    for revision in (last.revision if last else None, reported):
        if revision is not None and revision < comment.revision:
            return revision
    return None


def decisions_on(session: Session, comment: Comment) -> list[Decision]:
    """Return everything that was ever decided on one comment, oldest first, moderators loaded."""
    return list(
        session.scalars(
            select(Decision)
            .where(Decision.comment_id == comment.id)
            .options(joinedload(Decision.moderator))
            .order_by(Decision.id)
        )
    )
