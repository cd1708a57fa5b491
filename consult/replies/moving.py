"""The table of moves of a reply's status, and the only way in which it changes."""

from enum import StrEnum

from sqlalchemy.orm import Session

from consult.replies.models import OfficialReply, ReplyStatus


class ReplyMove(StrEnum):
    """What can be done to a reply's status."""

    PUBLISH = "publish"
    WITHDRAW = "withdraw"


MOVES = {
    (ReplyStatus.DRAFT, ReplyMove.PUBLISH): ReplyStatus.PUBLISHED,
    (ReplyStatus.DRAFT, ReplyMove.WITHDRAW): ReplyStatus.WITHDRAWN,
    (ReplyStatus.PUBLISHED, ReplyMove.WITHDRAW): ReplyStatus.WITHDRAWN,
}


class ReplyMoveRefused(Exception):
    """The reply does not stand where the move begins."""


def lock(session: Session, reply: OfficialReply) -> None:
    """Read `reply` again and keep others from changing it until the transaction ends."""
    session.refresh(reply, ["status", "source", "html"], with_for_update=True)


def move(session: Session, reply: OfficialReply, move: ReplyMove) -> ReplyStatus:
    """Move `reply` and return where it stood before.

    Raises ReplyMoveRefused, as when a colleague moved it a moment ago.
    """
    lock(session, reply)
    before = reply.status
    try:
        reply.status = MOVES[before, move]
    except KeyError:
        raise ReplyMoveRefused(f"a reply that is {before} cannot be moved by {move}") from None
    return before
