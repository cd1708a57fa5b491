"""What happened to people's accounts, for those who write the letters.

Sent in the transaction of what happened, by views and by the worker;
`object_session(event.account)` is its session. A `secret` goes into the letter's link and nowhere
else.
"""

from dataclasses import dataclass

from consult.accounts.models import Account


@dataclass(frozen=True)
class ConfirmationWanted:
    """Somebody registered with this address under `name`; the link is the route ``confirm``."""

    account: Account
    name: str
    secret: str


@dataclass(frozen=True)
class RegistrationRepeated:
    """Somebody tried to register with the address of an account that exists."""

    account: Account


@dataclass(frozen=True)
class ResetWanted:
    """Somebody forgot the password; the link is the route ``reset``."""

    account: Account
    secret: str


@dataclass(frozen=True)
class PasswordChanged:
    """The account has another password, and all other devices are signed out."""

    account: Account


@dataclass(frozen=True)
class AccountClosed:
    """The account was closed; `email` is the address it had, for one last letter."""

    account: Account
    email: str
