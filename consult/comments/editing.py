"""The page on which people change their own comments."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.response import Response
from pyramid.view import view_config
from wtforms import HiddenField, TextAreaField

from consult.accounts.security import my_id
from consult.comments.addresses import place_of
from consult.comments.edit import StaleRevision, edit
from consult.comments.events import CommentEdited
from consult.comments.form import MAX_SUGGESTION, MAX_TEXT, text_or_suggestion
from consult.comments.models import Comment
from consult.comments.status import MoveRefused
from consult.comments.target import check_suggestion
from consult.drafts.published import wording_in
from consult.forms import RequestForm, at_most, lines, one_line
from consult.i18n import _
from consult.permissions import Permission
from consult.rate_limits import Act, limit
from consult.rendered import rendered
from consult.web import Request

TEMPLATE = "consult:comments/templates/edit.jinja2"


class EditForm(RequestForm):
    """The new text of a comment, and which revision its author saw."""

    text = TextAreaField(
        _("Your comment"), filters=[lines], validators=[text_or_suggestion, at_most(MAX_TEXT)]
    )
    suggestion = TextAreaField(
        _("The paragraph as you would write it"),
        filters=[lines],
        validators=[at_most(MAX_SUGGESTION)],
    )
    revision = HiddenField(filters=[one_line])


def filled(request: Request, comment: Comment) -> EditForm:
    """Return the form with the comment as it is; a field that is sent replaces its value."""
    values = {"text": comment.source, "revision": str(comment.revision)}
    form = EditForm(request, data={**values, "suggestion": comment.suggestion})
    # Programs, and forms of comments without a suggestion, send the text alone.
    if request.method == "POST" and "suggestion" not in request.POST:
        form["suggestion"].data = comment.suggestion
    return form


@view_config(
    route_name="comment_edit",
    request_method="GET",
    renderer=TEMPLATE,
    permission=Permission.REVISE,
)
def show(comment: Comment, request: Request) -> dict[str, Any]:
    """Show the comment in a form."""
    return {"form": filled(request, comment), "comment": comment, "stale": False}


@view_config(
    route_name="comment_edit",
    request_method="POST",
    renderer=TEMPLATE,
    permission=Permission.REVISE,
)
def change(comment: Comment, request: Request) -> dict[str, Any] | Response:
    """Take the new text."""
    limit(request, Act.POST, my_id(request))
    form = filled(request, comment)
    stale = False
    if form.validate() and _suggests_something_else(request, comment, form):
        try:
            if _edited(request, comment, form):
                request.registry.notify(CommentEdited(comment))
            notice = "comment-changed" if comment.visible else "comment-pending"
            return HTTPSeeOther(place_of(request, comment, notice=notice))
        except StaleRevision:
            stale = True
            form["revision"].data = str(comment.revision)
            form.refuse("text", _("You have changed this comment in another window meanwhile."))
        except MoveRefused:
            form.refuse("text", _("This comment can no longer be changed."))
    request.response.status_int = 422
    return {"form": form, "comment": comment, "stale": stale}


def _suggests_something_else(request: Request, comment: Comment, form: EditForm) -> bool:
    if form["suggestion"].data:
        wording = wording_in(request.db, comment.paragraph, comment.version)
        if wording is not None:
            check_suggestion(form, wording)
    return not form.errors


def _edited(request: Request, comment: Comment, form: EditForm) -> bool:
    return edit(
        request.db,
        comment,
        text=form["text"].data,
        html=rendered(request, form["text"].data),
        suggestion=form["suggestion"].data,
        seen=form["revision"].data,
        official=bool(request.has_permission(Permission.REPLY, comment.document)),
        at=request.arrived_at,
    )
