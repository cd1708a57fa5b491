"""Which replies answer which comments."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, Select, and_, exists, select
from sqlalchemy.orm import Session, joinedload

from consult.comments.models import Comment
from consult.replies.models import OfficialReply, ReplyComment, ReplyStatus


def is_answered() -> ColumnElement[bool]:
    """Return the condition on Comment that an official has answered it in public."""
    return exists(_answer()).correlate(Comment)


def is_answered_each() -> ColumnElement[bool]:
    """Return the same condition to be asked of few comments, one after the other.

    PostgreSQL may take the other one for a reason to gather all comments that were ever answered
    first. What has an OFFSET, even of nothing, it asks where it stands.
    """
    return exists(_answer().offset(0)).correlate(Comment)


def _answer() -> Select[int]:
    return select(ReplyComment.reply_id).where(
        ReplyComment.comment_id == Comment.id,
        OfficialReply.id == ReplyComment.reply_id,
        OfficialReply.status == ReplyStatus.PUBLISHED,
    )


def is_shown() -> ColumnElement[bool]:
    """Return the condition on OfficialReply that readers see it.

    A reply goes with what it answers: while all of that waits for a moderator or is hidden, it is
    not shown either, and it returns with the first comment that does.
    """
    return and_(
        OfficialReply.status == ReplyStatus.PUBLISHED,
        exists()
        .where(
            ReplyComment.reply_id == OfficialReply.id,
            Comment.id == ReplyComment.comment_id,
            Comment.keeps_replies,
        )
        .correlate(OfficialReply),
    )


def replies_of(
    session: Session, comment_ids: Collection[int], drafts: bool = False
) -> dict[int, list[OfficialReply]]:
    """Return the published replies to each comment that has any, oldest first, departments loaded.

    `drafts` adds those that wait to be published, for officials' eyes only. One query.
    """
    wanted = [ReplyStatus.PUBLISHED] + ([ReplyStatus.DRAFT] if drafts else [])
    found: dict[int, list[OfficialReply]] = {}
    if not comment_ids:
        return found
    rows = session.execute(
        select(ReplyComment.comment_id, OfficialReply)
        .join(OfficialReply, OfficialReply.id == ReplyComment.reply_id)
        .where(ReplyComment.comment_id.in_(comment_ids), OfficialReply.status.in_(wanted))
        .options(joinedload(OfficialReply.department))
        .order_by(
            OfficialReply.published_at.is_(None), OfficialReply.published_at, OfficialReply.id
        )
    )
    for comment_id, reply in rows:
        found.setdefault(comment_id, []).append(reply)
    return found
