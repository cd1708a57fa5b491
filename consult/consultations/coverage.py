"""Which consultations somebody's roles reach."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, false, or_, true

from consult.accounts.models import SITE, Account, Role
from consult.consultations.models import Consultation


def covered_by(account: Account, roles: Collection[Role] = tuple(Role)) -> ColumnElement[bool]:
    """Return the condition on Consultation that `account` holds one of `roles` there.

    It says in SQL what `Consultation.principals` says of one consultation.
    """
    places = {grant.place for grant in account.grants if grant.role in roles}
    if SITE in places:
        return true()
    departments, consultations = _ids(places, "department"), _ids(places, "consultation")
    if not departments and not consultations:
        return false()
    return or_(Consultation.department_id.in_(departments), Consultation.id.in_(consultations))


def _ids(places: Collection[str], kind: str) -> list[int]:
    return [
        int(place.partition(":")[2]) for place in sorted(places) if place.startswith(f"{kind}:")
    ]
