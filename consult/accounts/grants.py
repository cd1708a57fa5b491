"""Roles: given, taken away, and said beside a name."""

import re

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult import audit
from consult.accounts.models import SITE, Account, AccountState, Department, Grant, Role
from consult.i18n import _
from consult.refusal import Refused

_PLACE = re.compile(r"site|department:[1-9][0-9]{0,8}|consultation:[1-9][0-9]{0,8}")

# Those whose words are the government's.
SPEAKING = (Role.OFFICIAL, Role.SIGNATORY)


def place_of(session: Session, text: str) -> tuple[str, Department | None]:
    """Return a grant's place as it is stored, and the department if it is one.

    `text` is "site", "department:" with id or slug, or "consultation:" with the id; consultations
    live on a floor above, so whether that one exists is the caller's to know. Raises Refused.
    """
    kind, _colon, name = text.partition(":")
    if kind == "department":
        by_id = Department.id == int(name) if _PLACE.fullmatch(text) else Department.slug == name
        department = session.scalar(select(Department).where(by_id))
        if department is None:
            raise Refused(_("There is no department “${name}”.", mapping={"name": name}))
        return f"department:{department.id}", department
    if not _PLACE.fullmatch(text):
        raise Refused(_("Choose where the role is to hold: on the whole site or in a department."))
    return text, None


def grant(
    session: Session,
    account: Account,
    role: Role,
    place: str = SITE,
    department: Department | None = None,
    *,
    by: Account | None = None,
) -> Grant:
    """Give `account` a role at a place (see `place_of`) and log it; given twice it is there once.

    `department` is what an official's name carries; at a department it is that one. `by` is who
    gives the role, None for the command line. Raises Refused for an account that is not active.
    """
    place, there = place_of(session, place)
    department = there or department
    if account.state is not AccountState.ACTIVE:
        raise Refused(_("Only somebody whose address is confirmed can be given a role."))
    for held in account.grants:
        if (held.role, held.place) == (role, place):
            held.department = department or held.department
            session.flush()
            return held
    given = Grant(role=role, place=place, department=department)
    account.grants.append(given)
    session.flush()
    _log(session, "give role", given, by)
    return given


def revoke(session: Session, given: Grant, *, by: Account | None = None) -> None:
    """Take a role away and log it. Raises Refused for the site's last administrator."""
    if (given.role, given.place) == (Role.ADMINISTRATOR, SITE):
        administrators = select(func.count(Grant.id)).where(
            Grant.role == Role.ADMINISTRATOR, Grant.place == SITE
        )
        if session.scalar(administrators) == 1:
            raise Refused(_("This is the site's only administrator. Make somebody else one first."))
    _log(session, "take role", given, by)
    given.account.grants.remove(given)
    session.flush()


def _log(session: Session, act: str, given: Grant, by: Account | None) -> None:
    audit.append(
        session,
        by.id if by else None,
        act,
        f"account:{given.account.id}",
        role=given.role.value,
        place=given.place,
        department=given.department.id if given.department else None,
    )


def byline(account: Account, department_id: int, consultation_id: int) -> tuple[str, str]:
    """Return role and department with which `account` speaks in a consultation of a department.

    ("", "") for everybody who does not speak for the government there. The department is "" where
    the grant names none: then it is the consultation's own. The grant nearest to the consultation
    counts, so that somebody who helps out elsewhere speaks for that department there.
    """
    for place in (f"consultation:{consultation_id}", f"department:{department_id}", SITE):
        for role in SPEAKING:
            for given in account.grants:
                if (given.role, given.place) == (role, place):
                    return role.value, given.department.name if given.department else ""
    return "", ""
