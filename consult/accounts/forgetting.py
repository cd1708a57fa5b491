"""What is kept no longer than it is good for: old sessions and keys."""

import time
from datetime import timedelta

from pyramid.registry import Registry
from sqlalchemy import delete
from sqlalchemy.orm import Session

from consult import clock
from consult.accounts.models import LetterKey, LoginSession
from consult.db import session_scope

# A registration that was not confirmed in time can still be taken up again by signing in.
KEPT = timedelta(days=30)
PAUSE = 3600  # seconds


def forget(session: Session) -> None:
    """Delete sessions that ended and keys that have long been worthless."""
    moment = clock.now()
    session.execute(delete(LoginSession).where(LoginSession.expires_at <= moment))
    session.execute(delete(LetterKey).where(LetterKey.expires_at <= moment - KEPT))


def tick(registry: Registry) -> None:
    """Do so once an hour, as the worker passes by."""
    if time.monotonic() < registry.get("accounts forget at", 0):
        return
    registry["accounts forget at"] = time.monotonic() + PAUSE
    with session_scope(registry["sessions"]) as session:
        forget(session)
