"""Who is asked about a version: everybody who had commented on what it changes."""

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from consult.accounts.models import Account
from consult.comments.models import Comment
from consult.comments.status import VISIBLE
from consult.drafts.models import Fate, Version
from consult.fates.comparing import APART
from consult.fates.tracing import trail_to


def asked_people(
    session: Session, version: Version, account: Account | None = None
) -> dict[int, set[int]]:
    """Return for each author of visible comments the changed paragraphs that they commented on.

    Both by id. A paragraph is named as it is counted from `version` on: what was merged by what it
    was merged into, what was removed by itself. With an `account`, of that one only.
    """
    changed = _changed(session, version)
    if not changed:
        return {}
    trail = trail_to(session, version)
    last = version.number - 1
    query = (
        select(Comment.author_id, Comment.paragraph_id, Version.number)
        .join(Version, Version.id == Comment.version_id)
        .where(
            Comment.document_id == version.document_id,
            Comment.status.in_(VISIBLE),
            Version.number <= last,
        )
        .distinct()
    )
    if account is not None:
        query = query.where(Comment.author_id == account.id)
    found: dict[int, set[int]] = {}
    for author, paragraph, number in session.execute(query):
        touched = changed.intersection(trail.forth([paragraph], number, last))
        if touched:
            found.setdefault(author, set()).update(trail.home(old) for old in touched)
    return found


def _changed(session: Session, version: Version) -> set[int]:
    """Return the ids of the paragraphs that `version` changed."""
    olds = session.scalars(
        select(Fate.old_id).where(
            Fate.version_id == version.id,
            Fate.old_id.is_not(None),
            or_(Fate.likeness < 1, Fate.kind.in_(APART)),
        )
    )
    return {old for old in olds if old is not None}
