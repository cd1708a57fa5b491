"""Route factories: the document or paragraph that an address names."""

from pyramid.httpexceptions import HTTPNotFound
from sqlalchemy import select
from sqlalchemy.orm import contains_eager
from sqlalchemy.orm.attributes import set_committed_value

from consult.consultations.models import Consultation
from consult.drafts.models import Document, Paragraph
from consult.web import Request


def document(request: Request) -> Document:
    """Find the document of ``{slug}/{document}``."""
    found = request.db.scalar(
        select(Document)
        .join(Document.consultation)
        .where(
            Consultation.slug == request.matchdict["slug"],
            Document.slug == request.matchdict["document"],
        )
        .options(contains_eager(Document.consultation).joinedload(Consultation.department))
    )
    if found is None:
        raise HTTPNotFound
    found.consultation.asked_at = request.arrived_at
    return found


def paragraph(request: Request) -> Paragraph:
    """Find the paragraph of ``{slug}/{document}/p/{key}``."""
    found_document = document(request)
    found = request.db.scalar(
        select(Paragraph).where(
            Paragraph.document_id == found_document.id, Paragraph.key == request.matchdict["key"]
        )
    )
    if found is None:
        raise HTTPNotFound
    # The session lets go of what nobody holds, and would load a consultation anew that does not
    # know when it was asked.
    set_committed_value(found, "document", found_document)
    return found
