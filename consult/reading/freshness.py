"""Every change to what readers see counts a document's activity up, in the same transaction.

A finished page can then be told from an outdated one by one number. Changes are found in the
session's flush and not announced by whoever makes them, so that none is forgotten.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import event, or_, select, update
from sqlalchemy.orm import Session
from sqlalchemy.sql import ColumnElement

from consult.accounts.models import Department
from consult.comments.models import Comment
from consult.consultations.models import Consultation
from consult.drafts.models import Document, Version
from consult.replies.models import OfficialReply


def _touched(session: Session) -> Iterator[ColumnElement[bool]]:
    """Yield conditions on documents whose pages the flush has changed."""
    for thing in {*session.new, *session.dirty, *session.deleted}:
        if thing in session.dirty and not session.is_modified(thing):
            continue
        match thing:
            case Comment():
                yield Document.id == (thing.document_id or thing.document.id)
            case Version():
                yield Document.id == (thing.document_id or thing.document.id)
            case OfficialReply():
                yield Document.consultation_id == (thing.consultation_id or thing.consultation.id)
            case Consultation() if thing.id:
                yield Document.consultation_id == thing.id
            case Department() if thing.id:
                mine = select(Consultation.id).where(Consultation.department_id == thing.id)
                yield Document.consultation_id.in_(mine)


@event.listens_for(Session, "after_flush")
def count_up(session: Session, _context: Any) -> None:
    """Count up the activity of every document whose pages have changed."""
    conditions = list(_touched(session))
    if conditions:
        session.connection().execute(
            update(Document).where(or_(*conditions)).values(activity=Document.activity + 1)
        )
