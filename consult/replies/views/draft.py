"""The page of one reply: a draft is changed, published or thrown away; a published one is withdrawn."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.i18n import TranslationString
from pyramid.response import Response
from pyramid.view import view_config

from consult.accounts.models import Account
from consult.accounts.security import me
from consult.comments.addresses import place_of
from consult.comments.places import places_of
from consult.i18n import _, translate
from consult.permissions import Permission
from consult.refusal import Refused
from consult.replies.events import ReplyPublished
from consult.replies.forms import DraftForm
from consult.replies.models import OfficialReply, ReplyStatus
from consult.replies.moving import ReplyMoveRefused
from consult.replies.reply import (
    Changed,
    edit_draft,
    fingerprint,
    publish_reply,
    signature_of,
    withdraw_reply,
)
from consult.web import Request

PAGE = {
    "route_name": "reply",
    "renderer": "consult:replies/templates/draft.jinja2",
    "permission": Permission.REPLY,
}


@view_config(request_method="GET", **PAGE)
def show(reply: OfficialReply, request: Request) -> dict[str, Any]:
    """Show the reply and what it answers."""
    return _page(request, reply, DraftForm(request, text=reply.source, seen=fingerprint(reply)))


@view_config(request_method="POST", **PAGE)
def take(reply: OfficialReply, request: Request) -> dict[str, Any] | Response:
    """Do with the reply what the button says."""
    account, act = me(request), request.POST.get("act", "save")
    form = DraftForm(request, text=reply.source)
    if account is None or act not in ("save", "publish", "withdraw"):
        return _refused(request, reply, form, 422, _("Choose what is to be done with the reply."))
    try:
        if act == "withdraw":
            return _withdraw(request, reply, account)
        if form.validate():
            return _save(request, reply, account, form, publish=act == "publish")
    except Refused as refused:
        return _refused(request, reply, form, 422, refused.message)
    except (Changed, ReplyMoveRefused):
        sentence = _("A colleague changed this reply while you were looking at it.")
        return _refused(request, reply, form, 409, sentence)
    return _refused(request, reply, form, 422)


def _save(
    request: Request, reply: OfficialReply, account: Account, form: DraftForm, *, publish: bool
) -> Response:
    signature = signature_of(account, reply.consultation)
    text, seen = form["text"].data, form["seen"].data
    edit_draft(request.db, reply, account, signature, text=text, seen=seen)
    if not publish:
        return _to(request, reply, "reply-kept")
    publish_reply(request.db, reply, account)
    request.registry.notify(ReplyPublished(reply))
    shown = next(comment for comment in reply.comments if comment.visible)
    return HTTPSeeOther(place_of(request, shown, notice="reply-published"))


def _withdraw(request: Request, reply: OfficialReply, account: Account) -> Response:
    was_draft = reply.status is ReplyStatus.DRAFT
    withdraw_reply(request.db, reply, account)
    return _to(request, reply, "reply-discarded" if was_draft else "reply-withdrawn")


def _to(request: Request, reply: OfficialReply, notice: str) -> Response:
    query = {"notice": notice}
    return HTTPSeeOther(request.route_path("reply", public_id=reply.public_id, _query=query))


def _refused(
    request: Request,
    reply: OfficialReply,
    form: DraftForm,
    status: int,
    sentence: TranslationString | None = None,
) -> dict[str, Any]:
    request.response.status_int = status
    if status == 409:
        # The page shows the text that stands; what is sent next is an answer to it.
        form["seen"].data = fingerprint(reply)
    page = _page(request, reply, form)
    return page | {
        "refusal": translate(request, sentence) if sentence else "",
        "conflict": status == 409,
    }


def _page(request: Request, reply: OfficialReply, form: DraftForm) -> dict[str, Any]:
    comments = [comment for comment in reply.comments if comment.visible]
    places = places_of(request.db, comments)
    return {
        "reply": reply,
        "form": form,
        "answers": [(c, places[c.id], places[c.id].node(c)) for c in comments],
        "gone": len(reply.comments) - len(comments),
        "refusal": "",
        "conflict": False,
    }
