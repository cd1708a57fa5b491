"""The secrets in letters' links: made, looked at, used once."""

import secrets
from datetime import timedelta

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session, joinedload

from consult import clock
from consult.accounts.models import Account, KeyPurpose, LetterKey
from consult.accounts.security import digest

CONFIRMATION = timedelta(days=3)
RESET = timedelta(hours=2)


def issue(
    session: Session,
    account: Account,
    purpose: KeyPurpose,
    lifetime: timedelta,
    subject: str = "",
    *,
    display_name: str = "",
    password_hash: str | None = None,
) -> str:
    """Return a new secret of 256 bits for a letter to `account`; only its digest is kept.

    `subject` is what it is about, e.g. a comment's public id. `display_name` and `password_hash`
    are what a registration asked for.
    """
    secret = secrets.token_urlsafe(32)
    moment = clock.now()
    session.add(
        LetterKey(
            digest=digest(secret),
            purpose=purpose,
            account=account,
            subject=subject,
            display_name=display_name,
            password_hash=password_hash,
            created_at=moment,
            expires_at=moment + lifetime,
        )
    )
    session.flush()
    return secret


def peek(session: Session, secret: str, purpose: KeyPurpose) -> LetterKey | None:
    """Return the key, its account loaded, if it is good; None if unknown, used or expired."""
    return session.scalar(_good(secret, purpose))


def redeem(session: Session, secret: str, purpose: KeyPurpose) -> LetterKey | None:
    """Return the key as `peek` does and use it up: of two at once, one gets None."""
    key = session.scalar(_good(secret, purpose).with_for_update(of=LetterKey))
    if key is not None:
        session.delete(key)
        session.flush()
    return key


def _good(secret: str, purpose: KeyPurpose) -> Select[LetterKey]:
    return (
        select(LetterKey)
        .where(
            LetterKey.digest == digest(secret),
            LetterKey.purpose == purpose,
            LetterKey.expires_at > clock.now(),
        )
        .options(joinedload(LetterKey.account, innerjoin=True))
    )


def discard(session: Session, account: Account, *purposes: KeyPurpose) -> None:
    """Make all keys of `account` for these purposes worthless; for all purposes if none is given."""
    session.execute(
        delete(LetterKey).where(
            LetterKey.account_id == account.id, LetterKey.purpose.in_(purposes or tuple(KeyPurpose))
        )
    )
