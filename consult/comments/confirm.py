"""Confirming a guest's comment by the link in a letter."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.response import Response
from pyramid.view import view_config
from sqlalchemy import select

from consult.accounts import keys
from consult.accounts.models import KeyPurpose
from consult.accounts.security import permits
from consult.comments.addresses import paragraph_of, place_of
from consult.comments.events import CommentPosted
from consult.comments.models import Comment
from consult.comments.moving import move
from consult.comments.status import Move, MoveRefused
from consult.permissions import Permission
from consult.web import Request

TEMPLATE = "consult:comments/templates/confirm.jinja2"


@view_config(
    route_name="comment_confirm",
    request_method="GET",
    renderer=TEMPLATE,
    permission=Permission.BROWSE,
)
def ask(request: Request) -> dict[str, Any]:
    """Show a button: programs that look at the links in letters must not confirm anything."""
    key = keys.peek(request.db, request.matchdict["key"], KeyPurpose.CONFIRM_COMMENT)
    return _page(request, good=key is not None)


@view_config(
    route_name="comment_confirm",
    request_method="POST",
    renderer=TEMPLATE,
    permission=Permission.BROWSE,
)
def confirm(request: Request) -> dict[str, Any] | Response:
    """Let the comment in. It was sent while comments were taken, so closing meanwhile is no matter."""
    key = keys.redeem(request.db, request.matchdict["key"], KeyPurpose.CONFIRM_COMMENT)
    comment = key and request.db.scalar(select(Comment).where(Comment.public_id == key.subject))
    if not comment or not permits(comment.author, comment.document, Permission.READ):
        return _page(request, good=False)
    try:
        move(request.db, comment, Move.CONFIRM)
    except MoveRefused:
        # It went another way meanwhile: withdrawn, or hidden by a moderator.
        return _page(request, good=False)
    request.registry.notify(CommentPosted(comment))
    if comment.visible:
        return HTTPSeeOther(place_of(request, comment, notice="comment-published"))
    return HTTPSeeOther(paragraph_of(request, comment, notice="comment-pending"))


def _page(request: Request, *, good: bool) -> dict[str, Any]:
    if not good:
        request.response.status_int = 410
    return {"good": good}
