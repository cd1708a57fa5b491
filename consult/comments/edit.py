"""Changing one's own comment; every earlier text is kept."""

from datetime import datetime

from sqlalchemy.orm import Session

from consult.comments.models import Comment, CommentRevision
from consult.comments.moving import lock, move
from consult.comments.status import Move
from consult.text import render_markdown


class StaleRevision(Exception):
    """The comment was changed after its author began to change it."""


def edit(
    session: Session,
    comment: Comment,
    *,
    text: str,
    html: str = "",
    suggestion: str,
    seen: str,
    official: bool,
    at: datetime,
) -> bool:
    """Give `comment` a new text and return whether that changed anything.

    `html` is `text` rendered, where that was done before. `seen` is the number of the revision that
    the author saw, empty where that is not known. Raises StaleRevision if there is a newer one,
    MoveRefused if the comment can no longer be changed.
    """
    lock(session, comment)
    if (comment.source, comment.suggestion) == (text, suggestion):
        return False
    if seen and seen != str(comment.revision):
        raise StaleRevision
    session.add(
        CommentRevision(
            comment=comment,
            revision=comment.revision,
            source=comment.source,
            html=comment.html,
            suggestion=comment.suggestion,
            created_at=comment.edited_at or comment.created_at,
        )
    )
    move(session, comment, Move.EDIT, official=official)
    comment.source, comment.html = text, html or render_markdown(text)
    comment.suggestion = suggestion
    comment.revision += 1
    comment.edited_at = at
    session.flush()
    return True
