"""Recognising somebody by address and password."""

from sqlalchemy.orm import Session

from consult.accounts import passwords, registering
from consult.accounts.models import Account
from consult.accounts.people import find_account


def recognise(session: Session, email: str, password: str) -> Account | None:
    """Return the account whose address and password these are, in whatever state it is.

    An account that waits for its confirmation is recognised by the password of its latest
    registration. The database is asked the same and one hash is computed in every case, so the
    time tells nothing. A hash made with parameters of the past is replaced.
    """
    account = find_account(session, email)
    registration = registering.latest(session, account)
    kept = account.password_hash if account else None
    if account is not None and account.state in registering.WAITING:
        kept = registration.password_hash if registration else None
    if not passwords.verify(kept, password) or account is None:
        return None
    if account.password_hash and passwords.outdated(account.password_hash):
        account.password_hash = passwords.hash_password(password)
    return account
