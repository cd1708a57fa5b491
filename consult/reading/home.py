"""The home page and a consultation's own page."""

from typing import Any

from pyramid.response import Response
from pyramid.view import view_config
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from consult.accounts.security import me
from consult.consultations.coverage import readable, stands_at
from consult.consultations.models import Consultation
from consult.consultations.phases import Audience, Phase
from consult.layout.caching import fresh
from consult.permissions import Permission
from consult.reading.overview import glances
from consult.web import Request

# Past consultations on the home page; older ones are found by the search. Of those that are open or
# coming none is left out: nobody could take part in what they do not know of.
MOST_PAST = 60


@view_config(
    route_name="home",
    request_method="GET",
    renderer="consult:layout/templates/home.jinja2",
    permission=Permission.BROWSE,
    decorator=fresh,
)
def home(request: Request) -> dict[str, Any]:
    """Show what is open, what is coming and what came of what is closed."""
    ahead = _readable(request, Phase.OPEN, Phase.SCHEDULED)
    past = _readable(request, Phase.CLOSED, Phase.ANSWERED).limit(MOST_PAST)
    found = [*request.db.scalars(ahead), *request.db.scalars(past)]
    for consultation in found:
        consultation.asked_at = request.arrived_at
    seen = glances(request, found)
    far = request.arrived_at.max.replace(tzinfo=request.arrived_at.tzinfo)
    by_phase: dict[Phase, list[Any]] = {phase: [] for phase in Phase}
    for glance in seen:
        by_phase[glance.consultation.phase_now].append(glance)
    return {
        "open": sorted(by_phase[Phase.OPEN], key=lambda g: g.consultation.closes_at or far),
        "coming": sorted(by_phase[Phase.SCHEDULED], key=lambda g: g.consultation.opens_at or far),
        "past": by_phase[Phase.CLOSED] + by_phase[Phase.ANSWERED],
    }


def _readable(request: Request, *phases: Phase) -> Select[Consultation]:
    """Select what stands in one of `phases` and may be read about, the newest first."""
    return (
        select(Consultation)
        .where(
            stands_at(phases, request.arrived_at),
            readable(me(request), Permission.READ, request.arrived_at),
        )
        .options(joinedload(Consultation.department))
        .order_by(Consultation.id.desc())
    )


@view_config(
    route_name="consultation",
    request_method="GET",
    renderer="consult:reading/templates/consultation.jinja2",
    permission=Permission.READ,
    decorator=fresh,
)
def consultation_page(consultation: Consultation, request: Request) -> dict[str, Any] | Response:
    """Show what a consultation is about, when, how to take part, and its texts."""
    (glance,) = glances(request, [consultation])
    return {
        "consultation": consultation,
        "glance": glance,
        "public": consultation.audience is Audience.PUBLIC,
        "readable": bool(request.has_permission(Permission.READ_TEXT, consultation)),
    }
