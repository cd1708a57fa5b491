"""Choosing which letters one wants."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.accounts.models import Account
from consult.notifications.kinds import CHOICES, LetterKind
from consult.notifications.models import MutedLetter


def is_muted(session: Session, account: Account, kind: LetterKind) -> bool:
    """Return whether `account` does not want letters of `kind`; of an essential kind it gets all."""
    return kind in CHOICES and session.get(MutedLetter, (account.id, kind.value)) is not None


def mute(session: Session, account: Account, kind: LetterKind) -> None:
    """Send `account` no more letters of `kind`, which must not be essential."""
    if kind not in CHOICES:
        raise ValueError(f"letters of the kind {kind} are essential")
    if not is_muted(session, account, kind):
        session.add(MutedLetter(account_id=account.id, kind=kind.value))
        session.flush()


def unmute(session: Session, account: Account, kind: LetterKind) -> None:
    """Send `account` letters of `kind` again."""
    found = session.get(MutedLetter, (account.id, kind.value))
    if found is not None:
        session.delete(found)
        session.flush()


def wanted(session: Session, account: Account) -> list[LetterKind]:
    """Return the kinds that `account` gets and could do without."""
    muted = set(
        session.scalars(select(MutedLetter.kind).where(MutedLetter.account_id == account.id))
    )
    return [kind for kind in CHOICES if kind.value not in muted]


def choose(session: Session, account: Account, kinds: Collection[str]) -> None:
    """Send `account` letters of these kinds, and of the other ones that are not essential none."""
    for kind in CHOICES:
        (unmute if kind.value in kinds else mute)(session, account, kind)
