"""The desk of officials: their consultations, and what waits in each."""

from typing import Any

from pyramid.view import view_config

from consult.accounts.security import me
from consult.permissions import Permission
from consult.replies.worklist import SIZE, consultations_of, work_of
from consult.web import Request, whole_number


@view_config(
    route_name="officials",
    request_method="GET",
    renderer="consult:replies/templates/officials.jinja2",
    permission=Permission.WORK_AS_OFFICIAL,
)
def officials(request: Request) -> dict[str, Any]:
    """List the consultations where whoever asks has a role."""
    account, before = me(request), whole_number(request.GET.get("before"))
    found = consultations_of(request.db, account, before, SIZE + 1) if account else []
    more = None
    if len(found) > SIZE:
        more = request.route_path("officials", _query={"before": found[SIZE - 1].id})
    shown = found[:SIZE]
    for consultation in shown:
        consultation.asked_at = request.arrived_at
    work = work_of(request.db, shown)
    return {
        "entries": [(consultation, work[consultation.id]) for consultation in shown],
        "more": more,
        "first": request.route_path("officials") if before else None,
    }
