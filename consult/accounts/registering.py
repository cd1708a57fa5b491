"""Registering and confirming.

Anybody can type anybody's address into the form, so nothing that was typed counts before a letter
to the address is answered. The name and the password's hash stay with the key of that letter
(`LetterKey`) and become the account's when the link of this very letter is used; all other letters
are then void. A new account has no password until then, a guest's keeps its name, and a registered
one is not touched at all. The form's answer waits for none of this: the worker does it (`asking`), so
that the time does not tell who has an account.

If several people typed the address, each letter carries its own password, and the addressee may
take another's letter for their own. So where letters with different passwords are on their way the
confirmation asks for the password: only somebody who both chose it and reads the mailbox gets in,
and a stranger's password cannot be planted.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.accounts import keys, passwords, people
from consult.accounts.models import Account, AccountState, KeyPurpose, LetterKey

WAITING = (AccountState.GUEST, AccountState.UNCONFIRMED)


def register(
    session: Session, address: str, name: str, hashed: str, *, locale: str, back: str = ""
) -> tuple[Account, str]:
    """Note what somebody wants to register; return the account and the secret for its letter.

    `address` and `name` have been checked and normalised, `hashed` is the password's hash, `back`
    is where the person wants to go afterwards. For an account that exists the secret is "" and
    nothing changes.
    """
    account = people.ensure_account(session, address, name, AccountState.UNCONFIRMED, locale)
    if account.state not in WAITING:
        return account, ""
    return account, _issue(session, account, name, hashed, back)


def _issue(session: Session, account: Account, name: str, hashed: str | None, back: str) -> str:
    return keys.issue(
        session,
        account,
        KeyPurpose.CONFIRM,
        keys.CONFIRMATION,
        back,
        display_name=name,
        password_hash=hashed,
    )


def latest(session: Session, account: Account | None) -> LetterKey | None:
    """Return the key of the latest registration with the account's address, expired or not."""
    number = account.id if account else 0
    return session.scalar(
        select(LetterKey)
        .where(LetterKey.account_id == number, LetterKey.purpose == KeyPurpose.CONFIRM)
        .order_by(LetterKey.id.desc())
        .limit(1)
    )


def renew(session: Session, key: LetterKey, back: str = "") -> str:
    """Return the secret for another letter about the same registration."""
    return _issue(session, key.account, key.display_name, key.password_hash, back or key.subject)


def contested(session: Session, key: LetterKey) -> bool:
    """Return whether another letter with another password is on its way to the same address."""
    others = select(LetterKey.id).where(
        LetterKey.account_id == key.account_id,
        LetterKey.purpose == KeyPurpose.CONFIRM,
        LetterKey.password_hash != key.password_hash,
        LetterKey.expires_at > clock.now(),
    )
    return session.scalar(others.limit(1)) is not None


def confirm(session: Session, secret: str, password: str = "") -> Account | None:
    """Make the account what the letter's registration asked for; None if the key is worthless.

    Also None where the confirmation is contested and `password` is not the one of this letter.
    """
    key = keys.peek(session, secret, KeyPurpose.CONFIRM)
    if key is None or key.account.state not in WAITING:
        return None
    if contested(session, key) and not passwords.verify(key.password_hash, password):
        return None
    key = keys.redeem(session, secret, KeyPurpose.CONFIRM)
    if key is None:
        return None
    account = key.account
    people.rename(account, key.display_name)
    account.password_hash = key.password_hash
    account.state = AccountState.ACTIVE
    keys.discard(session, account, KeyPurpose.CONFIRM, KeyPurpose.RESET)
    return account
