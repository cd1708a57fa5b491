"""Paragraphs that no longer stand in a version, and what they were called last."""

from pyramid.i18n import Localizer
from sqlalchemy.orm import Session

from consult.fates.tracing import Trail
from consult.fates.wording_rows import called, words_of
from consult.reading.rendering import Removed


def no_more(
    session: Session, trail: Trail, document_id: int, localizer: Localizer
) -> list[Removed]:
    """Return what was removed up to the trail's version, the latest first and then in order."""
    gone = trail.removed()
    if not gone:
        return []
    last = {
        words.paragraph_id: words
        for words in words_of(session, document_id, gone)
        if words.number < gone[words.paragraph_id]
    }
    placed = sorted(last.values(), key=lambda w: (-gone[w.paragraph_id], w.position))
    return [
        Removed(w.paragraph_id, w.key, called(w, localizer), gone[w.paragraph_id]) for w in placed
    ]
