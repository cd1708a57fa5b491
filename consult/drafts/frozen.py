"""A published version never changes: refused here with a clear error, and by the database itself."""

from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from consult.drafts.models import Fate, Version, VersionState, Wording

# Of a version; what changed in it may still be described better, and who may have its original is
# a choice that can be taken back.
FIXED = (
    "document_id",
    "number",
    "state",
    "published_at",
    "language",
    "source_digest",
    "source_format",
    "source_size",
)


class Frozen(TypeError):
    """Code tried to change what is published. That is a fault of ours and no user's."""


def refuse_changes(session: Session, _context: Any, _instances: Any) -> None:
    """Stop a flush that would add to, change or take from a published version."""
    touched: set[int] = set()
    # Asking for what is dirty looks through the whole session each time.
    dirty = set(session.dirty)
    for thing in {*session.new, *dirty, *session.deleted}:
        if isinstance(thing, (Fate, Wording)) and (
            thing not in dirty or session.is_modified(thing)
        ):
            number = thing.version_id or (thing.version and thing.version.id)
        elif isinstance(thing, Version) and _touches(session, thing):
            number = thing.id
        else:
            continue
        touched |= {number} if number else set()
    # The rows are asked, because an expired object does not know what it was.
    if touched and session.connection().scalar(
        select(Version.id)
        .where(Version.id.in_(touched), Version.state == VersionState.PUBLISHED)
        .limit(1)
    ):
        raise Frozen("a published version, its wordings and its fates never change")


def _touches(session: Session, version: Version) -> bool:
    attributes = inspect(version).attrs
    return version in session.deleted or any(
        attributes[name].history.has_changes() for name in FIXED
    )
