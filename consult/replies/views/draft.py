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
from consult.rendered import rendered
from consult.replies.events import ReplyPublished
from consult.replies.forms import DraftForm
from consult.replies.meanwhile import Overtaken, beside, fingerprint, happened, write_seen
from consult.replies.models import OfficialReply, ReplyStatus
from consult.replies.moving import ReplyMoveRefused
from consult.replies.reply import (
    Changed,
    edit_draft,
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
    form = DraftForm(request, text=reply.source)
    _bind(request, reply, form)
    return _page(request, reply, form)


@view_config(request_method="POST", **PAGE)
def take(reply: OfficialReply, request: Request) -> dict[str, Any] | Response:
    """Do with the reply what the button says."""
    account, act = me(request), request.POST.get("act", "save")
    form = DraftForm(request, text=reply.source)
    if account is None or act not in ("save", "publish", "withdraw"):
        return _refused(request, reply, form, 422, _("Choose what is to be done with the reply."))
    try:
        if act == "withdraw":
            return _withdraw(request, reply, account, form)
        if form.validate():
            return _save(request, reply, account, form, publish=act == "publish")
    except Refused as refused:
        return _refused(request, reply, form, 422, refused.message)
    except (Changed, ReplyMoveRefused):
        sentence = _("A colleague changed this reply while you were looking at it.")
        return _overtaken(request, reply, account, form, sentence)
    except Overtaken:
        return _overtaken(request, reply, account, form)
    return _refused(request, reply, form, 422)


def _save(
    request: Request, reply: OfficialReply, account: Account, form: DraftForm, *, publish: bool
) -> Response:
    signature = signature_of(account, reply.consultation)
    edit_draft(
        request.db,
        reply,
        account,
        signature,
        text=form["text"].data,
        html=rendered(request, form["text"].data),
        publish=publish,
        seen=form.seen_of_it(),
        seen_beside=form.seen_beside(),
    )
    if not publish:
        return _to(request, reply, "reply-kept")
    request.registry.notify(ReplyPublished(reply))
    shown = next(comment for comment in reply.comments if comment.visible)
    return HTTPSeeOther(place_of(request, shown, notice="reply-published"))


def _withdraw(
    request: Request, reply: OfficialReply, account: Account, form: DraftForm
) -> Response:
    was_draft = reply.status is ReplyStatus.DRAFT
    withdraw_reply(request.db, reply, account, seen=form.seen_of_it())
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
    page = _page(request, reply, form)
    return page | {"refusal": translate(request, sentence) if sentence else ""}


def _overtaken(
    request: Request,
    reply: OfficialReply,
    account: Account,
    form: DraftForm,
    sentence: TranslationString | None = None,
) -> dict[str, Any]:
    """Show what happened meanwhile; `sentence` says it where that happened to the reply itself."""
    typed = form["text"].data if "text" in request.POST else ""
    meanwhile = happened(request.db, reply.comments, account, form.seen_beside(), but=reply)
    # The page shows what stands now; what is sent next is an answer to it.
    _bind(request, reply, form)
    page = _refused(request, reply, form, 409, sentence)
    return page | {
        "conflict": sentence is not None,
        "meanwhile": meanwhile,
        "typed": typed if typed != reply.source else "",
        "seen_with_it": write_seen(reply.comments, beside(request.db, reply.comments)),
    }


def _bind(request: Request, reply: OfficialReply, form: DraftForm) -> None:
    others = write_seen(reply.comments, beside(request.db, reply.comments, but=reply))
    form["seen"].data = f"{fingerprint(reply)} {others}"


def _page(request: Request, reply: OfficialReply, form: DraftForm) -> dict[str, Any]:
    comments = [comment for comment in reply.comments if comment.visible]
    places, others = places_of(request.db, comments), beside(request.db, comments, but=reply)
    answers = [
        (comment, places[comment.id], places[comment.id].node(comment)) for comment in comments
    ]
    for comment, _place, node in answers:
        node.official = others.get(comment.id, ())
    return {
        "reply": reply,
        "form": form,
        "answers": answers,
        "gone": len(reply.comments) - len(comments),
        "shown": any(comment.keeps_replies for comment in reply.comments),
        "refusal": "",
        "conflict": False,
        "meanwhile": (),
        "typed": "",
    }
