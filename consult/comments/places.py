"""Where comments stand in the draft, for lists that show them away from it."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from consult.comments.models import Comment
from consult.comments.tree import Node, Row, make_node
from consult.drafts.models import Version, Wording
from consult.drafts.paragraph_names import label_above


@dataclass(frozen=True, slots=True)
class Place:
    """The wording that a comment was made on."""

    version: int  # its number
    wording: Wording
    above: str  # the number of the paragraph above a list item; "" for everything else

    def node(self, comment: Comment) -> Node:
        """Return `comment`, which stands here, as templates show it: without votes and replies."""
        text = self.wording.text if comment.suggestion else None
        return make_node(Row(comment, comment.id, self.version, text), shown=True)


def places_of(session: Session, comments: Iterable[Comment]) -> dict[int, Place]:
    """Return the place of each comment by the comment's id, in one query."""
    wanted = [comment.id for comment in comments]
    if not wanted:
        return {}
    stands_on = and_(
        Wording.version_id == Comment.version_id, Wording.paragraph_id == Comment.paragraph_id
    )
    rows = session.execute(
        select(Comment.id, Version.number, Wording, label_above())
        .join(Version, Version.id == Comment.version_id)
        .join(Wording, stands_on)
        .where(Comment.id.in_(wanted))
    )
    return {
        comment_id: Place(number, wording, label.rstrip("."))
        for comment_id, number, wording, label in rows
    }
