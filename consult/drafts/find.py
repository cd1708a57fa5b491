"""Route factories: the document or paragraph that an address names."""

from pyramid.httpexceptions import HTTPNotFound
from sqlalchemy import bindparam, select
from sqlalchemy.orm import contains_eager

from consult.consultations.models import Consultation
from consult.drafts.models import Document, Paragraph
from consult.web import Request

# One question each, put together once, with everything that permissions are judged by.
_DOCUMENT = (
    select(Document)
    .join(Document.consultation)
    .join(Consultation.department)
    .where(Consultation.slug == bindparam("slug"), Document.slug == bindparam("document"))
    .options(
        contains_eager(Document.consultation).contains_eager(Consultation.department),
    )
)
_PARAGRAPH = (
    select(Paragraph)
    .join(Paragraph.document)
    .join(Document.consultation)
    .join(Consultation.department)
    .where(
        Consultation.slug == bindparam("slug"),
        Document.slug == bindparam("document"),
        Paragraph.key == bindparam("key"),
    )
    .options(
        contains_eager(Paragraph.document)
        .contains_eager(Document.consultation)
        .contains_eager(Consultation.department),
    )
)


def document(request: Request) -> Document:
    """Find the document of ``{slug}/{document}``."""
    found = request.db.scalar(_DOCUMENT, request.matchdict)
    if found is None:
        raise HTTPNotFound
    found.consultation.asked_at = request.arrived_at
    return found


def paragraph(request: Request) -> Paragraph:
    """Find the paragraph of ``{slug}/{document}/p/{key}``."""
    found = request.db.scalar(_PARAGRAPH, request.matchdict)
    if found is None:
        raise HTTPNotFound
    found.document.consultation.asked_at = request.arrived_at
    return found
