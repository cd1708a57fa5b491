"""Passwords changed and forgotten, accounts closed."""

from sqlalchemy.orm import Session

from consult.accounts import keys, passwords
from consult.accounts.grants import revoke
from consult.accounts.models import Account, AccountState, KeyPurpose
from consult.accounts.people import find_account
from consult.accounts.security import end_all_sessions


def issue_reset(session: Session, email: str, back: str = "") -> tuple[Account, str] | None:
    """Return account and secret for the letter to somebody who forgot the password.

    None if nobody has the address; `back` is where the person wants to go afterwards. Whoever
    answers the letter reads the mailbox, so a guest and somebody who never confirmed may choose a
    password this way too.
    """
    account = find_account(session, email)
    if account is None:
        return None
    return account, keys.issue(session, account, KeyPurpose.RESET, keys.RESET, back)


def reset(session: Session, secret: str, password: str) -> Account | None:
    """Give the key's account a new password and sign it out everywhere; None if the key is worthless.

    `password` has been checked.
    """
    key = keys.redeem(session, secret, KeyPurpose.RESET)
    if key is None or key.account.state is AccountState.CLOSED:
        return None
    account = key.account
    account.state = AccountState.ACTIVE
    change_password(session, account, password)
    keys.discard(session, account, KeyPurpose.CONFIRM)
    return account


def change_password(session: Session, account: Account, password: str, *, here: str = "") -> None:
    """Set a password that has been checked; `here`: digest of the one session that goes on.

    Letters for resets that are on their way become worthless.
    """
    account.password_hash = passwords.hash_password(password)
    end_all_sessions(session, account, but=here)
    keys.discard(session, account, KeyPurpose.RESET)


def close(session: Session, account: Account) -> None:
    """Close an account for good: nobody can sign in to it, and its address is forgotten.

    Comments stay, with the name they were signed with. Roles end. Raises Refused for the site's
    only administrator.
    """
    for given in list(account.grants):
        revoke(session, given, by=account)
    end_all_sessions(session, account)
    keys.discard(session, account)
    account.state = AccountState.CLOSED
    account.password_hash = None
    # No address has this shape, so the person may register anew.
    account.email = f"closed:{account.id}"
