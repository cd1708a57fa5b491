"""Which comments are about what a paragraph says, wherever they were made."""

from collections.abc import Mapping

from sqlalchemy import ColumnElement, and_, or_

from consult.comments.models import Comment
from consult.drafts.models import Version

#: Paragraphs by their ids, each with the number of the last version on which comments on it count
#: (`consult.fates.tracing.Trail.sources`).
Sources = Mapping[int, int]


def made_on(sources: Sources) -> ColumnElement[bool]:
    """Return the condition on Comment, joined with its Version, that it was made on one of these."""
    return or_(
        *(
            and_(Comment.paragraph_id == paragraph, Version.number <= number)
            for paragraph, number in sources.items()
        )
    )
