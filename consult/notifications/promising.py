"""The promise of a letter: what the worker needs to write it once the transaction has committed."""

import secrets
from typing import Any

from sqlalchemy.orm import Session

from consult import clock
from consult.accounts.models import Account
from consult.notifications.kinds import LetterKind
from consult.outbox import promise

JOB = "letter"


def promise_letter(session: Session, kind: LetterKind, account: Account, **facts: Any) -> None:
    """Promise a letter of `kind` to `account`; `facts` are ids, and secrets of links."""
    promise(
        session,
        JOB,
        letter=kind.value,
        account_id=account.id,
        name=secrets.token_hex(16),
        at=clock.now().isoformat(),
        **facts,
    )
