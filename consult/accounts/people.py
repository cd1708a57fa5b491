"""Accounts and departments as an operator makes them, and guests as their comments make them."""

import re
import unicodedata
from itertools import chain, count

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult import clock
from consult.accounts import addresses, names, passwords
from consult.accounts.grants import byline, grant, revoke
from consult.accounts.models import Account, AccountState, Department
from consult.accounts.resembling import kept_skeleton
from consult.accounts.skeletons import skeleton
from consult.db import insert_unless_there
from consult.i18n import _
from consult.refusal import Refused
from consult.text import clean_line

__all__ = [
    "Refused",
    "byline",
    "create_account",
    "create_department",
    "ensure_account",
    "find_account",
    "find_department",
    "grant",
    "guest",
    "rename",
    "rename_department",
    "revoke",
]

LONGEST_DEPARTMENT = 120


def find_account(session: Session, email: str) -> Account | None:
    """Return the account with this address, however it is written; None too where it is none."""
    try:
        address = addresses.normalise(email)
    except Refused:
        return None
    return session.scalar(select(Account).where(Account.email == address))


def create_account(
    session: Session,
    email: str,
    name: str,
    password: str | None = None,
    state: AccountState = AccountState.ACTIVE,
) -> Account:
    """Make the account with this address, or bring it up to date with what is given.

    For operators, who may choose a name that people cannot give themselves. Raises Refused for an
    address, name or password without the right shape.
    """
    account = find_account(session, email)
    if account is None:
        account = Account(email=addresses.normalise(email), created_at=clock.now())
        session.add(account)
    rename(account, names.tidy(name))
    account.state = state
    if password is not None:
        passwords.check(password)
        account.password_hash = passwords.hash_password(password)
    session.flush()
    return account


def guest(session: Session, email: str, name: str, *, locale: str = "en") -> Account:
    """Return the account of this address, which anybody may have typed; a new one is a GUEST's.

    The account of a registered address is returned as it is, whatever `name` says: nothing may be
    done in its name before a letter to the address is answered. `name` must have passed
    `names.check`. Raises Refused if the address is none.
    """
    address = addresses.normalise(email)
    return ensure_account(session, address, name, AccountState.GUEST, locale)


def ensure_account(
    session: Session, address: str, name: str, state: AccountState, locale: str
) -> Account:
    """Return the account of a normalised address, made with these values if there was none.

    The database is asked the same in both cases, so that the time does not tell them apart.
    """
    insert_unless_there(
        session,
        Account,
        "email",
        email=address,
        display_name=name,
        name_skeleton=kept_skeleton(name),
        state=state,
        locale=locale,
        created_at=clock.now(),
    )
    return session.scalars(select(Account).where(Account.email == address)).one()


def rename(account: Account, name: str) -> None:
    """Give `account` a name that has been checked."""
    account.display_name = name
    account.name_skeleton = kept_skeleton(name)


def find_department(session: Session, name: str) -> Department | None:
    """Return the department with this name or slug."""
    return session.scalar(
        select(Department).where((Department.name == clean_line(name)) | (Department.slug == name))
    )


def create_department(session: Session, name: str, slug: str = "") -> Department:
    """Make a department; without `slug` one is made of the name.

    Raises Refused if the name is empty or too long, or looks like another department's, or if the
    slug is taken.
    """
    name = _department_name(session, name)
    slug = slug or _free_slug(session, name)
    if session.scalar(select(Department.id).where(Department.slug == slug)) is not None:
        raise Refused(
            _("Another department already has the slug “${slug}”.", mapping={"slug": slug})
        )
    department = Department(name=name, slug=slug)
    session.add(department)
    session.flush()
    return department


def rename_department(session: Session, department: Department, name: str) -> None:
    """Give a department another name; its slug stays. Raises Refused as `create_department` does."""
    department.name = _department_name(session, name, own=department.id)
    session.flush()


def _department_name(session: Session, typed: str, own: int = 0) -> str:
    name = clean_line(typed)
    if not skeleton(name) or len(name) > LONGEST_DEPARTMENT:
        raise Refused(
            _(
                "The name of a department has between 1 and ${longest} characters.",
                mapping={"longest": LONGEST_DEPARTMENT},
            )
        )
    for department in session.scalars(select(Department).where(Department.id != own)):
        if skeleton(department.name) == skeleton(name):
            raise Refused(
                _(
                    "This looks the same as the department “${name}”.",
                    mapping={"name": department.name},
                )
            )
    return name


def _free_slug(session: Session, name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:50].strip("-") or "department"
    alike = Department.slug.startswith(stem, autoescape=True)
    taken = set(session.scalars(select(Department.slug).where(alike)))
    numbered = (f"{stem}-{number}" for number in count(2))
    return next(slug for slug in chain([stem], numbered) if slug not in taken)
