"""The log of decisions."""

from functools import partial
from typing import Any

from pyramid.view import view_config

from consult.accounts.security import me
from consult.moderation.log import SIZE, decisions
from consult.moderation.rules import title_of
from consult.permissions import Permission
from consult.web import Request, whole_number


@view_config(
    route_name="moderation_log",
    request_method="GET",
    renderer="consult:moderation/templates/log.jinja2",
    permission=Permission.WORK_AS_MODERATOR,
)
def log(request: Request) -> dict[str, Any]:
    """Show what was decided, the latest first."""
    account = me(request)
    before = whole_number(request.GET.get("before"))
    found = decisions(request.db, account, before, SIZE + 1) if account else []
    more = None
    if len(found) > SIZE:
        more = request.route_path("moderation_log", _query={"before": found[SIZE - 1].id})
    first = request.route_path("moderation_log") if before else None
    return {
        "decisions": found[:SIZE],
        "more": more,
        "first": first,
        "title_of": partial(title_of, request),
    }
