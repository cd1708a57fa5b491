"""What somebody asked for with an address that anybody can type, done by the worker.

The page only notes that it was asked, in the same way whoever has the address, and answers. Whether
there is an account, and what follows from that, is found out here, where nobody can watch the time.
"""

from collections.abc import Sequence

from pyramid.registry import Registry
from sqlalchemy.orm import Session

from consult.accounts import changing, passwords, registering
from consult.accounts.events import ConfirmationWanted, RegistrationRepeated, ResetWanted
from consult.db import session_scope
from consult.outbox import Payload, promise

REGISTER = "register"
RESET = "reset password"


def ask_to_register(
    session: Session, address: str, name: str, password: str, *, locale: str, back: str
) -> None:
    """Note that somebody registers; `address` and `name` have been checked and normalised."""
    hashed = passwords.hash_password(password)
    promise(session, REGISTER, address=address, name=name, hashed=hashed, locale=locale, back=back)


def ask_for_reset(session: Session, email: str, back: str) -> None:
    """Note that somebody forgot the password of an address, and where to go afterwards."""
    promise(session, RESET, email=email, back=back)


def keep_registrations(registry: Registry, payloads: Sequence[Payload]) -> None:
    """Have the letter written that a registration wants: to confirm it, or that there is an account."""
    for asked in payloads:
        with session_scope(registry["sessions"]) as session:
            account, secret = registering.register(session, **asked)
            registry.notify(
                ConfirmationWanted(account, asked["name"], secret)
                if secret
                else RegistrationRepeated(account)
            )


def keep_resets(registry: Registry, payloads: Sequence[Payload]) -> None:
    """Have the letter with a link to a new password written, if somebody has the address."""
    for asked in payloads:
        with session_scope(registry["sessions"]) as session:
            found = changing.issue_reset(session, asked["email"], asked["back"])
            if found is not None:
                registry.notify(ResetWanted(*found))
