"""What the author of a comment is told of the decision on it."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from markupsafe import Markup
from pyramid.httpexceptions import HTTPNotFound
from pyramid.view import view_config

from consult.comments.models import Comment
from consult.comments.places import places_of
from consult.comments.status import CommentStatus
from consult.layout.fragments import fragment
from consult.moderation.decisions import latest_decision, latest_decisions
from consult.moderation.rules import title_of
from consult.permissions import Permission
from consult.web import Request


@view_config(
    route_name="comment_decision",
    request_method="GET",
    renderer="consult:moderation/templates/decision.jinja2",
    permission=Permission.READ,
)
def decision(comment: Comment, request: Request) -> dict[str, Any]:
    """Show the author, and moderators, what was decided last, why, and what can be done."""
    last = latest_decision(request.db, comment)
    own = comment.author_id == request.authenticated_userid
    if last is None or not (own or request.has_permission(Permission.MODERATE, comment)):
        raise HTTPNotFound
    place = places_of(request.db, [comment])[comment.id]
    return {
        "comment": comment,
        "decision": last,
        "place": place,
        "node": place.node(comment),
        "own": own,
        "title_of": partial(title_of, request),
    }


def reasons_for(request: Request, comments: Sequence[Comment]) -> Mapping[int, Markup]:
    """Say of those of one's own comments that are hidden which rule they break, and why."""
    hidden = [comment for comment in comments if comment.status is CommentStatus.HIDDEN]
    found = latest_decisions(request.db, [comment.id for comment in hidden])
    return {
        comment.id: fragment(
            "consult:moderation/templates/remark.jinja2",
            {
                "comment": comment,
                "decision": found[comment.id],
                "title_of": partial(title_of, request),
            },
            request,
        )
        for comment in hidden
        if comment.id in found
    }
