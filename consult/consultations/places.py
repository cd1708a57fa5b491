"""For which departments somebody may consult."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.accounts.models import SITE, Account, Department, Role

MAY_CREATE = (Role.OFFICIAL, Role.ADMINISTRATOR)


def departments_of(session: Session, account: Account) -> list[Department]:
    """Return the departments in whose name `account` may make a consultation, by name.

    All of them for officials and administrators of the whole site; else those where the person
    holds such a grant. A grant on one consultation gives none.
    """
    places = {grant.place for grant in account.grants if grant.role in MAY_CREATE}
    departments = session.scalars(select(Department).order_by(Department.name))
    return [d for d in departments if SITE in places or f"department:{d.id}" in places]
