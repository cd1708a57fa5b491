"""Every change to what readers see counts a document's activity up, in the same transaction.

A finished page can then be told from an outdated one by one number. Changes are found in the
session's flush and not announced by whoever makes them, so that none is forgotten.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session
from sqlalchemy.sql import ColumnElement

from consult.accounts.models import Department
from consult.analysis.models import BecauseLink, Verdict
from consult.comments.models import Comment
from consult.consultations.models import Consultation
from consult.drafts.models import Document, Version
from consult.replies.models import OfficialReply


def _showing(kind: str, ids: set[int]) -> ColumnElement[bool]:
    """Return the condition on a document that it shows one of these things."""
    if kind == "document":
        return Document.id.in_(ids)
    if kind == "version":
        return Document.id.in_(select(Version.document_id).where(Version.id.in_(ids)))
    if kind == "consultation":
        return Document.consultation_id.in_(ids)
    mine = select(Consultation.id).where(Consultation.department_id.in_(ids))
    return Document.consultation_id.in_(mine)


def _touched(session: Session) -> Iterator[tuple[str, int]]:
    """Yield the kind and the id of what shows it, for everything that the flush has changed."""
    for thing in {*session.new, *session.dirty, *session.deleted}:
        if thing in session.dirty and not session.is_modified(thing):
            continue
        match thing:
            case Comment() | Version():
                yield "document", thing.document_id or thing.document.id
            case BecauseLink() | Verdict():
                yield "version", thing.version_id
            case OfficialReply():
                yield "consultation", thing.consultation_id or thing.consultation.id
            case Consultation() if thing.id:
                yield "consultation", thing.id
            case Department() if thing.id:
                yield "department", thing.id


def count_up(session: Session, _context: Any) -> None:
    """Count up the activity of every document whose pages have changed."""
    # Sets, because ten thousand comments on one document are one document.
    touched: dict[str, set[int]] = {}
    for kind, id_ in _touched(session):
        touched.setdefault(kind, set()).add(id_)
    conditions = [_showing(kind, ids) for kind, ids in touched.items()]
    if conditions:
        session.connection().execute(
            update(Document).where(or_(*conditions)).values(activity=Document.activity + 1)
        )
