"""The page on which a reader reports a comment."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.response import Response
from pyramid.view import view_config

from consult.accounts.security import me, my_id
from consult.comments.addresses import place_of
from consult.comments.models import Comment
from consult.comments.places import places_of
from consult.i18n import translate
from consult.moderation.forms import ReportForm
from consult.moderation.models import Reason
from consult.moderation.report import report, why_not_report
from consult.permissions import Permission
from consult.rate_limits import Act, limit
from consult.refusal import Refused
from consult.web import Request

PAGE = {
    "route_name": "comment_report",
    "renderer": "consult:moderation/templates/report.jinja2",
    "permission": Permission.REPORT,
}


@view_config(request_method="GET", **PAGE)
def ask(comment: Comment, request: Request) -> dict[str, Any]:
    """Ask what is wrong with a comment."""
    account = me(request)
    refusal = why_not_report(request.db, comment, account) if account else None
    return _page(request, comment, ReportForm(request), refusal)


@view_config(request_method="POST", **PAGE)
def take(comment: Comment, request: Request) -> dict[str, Any] | Response:
    """Put the comment before the moderators."""
    account = me(request)
    form, refusal = ReportForm(request), None
    limit(request, Act.REPORT, my_id(request))
    if form.validate() and account:
        try:
            report(
                request.db,
                comment,
                account,
                Reason(form["reason"].data),
                form["note"].data,
                revision=form["revision"].data,
            )
            return HTTPSeeOther(place_of(request, comment, notice="comment-reported"))
        except Refused as refused:
            refusal = refused
    request.response.status_int = 422
    return _page(request, comment, form, refusal)


def _page(
    request: Request, comment: Comment, form: ReportForm, refusal: Refused | None
) -> dict[str, Any]:
    place = places_of(request.db, [comment])[comment.id]
    # What is sent next is about the words that the page shows now.
    form["revision"].data = comment.revision
    return {
        "comment": comment,
        "place": place,
        "node": place.node(comment),
        "form": form,
        "refusal": translate(request, refusal.message) if refusal else "",
    }
