"""What an author changed in a comment since an earlier text of it, as one marked text."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from consult.alignment.redline import Change
from consult.comments.models import Comment, CommentRevision
from consult.comments.tree import changes
from consult.text import plain_text

Marked = Sequence[tuple[Change, str]]


@dataclass(frozen=True, slots=True)
class Rewritten:
    """An earlier text of a comment beside the one that stands."""

    revision: int  # of the earlier text
    text: Marked
    suggestion: Marked  # empty where the suggested wording, if there is any, is the same


def rewritten_since(
    session: Session, earlier: Sequence[tuple[Comment, int]]
) -> dict[int, Rewritten]:
    """Return by the comments' ids what changed since the revision that is named beside each.

    What has not changed since is left out. One query, and none where nothing has.
    """
    asked = {comment.id: comment for comment, n in earlier if n < comment.revision}
    wanted = [(comment.id, n) for comment, n in earlier if comment.id in asked]
    if not wanted:
        return {}
    found = session.scalars(
        select(CommentRevision).where(
            tuple_(CommentRevision.comment_id, CommentRevision.revision).in_(wanted)
        )
    )
    return {was.comment_id: _compared(was, asked[was.comment_id]) for was in found}


def _compared(was: CommentRevision, comment: Comment) -> Rewritten:
    same = was.suggestion == comment.suggestion
    return Rewritten(
        was.revision,
        changes(plain_text(was.html), plain_text(comment.html)),
        () if same else changes(was.suggestion, comment.suggestion),
    )
