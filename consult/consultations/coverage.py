"""Which consultations somebody's roles reach, and which of them somebody may read."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, and_, false, or_, true

from consult.accounts.models import SITE, Account, Role
from consult.consultations.models import Consultation
from consult.consultations.phases import CITIZEN, VISITOR, Audience, Phase, may
from consult.permissions import Permission


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


def stands_at(phases: Collection[Phase], moment: datetime) -> ColumnElement[bool]:
    """Return the condition on Consultation that it stands in one of `phases` at `moment`.

    It says in SQL what `Consultation.phase_at` says of one consultation.
    """
    stored, opens, closes = Consultation.phase, Consultation.opens_at, Consultation.closes_at
    opened = or_(stored == Phase.OPEN, and_(stored == Phase.SCHEDULED, opens <= moment))
    by_clock = {
        Phase.SCHEDULED: and_(stored == Phase.SCHEDULED, or_(opens.is_(None), opens > moment)),
        Phase.OPEN: and_(opened, or_(closes.is_(None), closes > moment)),
        Phase.CLOSED: or_(stored == Phase.CLOSED, and_(opened, closes <= moment)),
    }
    return or_(false(), *(by_clock.get(phase, stored == phase) for phase in phases))


def readable(
    account: Account | None, permission: Permission, moment: datetime
) -> ColumnElement[bool]:
    """Return the condition on Consultation that `account` has `permission` there at `moment`.

    It says in SQL what `Consultation.__acl__` says of one consultation, for READ and READ_TEXT, so
    that lists ask for the right before they are cut into pages and counted.
    """
    allowed = []
    for phase in Phase:
        reached = _reached(account, permission, phase)
        allowed.append(and_(stands_at([phase], moment), or_(false(), *reached)))
    return or_(*allowed)


def _reached(
    account: Account | None, permission: Permission, phase: Phase
) -> list[ColumnElement[bool]]:
    for_citizens = permission in may(phase, CITIZEN)
    for_all = permission in may(phase, VISITOR) or (account is not None and for_citizens)
    reached = [Consultation.audience == Audience.PUBLIC] if for_all else []
    if account is not None and account.grants:
        if for_citizens:
            reached.append(Consultation.audience == Audience.OFFICIALS)
        reached.append(covered_by(account, [r for r in Role if permission in may(phase, r)]))
    return reached
