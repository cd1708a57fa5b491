"""How published official replies enter the conversation."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, joinedload

from consult.comments.models import Comment
from consult.comments.threads import OfficialReplies
from consult.replies.models import OfficialReply, ReplyComment, ReplyStatus


def replies_of(
    session: Session, comment_ids: Collection[int], drafts: bool = False
) -> Mapping[int, Sequence[OfficialReply]]:
    """Return the published replies to each comment, oldest first, departments loaded; one query.

    With `drafts`, colleagues' drafts too.
    """
    shown = [ReplyStatus.PUBLISHED, *([ReplyStatus.DRAFT] if drafts else [])]
    rows = session.execute(
        select(ReplyComment.comment_id, OfficialReply)
        .join(OfficialReply, OfficialReply.id == ReplyComment.reply_id)
        .where(ReplyComment.comment_id.in_(comment_ids), OfficialReply.status.in_(shown))
        .options(joinedload(OfficialReply.department))
        .order_by(OfficialReply.id)
    )
    found: dict[int, list[OfficialReply]] = {}
    for comment_id, reply in rows:
        found.setdefault(comment_id, []).append(reply)
    return found


OFFICIAL = OfficialReplies(
    load=replies_of,
    answered=exists(
        select(ReplyComment.comment_id)
        .join(OfficialReply, OfficialReply.id == ReplyComment.reply_id)
        .where(
            ReplyComment.comment_id == Comment.id,
            OfficialReply.status == ReplyStatus.PUBLISHED,
        )
    ),
)
