"""The only way in which a comment's status changes."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from consult.comments.models import Comment
from consult.comments.status import CommentStatus, Move, after
from consult.consultations.models import Consultation, Moderation

ENTRIES = {
    Moderation.BEFORE: CommentStatus.PENDING,
    Moderation.AFTER: CommentStatus.UNCHECKED,
    Moderation.REPORT: CommentStatus.PUBLISHED,
}


def entry_status(consultation: Consultation, *, official: bool = False) -> CommentStatus:
    """Return where a new comment stands; what officials of the consultation say needs no moderator."""
    return CommentStatus.PUBLISHED if official else ENTRIES[consultation.moderation]


def lock(session: Session, comment: Comment) -> None:
    """Read `comment` again and keep others from changing it until the transaction ends."""
    session.refresh(
        comment, ["status", "revision", "source", "html", "suggestion"], with_for_update=True
    )


def lock_all(session: Session, comments: Iterable[Comment]) -> None:
    """Lock several comments; two who lock the same ones never wait for each other for ever."""
    for comment in sorted(comments, key=lambda comment: comment.id):
        lock(session, comment)


def move(
    session: Session, comment: Comment, move: Move, *, official: bool = False
) -> tuple[CommentStatus, CommentStatus]:
    """Move `comment` and return where it stood before and stands now.

    `official` says that the author answers officially here. Raises MoveRefused, as when somebody
    else moved the comment a moment ago.
    """
    lock(session, comment)
    before = comment.status
    entry = entry_status(comment.document.consultation, official=official)
    comment.status = after(before, move, entry)
    if move in (Move.HIDE, Move.PUBLISH):
        comment.taken_down = move is Move.HIDE
    session.flush()
    return before, comment.status
