"""Promising the letters about a new version: thousands of them, and none while somebody waits."""

from collections.abc import Sequence

from pyramid.registry import Registry
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.accounts.models import Account, AccountState
from consult.analysis.asked_people import asked_people
from consult.db import session_scope
from consult.drafts.models import Version, VersionState
from consult.notifications.kinds import LetterKind
from consult.notifications.models import Told
from consult.notifications.promising import promise_letter
from consult.outbox import Payload, promise

JOB = "version-letters"
BATCH = 200  # letters that are promised in one transaction


def promise_letters(session: Session, version: Version) -> None:
    """Have everybody told who had commented on what `version`, just published, changes."""
    if version.number > 1:
        promise(session, JOB, version_id=version.id, after=0)


def fan_out(registry: Registry, payloads: Sequence[Payload]) -> None:
    """Promise the next letters about a version, and that those after them will be promised."""
    for payload in payloads:
        with session_scope(registry["sessions"]) as session:
            version = session.get(Version, payload["version_id"])
            if version is not None and version.state is VersionState.PUBLISHED:
                _promise_batch(session, version, payload["after"])


def _promise_batch(session: Session, version: Version, after: int) -> None:
    asked = sorted(account for account in asked_people(session, version) if account > after)
    batch = asked[:BATCH]
    # A job that is done again finds out here whom it has told before.
    about = f"{LetterKind.VERSION_PUBLISHED}:{version.id}"
    told = set(
        session.scalars(
            select(Told.account_id).where(Told.about == about, Told.account_id.in_(batch))
        )
    )
    accounts = session.scalars(
        select(Account)
        .where(Account.id.in_(batch), Account.state != AccountState.CLOSED)
        .order_by(Account.id)
    ).all()
    for account in accounts:
        if account.id not in told:
            session.add(Told(account_id=account.id, about=about))
            promise_letter(session, LetterKind.VERSION_PUBLISHED, account, version_id=version.id)
    if len(asked) > BATCH:
        promise(session, JOB, version_id=version.id, after=batch[-1])
