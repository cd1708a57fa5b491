"""Route factories: the comment that an address names."""

from pyramid.httpexceptions import HTTPNotFound
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from consult.comments.addresses import is_public_id
from consult.comments.models import Comment
from consult.consultations.models import Consultation
from consult.drafts.models import Document
from consult.web import Request


def comment(request: Request) -> Comment:
    """Find the comment of ``/c/{public_id}``."""
    public_id = request.matchdict["public_id"]
    if not is_public_id(public_id):
        raise HTTPNotFound
    found = request.db.scalar(
        select(Comment)
        .where(Comment.public_id == public_id)
        .options(
            joinedload(Comment.paragraph),
            joinedload(Comment.document)
            .joinedload(Document.consultation)
            .joinedload(Consultation.department),
        )
    )
    if found is None:
        raise HTTPNotFound
    found.document.consultation.asked_at = request.arrived_at
    return found
