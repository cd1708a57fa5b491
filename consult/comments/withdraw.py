"""Taking one's own comment back."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.response import Response
from pyramid.view import view_config

from consult.comments.addresses import paragraph_of
from consult.comments.events import CommentWithdrawn
from consult.comments.models import Comment
from consult.comments.moving import move
from consult.comments.status import Move, MoveRefused
from consult.permissions import Permission
from consult.web import Request


@view_config(
    route_name="comment_withdraw",
    request_method="GET",
    renderer="consult:comments/templates/withdraw.jinja2",
    permission=Permission.WITHDRAW,
)
def ask(comment: Comment, _request: Request) -> dict[str, Any]:
    """Ask whether the comment is really to go."""
    return {"comment": comment}


@view_config(route_name="comment_withdraw", request_method="POST", permission=Permission.WITHDRAW)
def withdraw(comment: Comment, request: Request) -> Response:
    """Take the comment back; what others replied stays."""
    try:
        move(request.db, comment, Move.WITHDRAW)
    except MoveRefused:
        # A second click: it has gone already, which is what was asked for.
        pass
    else:
        request.registry.notify(CommentWithdrawn(comment))
    return HTTPSeeOther(paragraph_of(request, comment, notice="comment-withdrawn"))
