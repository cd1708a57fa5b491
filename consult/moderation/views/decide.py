"""The page of one case, and the decision on it."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.response import Response
from pyramid.view import view_config

from consult.accounts.models import Account
from consult.accounts.security import me
from consult.comments.models import Comment
from consult.comments.status import CommentStatus, Move
from consult.i18n import _, translate
from consult.moderation.case import case_of
from consult.moderation.decide import AlreadyDecided, Stale, decide
from consult.moderation.decisions import latest_decision
from consult.moderation.events import CommentDecided
from consult.moderation.forms import MOVES, DecideForm, decide_form
from consult.moderation.models import Decision
from consult.moderation.queue import next_for
from consult.moderation.rules import OWN, RULES, title_of
from consult.moderation.views.queue import choice_of, done, reason_names
from consult.permissions import Permission
from consult.refusal import Refused
from consult.web import Request

PAGE = {
    "route_name": "comment_decide",
    "renderer": "consult:moderation/templates/case.jinja2",
    "permission": Permission.MODERATE,
}
OVERRULING = {Move.PUBLISH: _("Publish it after all"), Move.HIDE: _("Hide it after all")}
STANDING = MOVES | {Move.PUBLISH: _("Let it stand")}
NOTICES = {Move.PUBLISH: "decided-publish", Move.HIDE: "decided-hide"}


@dataclass(frozen=True, slots=True)
class Conflict:
    """Why what was sent was not done although nothing is wrong with it."""

    decision: Decision | None = None  # somebody else's; None: the author changed the text


@view_config(request_method="GET", **PAGE)
def show(comment: Comment, request: Request) -> dict[str, Any]:
    """Show everything that a decision needs."""
    form = decide_form(request, comment.document.consultation)
    if request.filled_in is None:
        _bind(request, comment, form)
    return _page(request, comment, form)


@view_config(request_method="POST", **PAGE)
def take(comment: Comment, request: Request) -> dict[str, Any] | Response:
    """Decide, and lead to the next comment that waits."""
    moderator = me(request)
    form = decide_form(request, comment.document.consultation)
    if moderator is None or not form.validate():
        return _refused(request, comment, form, 422)
    try:
        decision = _decide(request, comment, moderator, form)
    except Refused as refused:
        if comment.status is CommentStatus.WITHDRAWN:
            return HTTPSeeOther(request.route_path("comment", public_id=comment.public_id))
        return _refused(request, comment, form, 422, refusal=refused)
    except Stale:
        return _refused(request, comment, form, 409, conflict=Conflict())
    except AlreadyDecided as earlier:
        return _refused(request, comment, form, 409, conflict=Conflict(earlier.decision))
    request.registry.notify(CommentDecided(decision))
    return HTTPSeeOther(_onwards(request, moderator, decision))


def _decide(request: Request, comment: Comment, moderator: Account, form: DecideForm) -> Decision:
    return decide(
        request.db,
        comment,
        moderator,
        move=Move(form["move"].data),
        rule=form["rule"].data,
        reasons=form["reasons"].data,
        revision=form["revision"].data,
        seen=form["seen"].data,
    )


def _onwards(request: Request, moderator: Account, decision: Decision) -> str:
    """Return the address of the next case, or of the queue where it is empty or was come from."""
    choice = choice_of(request)
    done = {"notice": NOTICES[decision.move], "done": decision.comment.public_id}
    query = choice.query() | done
    following = None
    if request.POST.get("then") != "queue":
        following = next_for(request.db, moderator, choice)
    if following is None:
        return str(request.route_path("moderation", _query=query))
    return str(request.route_path("comment_decide", public_id=following.public_id, _query=query))


def _refused(
    request: Request,
    comment: Comment,
    form: DecideForm,
    status: int,
    *,
    refusal: Refused | None = None,
    conflict: Conflict | None = None,
) -> dict[str, Any]:
    request.response.status_int = status
    if conflict is not None:
        # What is sent next is an answer to what the page shows now.
        _bind(request, comment, form)
    sentence = translate(request, refusal.message) if refusal else ""
    page = _page(request, comment, form)
    unsent = ""
    if conflict is not None and form["move"].data not in page["case"].moves:
        # Reasons for one decision must not go out with the opposite one.
        unsent, form["reasons"].data = form["reasons"].data, ""
    return page | {"refusal": sentence, "conflict": conflict, "unsent": unsent}


def _bind(request: Request, comment: Comment, form: DecideForm) -> None:
    last = latest_decision(request.db, comment)
    form.show(comment, last.id if last else 0)


def _page(request: Request, comment: Comment, form: DecideForm) -> dict[str, Any]:
    if comment.status is CommentStatus.UNCONFIRMED:
        # Anybody may have typed the address that it is to be published under.
        raise HTTPNotFound
    case = case_of(request.db, comment, me(request))
    labels = OVERRULING if case.settled else STANDING if comment.visible else MOVES
    form.move.choices = [(str(move), translate(request, labels[move])) for move in case.moves]
    return {
        "comment": comment,
        "case": case,
        "form": form,
        "hints": {rule.name: translate(request, rule.explained) for rule in RULES}
        | {OWN: translate(request, _("Say in the reasons which one."))},
        "wordings": [(translate(request, r.title), translate(request, r.reasons)) for r in RULES],
        "reason_names": reason_names(request),
        "title_of": partial(title_of, request),
        "done": done(request),
        "choice": choice_of(request),
        "refusal": translate(request, case.why_not.message) if case.why_not else "",
        "conflict": None,
        "unsent": "",
    }
