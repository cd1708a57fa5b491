"""Route factories: the consultation that an address names."""

from pyramid.httpexceptions import HTTPNotFound
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from consult.consultations.models import Consultation
from consult.web import Request


def consultation(request: Request) -> Consultation:
    """Find the consultation of ``{slug}``; what the request may do is judged as of its arrival."""
    found = request.db.scalar(
        select(Consultation)
        .where(Consultation.slug == request.matchdict["slug"])
        .options(joinedload(Consultation.department))
    )
    if found is None:
        raise HTTPNotFound
    found.asked_at = request.arrived_at
    return found
