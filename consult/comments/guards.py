"""What comments say when a consultation is to be read by others than before."""

from pyramid.i18n import TranslationString
from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from consult.comments.models import Comment
from consult.consultations.models import Consultation
from consult.drafts.models import Document
from consult.i18n import _


def people_have_spoken(session: Session, consultation: Consultation) -> TranslationString | None:
    """Object from the first comment on, whatever became of it: people knew before whom they spoke."""
    said = exists().where(
        Document.consultation_id == consultation.id, Comment.document_id == Document.id
    )
    if session.scalar(select(said)):
        return _(
            "People have commented, and they knew who could read it: this cannot be changed any more."
        )
    return None
