"""What drafts say when a consultation is to go back into preparation."""

from pyramid.i18n import TranslationString
from sqlalchemy.orm import Session

from consult.consultations.models import Consultation
from consult.drafts.published import documents
from consult.i18n import _


def published_is_published(
    session: Session, consultation: Consultation
) -> TranslationString | None:
    """Object once anything has been published: there may be comments on it, and people read it."""
    if documents(session, consultation):
        return _("A draft has been published, and what people could read cannot be taken back.")
    return None
