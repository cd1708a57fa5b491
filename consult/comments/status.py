"""The one status of a comment and the table of moves that change it."""

from enum import StrEnum


class CommentStatus(StrEnum):
    """Where a comment stands."""

    UNCONFIRMED = "unconfirmed"  # a guest's, whose address is not confirmed
    PENDING = "pending"  # waits for a moderator before anybody sees it
    UNCHECKED = "unchecked"  # published; a moderator looks at it afterwards
    PUBLISHED = "published"
    HIDDEN = "hidden"
    WITHDRAWN = "withdrawn"


VISIBLE = frozenset({CommentStatus.UNCHECKED, CommentStatus.PUBLISHED})


class Move(StrEnum):
    """What can be done to a comment's status."""

    CONFIRM = "confirm"  # the guest opened the link in the letter
    PUBLISH = "publish"
    HIDE = "hide"
    EDIT = "edit"
    WITHDRAW = "withdraw"


class MoveRefused(Exception):
    """The comment does not stand where the move begins."""


_S = CommentStatus

MOVES: dict[tuple[CommentStatus, Move], CommentStatus | None] = {
    # None: the consultation's moderation setting says where it goes.
    (_S.UNCONFIRMED, Move.CONFIRM): None,
    (_S.PENDING, Move.PUBLISH): _S.PUBLISHED,
    (_S.UNCHECKED, Move.PUBLISH): _S.PUBLISHED,
    (_S.HIDDEN, Move.PUBLISH): _S.PUBLISHED,
    # A report was looked at and the comment stands.
    (_S.PUBLISHED, Move.PUBLISH): _S.PUBLISHED,
    (_S.PENDING, Move.HIDE): _S.HIDDEN,
    (_S.UNCHECKED, Move.HIDE): _S.HIDDEN,
    (_S.PUBLISHED, Move.HIDE): _S.HIDDEN,
    (_S.UNCONFIRMED, Move.EDIT): _S.UNCONFIRMED,
    (_S.PENDING, Move.EDIT): _S.PENDING,
    (_S.UNCHECKED, Move.EDIT): None,
    (_S.PUBLISHED, Move.EDIT): None,
    # A hidden comment may be mended; it then waits for a moderator whatever the setting.
    (_S.HIDDEN, Move.EDIT): _S.PENDING,
    (_S.UNCONFIRMED, Move.WITHDRAW): _S.WITHDRAWN,
    (_S.PENDING, Move.WITHDRAW): _S.WITHDRAWN,
    (_S.UNCHECKED, Move.WITHDRAW): _S.WITHDRAWN,
    (_S.PUBLISHED, Move.WITHDRAW): _S.WITHDRAWN,
    (_S.HIDDEN, Move.WITHDRAW): _S.WITHDRAWN,
}


def after(status: CommentStatus, move: Move, entry: CommentStatus) -> CommentStatus:
    """Return the status to which `move` leads from `status`.

    `entry` is where the consultation's moderation lets a new comment in. Raises MoveRefused where
    the table has no such move.
    """
    try:
        target = MOVES[status, move]
    except KeyError:
        raise MoveRefused(f"a comment that is {status} cannot be moved by {move}") from None
    return entry if target is None else target
