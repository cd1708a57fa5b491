"""The page on which an official answers a comment."""

from collections.abc import Iterable, Sequence
from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.response import Response
from pyramid.view import view_config
from sqlalchemy import select

from consult.accounts.models import Account
from consult.accounts.security import me, my_id
from consult.comments.addresses import is_public_id, place_of
from consult.comments.models import Comment
from consult.comments.places import places_of
from consult.i18n import _
from consult.permissions import Permission
from consult.rate_limits import Act, limit
from consult.refusal import Refused
from consult.rendered import rendered
from consult.replies.events import ReplyPublished
from consult.replies.find import Gone
from consult.replies.forms import ReplyForm
from consult.replies.meanwhile import Overtaken, beside, read_seen, write_seen
from consult.replies.models import OfficialReply, ReplyStatus
from consult.replies.reply import signature_of, write_reply, written_before
from consult.replies.worklist import unanswered_beside
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
    return _page(request, comment, ReplyForm(request), bind=True)


@view_config(request_method="POST", **PAGE)
def take(comment: Comment, request: Request) -> dict[str, Any] | Response:
    """Publish the reply, or keep it as a draft."""
    account, form = me(request), ReplyForm(request)
    limit(request, Act.POST, my_id(request))
    try:
        reply = _take(request, comment, account, form) if account else None
    except Overtaken as overtaken:
        request.response.status_int = 409
        page = _page(request, comment, form, bind=True)
        return page | {"meanwhile": overtaken.meanwhile}
    if reply is None:
        request.response.status_int = 422
        return _page(request, comment, form)
    return HTTPSeeOther(_onwards(request, comment, reply))


@view_config(
    route_name="comment_reply",
    request_method="POST",
    context=Gone,
    renderer="consult:replies/templates/gone.jinja2",
    permission=Permission.REPLY,
)
def tell(gone: Gone, request: Request) -> dict[str, Any]:
    """Say what became of the comment, and give the words back."""
    request.response.status_int = 409
    return {
        "consultation": gone.comment.document.consultation,
        "status": gone.comment.status.value,
        "text": ReplyForm(request)["text"].data,
    }


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
            html=rendered(request, form["text"].data),
            publish=form.publishes,
            idempotency_key=form["idempotency_key"].data,
            seen=form["seen"].data,
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
    """Return the other comments that were chosen, also what went out of sight since it was offered."""
    asked = {public_id for public_id in form["also"].data if public_id != comment.public_id}
    looks = read_seen(form["seen"].data)
    chosen = _chosen(request, comment, asked) if len(asked) <= BESIDE else []
    found = [other for other in chosen if other.visible or other.public_id in looks]
    if len(found) < len(asked):
        form["also"].data = [other.public_id for other in found]
        form.refuse(
            "also", _("One of these comments is not shown any more. Look at the list again.")
        )
    return found


def _chosen(request: Request, comment: Comment, public_ids: Iterable[str]) -> Sequence[Comment]:
    """Return those of the comments that are on the same paragraph."""
    known = [public_id for public_id in public_ids if is_public_id(public_id)]
    if not known:
        return []
    return request.db.scalars(
        select(Comment)
        .where(Comment.public_id.in_(known), Comment.paragraph_id == comment.paragraph_id)
        .order_by(Comment.id)
    ).all()


def _onwards(request: Request, comment: Comment, reply: OfficialReply) -> str:
    if reply.status is ReplyStatus.DRAFT:
        query = {"notice": "reply-kept"}
        return str(request.route_path("reply", public_id=reply.public_id, _query=query))
    return place_of(request, comment, notice="reply-published")


def _page(
    request: Request, comment: Comment, form: ReplyForm, *, bind: bool = False
) -> dict[str, Any]:
    """Show the form; `bind` makes what is sent next an answer to what the page shows now."""
    place = places_of(request.db, [comment])[comment.id]
    offered = _offered(request, comment, form)
    form.also.choices = [
        (other.public_id, f"{other.author_name}: {excerpt(plain_text(other.html), 160)}")
        for other in offered
    ]
    replies = beside(request.db, [comment, *offered])
    if bind:
        form["seen"].data = write_seen([comment, *offered], replies)
    account = me(request)
    return {
        "comment": comment,
        "place": place,
        "node": place.node(comment),
        "replies": replies.get(comment.id, ()),
        "form": form,
        "meanwhile": (),
        "signature": signature_of(account, comment.document.consultation) if account else None,
    }


def _offered(request: Request, comment: Comment, form: ReplyForm) -> list[Comment]:
    """Return the comments that the same words may answer, also what was chosen and is answered now."""
    waiting = unanswered_beside(request.db, comment, BESIDE)
    known = {comment.public_id, *(other.public_id for other in waiting)}
    missing = [public_id for public_id in form["also"].data if public_id not in known]
    chosen = _chosen(request, comment, missing[:BESIDE])
    return [*(other for other in chosen if other.visible), *waiting]
