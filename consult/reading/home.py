"""The home page and a consultation's own page."""

from typing import Any

from pyramid.response import Response
from pyramid.view import view_config
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from consult.consultations.models import Consultation
from consult.consultations.phases import Audience, Phase
from consult.layout.caching import fresh
from consult.permissions import Permission
from consult.reading.glance import glances
from consult.web import Request

MOST = 60  # consultations on the home page; older ones are found by the search


@view_config(
    route_name="home",
    request_method="GET",
    renderer="consult:layout/templates/home.jinja2",
    permission=Permission.BROWSE,
    decorator=fresh,
)
def home(request: Request) -> dict[str, Any]:
    """Show what is open, what is coming and what came of what is closed."""
    found = request.db.scalars(
        select(Consultation)
        .where(Consultation.phase != Phase.DRAFT)
        .options(joinedload(Consultation.department))
        .order_by(Consultation.id.desc())
        .limit(MOST)
    ).all()
    for consultation in found:
        consultation.asked_at = request.arrived_at
    readable = [c for c in found if request.has_permission(Permission.READ, c)]
    seen = glances(request, readable)
    far = request.arrived_at.max.replace(tzinfo=request.arrived_at.tzinfo)
    by_phase: dict[Phase, list[Any]] = {phase: [] for phase in Phase}
    for glance in seen:
        by_phase[glance.consultation.phase_now].append(glance)
    return {
        "open": sorted(by_phase[Phase.OPEN], key=lambda g: g.consultation.closes_at or far),
        "coming": sorted(by_phase[Phase.SCHEDULED], key=lambda g: g.consultation.opens_at or far),
        "past": by_phase[Phase.CLOSED] + by_phase[Phase.ANSWERED],
    }


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
    }
