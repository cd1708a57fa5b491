"""The short address of a comment, which leads somewhere for ever."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.response import Response
from pyramid.view import view_config

from consult.comments.addresses import place_of
from consult.comments.models import Comment
from consult.comments.status import CommentStatus
from consult.permissions import Permission
from consult.web import Request


@view_config(
    route_name="comment",
    request_method="GET",
    renderer="consult:comments/templates/withdrawn.jinja2",
    permission=Permission.READ,
)
def lead(comment: Comment, request: Request) -> dict[str, Any] | Response:
    """Lead to the comment in its conversation; of a withdrawn one say only that it is gone."""
    if comment.status is not CommentStatus.WITHDRAWN:
        return HTTPSeeOther(place_of(request, comment))
    request.response.status_int = 410
    return {"comment": comment}
