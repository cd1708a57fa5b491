"""Letting readers have an original, and taking it back."""

import logging
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult import audit
from consult.drafts.models import Version, WorkingStep
from consult.drafts.sources import SourceLost, open_source
from consult.i18n import _
from consult.intake.store import subject
from consult.refusal import Refused

log = logging.getLogger(__name__)

REPLACED = _(
    "Another file was imported since you looked at this page. Look at that one, and then decide again."
)
LOST = _(
    "The file is missing here or is not what was imported, so readers cannot be given it. Tell"
    " whoever runs this site."
)


def choose_readers(
    session: Session, version: Version, for_readers: bool, *, seen: str, data: Path, actor_id: int
) -> bool:
    """Let readers have the original of `version` or take it back; False where nothing changes.

    The caller holds the version (`finding.hold_version_of`). `seen` is the digest of the file that
    the official decided about; the site's files lie below `data`. Raises Refused where it is another
    file by now, or one that is lost.
    """
    if version.source_digest != seen:
        raise Refused(REPLACED)
    if version.source_for_readers is for_readers:
        return False
    if for_readers:
        _check(version, data)
    version.source_for_readers = for_readers
    session.flush()
    audit.append(
        session,
        actor_id,
        "publish original" if for_readers else "withdraw original",
        subject(version.document),
        version=version.number,
        source=version.source_digest,
    )
    return True


def changes_since_import(session: Session, version: Version) -> int:
    """Return how many changes on the workbench make the text differ from the original."""
    done = select(func.count()).where(WorkingStep.version_id == version.id, ~WorkingStep.undone)
    return session.scalar(done) or 0


def _check(version: Version, data: Path) -> None:
    try:
        open_source(data, version.source_digest).close()
    except SourceLost as lost:
        tell_loss(version, lost)
        raise Refused(LOST) from lost


def tell_loss(version: Version, lost: SourceLost) -> None:
    """Write the loss of an original into the log of whoever runs the site."""
    log.error("the original of %s, version %s, %s", subject(version.document), version.number, lost)
