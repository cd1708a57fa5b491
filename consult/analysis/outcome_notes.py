"""What people see beside their own comments: the changes that these led to."""

from collections.abc import Sequence

from markupsafe import Markup

from consult.analysis.outcomes import outcomes_of
from consult.comments.models import Comment
from consult.layout.fragments import fragment
from consult.web import Request


def what_became(request: Request, comments: Sequence[Comment]) -> dict[int, Markup]:
    """Return for each comment that led to a change a sentence with a link to it, by its id."""
    by_id = {comment.id: comment for comment in comments}
    return {
        comment_id: fragment(
            "consult:analysis/templates/outcome.jinja2",
            {"document": by_id[comment_id].document, "causes": causes},
            request,
        )
        for comment_id, causes in outcomes_of(request.db, by_id).items()
    }
