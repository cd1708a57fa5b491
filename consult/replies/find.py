"""Route factories: the official reply that an address names."""

from pyramid.httpexceptions import HTTPNotFound
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from consult.replies.models import OfficialReply
from consult.web import Request


def reply_named(request: Request) -> OfficialReply:
    """Find the reply of ``/officials/replies/{public_id}``."""
    found = request.db.scalar(
        select(OfficialReply)
        .where(OfficialReply.public_id == request.matchdict["public_id"])
        .options(joinedload(OfficialReply.consultation))
    )
    if found is None:
        raise HTTPNotFound
    found.consultation.asked_at = request.arrived_at
    return found
