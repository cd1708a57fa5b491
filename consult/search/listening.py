"""Every change to what can be found promises an update of the index, in the same transaction.

Changes are found in the session's flush and not announced by whoever makes them, so that none is
forgotten. The promise names what has changed and not what it is now: whoever keeps it looks.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import insert, inspect
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import History

from consult import clock
from consult.comments.models import Comment
from consult.consultations.models import Consultation
from consult.consultations.phases import Phase
from consult.drafts.models import Version, VersionState
from consult.outbox import Job, JobState
from consult.replies.models import OfficialReply, ReplyComment

JOB = "index"


def promise_update(session: Session, _context: Any) -> None:
    """Add one job that names everything findable that the flush has changed, if anything."""
    changed = sorted({name for thing in _flushed(session) for name in _names(thing)})
    if not changed:
        return
    now = clock.now()
    # The session is in the middle of a flush, so that a Job cannot be added to it as usual.
    session.connection().execute(
        insert(Job).values(
            kind=JOB,
            payload={"changed": changed},
            state=JobState.WAITING,
            run_at=now,
            created_at=now,
            attempts=0,
            last_error="",
        )
    )


def _flushed(session: Session) -> Iterator[object]:
    yield from session.new
    yield from session.deleted
    yield from (thing for thing in session.dirty if session.is_modified(thing))


def _names(thing: object) -> Iterator[str]:
    """Yield what consult.search.index_updates can look up: a word and an identifier."""
    match thing:
        case Comment():
            yield f"comment:{thing.id}"
        case OfficialReply():
            yield f"reply:{thing.id}"
            for comment in _history(thing, "comments").deleted:
                yield f"comment:{comment.id}"
        case ReplyComment():
            yield f"reply:{thing.reply_id}"
            yield f"comment:{thing.comment_id}"
        case Version():
            if VersionState.PUBLISHED in _history(thing, "state").added:
                yield f"document:{thing.document_id}"
        case Consultation():
            yield from _names_of_consultation(thing)


def _names_of_consultation(consultation: Consultation) -> Iterator[str]:
    phase = _history(consultation, "phase")
    # Where the phase before is not known it may have been that one.
    appears = phase.added and (not phase.deleted or Phase.DRAFT in (*phase.added, *phase.deleted))
    if appears or _history(consultation, "slug").has_changes():
        yield f"consultation:{consultation.id}"
    elif any(_history(consultation, name).has_changes() for name in ("title", "summary")):
        yield f"about:{consultation.id}"


def _history(thing: object, attribute: str) -> History:
    history: History = inspect(thing).attrs[attribute].history
    return history
