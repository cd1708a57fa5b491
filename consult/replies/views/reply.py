"""The page on which an official answers a comment."""

from collections.abc import Sequence
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.response import Response
from pyramid.view import view_config
from sqlalchemy import select

from consult.accounts.models import Account
from consult.accounts.security import me
from consult.comments.addresses import is_public_id, place_of
from consult.comments.models import Comment
from consult.comments.places import places_of
from consult.comments.status import VISIBLE
from consult.i18n import _
from consult.permissions import Permission
from consult.rate_limits import Act, limit
from consult.refusal import Refused
from consult.replies.answers import replies_of
from consult.replies.desk import unanswered_beside
from consult.replies.events import ReplyPublished
from consult.replies.forms import ReplyForm
from consult.replies.models import OfficialReply, ReplyStatus
from consult.replies.reply import signature_of, write_reply, written_before
from consult.text import excerpt, plain_text
from consult.web import Request

PAGE = {
    "route_name": "comment_reply",
    "renderer": "consult:replies/templates/reply.jinja2",
    "permission": Permission.REPLY,
}
BESIDE = 40  # other comments that are offered to be answered by the same words


@view_config(request_method="GET", **PAGE)
def ask(comment: Comment, request: Request) -> dict[str, Any]:
    """Show the comment, what was answered, and the form."""
    return _page(request, comment, ReplyForm(request))


@view_config(request_method="POST", **PAGE)
def take(comment: Comment, request: Request) -> dict[str, Any] | Response:
    """Publish the reply, or keep it as a draft."""
    account, form = me(request), ReplyForm(request)
    limit(request, Act.POST, account.id if account else None)
    reply = _take(request, comment, account, form) if account else None
    if reply is None:
        request.response.status_int = 422
        return _page(request, comment, form)
    return HTTPSeeOther(_onwards(request, comment, reply))


def _take(
    request: Request, comment: Comment, account: Account, form: ReplyForm
) -> OfficialReply | None:
    """Return the reply that was made, now or by the same form before; None, with errors, if none."""
    shaped = form.validate()
    made = written_before(request.db, account, form["idempotency_key"].data)
    if made is not None:
        return _repeated(made, form)
    others = _others(request, comment, form) if shaped else []
    if form.errors:
        return None
    try:
        reply = write_reply(
            request.db,
            [comment, *others],
            account,
            signature_of(account, comment.document.consultation),
            text=form["text"].data,
            publish=form.publishes,
            idempotency_key=form["idempotency_key"].data,
        )
    except Refused as refused:
        form.refuse("text", refused.message)
        return None
    if form.publishes:
        request.registry.notify(ReplyPublished(reply))
    return reply


def _repeated(made: OfficialReply, form: ReplyForm) -> OfficialReply | None:
    if made.source == form["text"].data:
        return made
    form.renew_key()
    form.refuse(
        "text",
        _("You have already sent this form with other words. Send it again to publish these too."),
    )
    return None


def _others(request: Request, comment: Comment, form: ReplyForm) -> Sequence[Comment]:
    asked = {public_id for public_id in form["also"].data if public_id != comment.public_id}
    if not asked:
        return []
    known = [public_id for public_id in asked if is_public_id(public_id)]
    found: Sequence[Comment] = []
    if len(asked) <= BESIDE:
        found = request.db.scalars(
            select(Comment)
            .where(
                Comment.public_id.in_(known),
                Comment.paragraph_id == comment.paragraph_id,
                Comment.status.in_(VISIBLE),
            )
            .order_by(Comment.id)
        ).all()
    if len(found) < len(asked):
        form["also"].data = [other.public_id for other in found]
        form.refuse(
            "also", _("One of these comments is not shown any more. Look at the list again.")
        )
    return found


def _onwards(request: Request, comment: Comment, reply: OfficialReply) -> str:
    if reply.status is ReplyStatus.DRAFT:
        query = {"notice": "reply-kept"}
        return str(request.route_path("reply", public_id=reply.public_id, _query=query))
    return place_of(request, comment, notice="reply-published")


def _page(request: Request, comment: Comment, form: ReplyForm) -> dict[str, Any]:
    place = places_of(request.db, [comment])[comment.id]
    form.also.choices = [
        (other.public_id, f"{other.author_name}: {excerpt(plain_text(other.html), 160)}")
        for other in unanswered_beside(request.db, comment, BESIDE)
    ]
    account = me(request)
    return {
        "comment": comment,
        "place": place,
        "node": place.node(comment),
        "replies": replies_of(request.db, [comment.id], drafts=True).get(comment.id, []),
        "form": form,
        "signature": signature_of(account, comment.document.consultation) if account else None,
    }
