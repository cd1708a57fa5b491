"""What administrators see: how the site is, people and their roles, departments."""

from typing import Any

from pyramid.httpexceptions import HTTPNotFound, HTTPSeeOther
from pyramid.view import view_config
from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from consult import clock
from consult.accounts import grants
from consult.accounts.admin_forms import ROLES, GrantForm
from consult.accounts.models import Account, AccountState, Department, Grant, Role
from consult.accounts.views.common import PAGES, to
from consult.accounts.views.paging import page
from consult.i18n import _, translate
from consult.outbox import Job, JobState, waiting
from consult.permissions import Permission
from consult.refusal import Refused
from consult.text import clean_line
from consult.web import Request, whole_number

MOST_DEAD_JOBS = 50
MOST_DEPARTMENTS = 500
MOST_LOOKALIKES = 10


@view_config(
    route_name="admin",
    request_method="GET",
    renderer=PAGES + "admin.jinja2",
    permission=Permission.ADMINISTER,
)
def overview(request: Request) -> dict[str, Any]:
    """Show how many there are of what, and the jobs that were given up."""
    session = request.db
    by_state = select(Account.state, func.count(Account.id)).group_by(Account.state)
    dead = select(Job).where(Job.state == JobState.DEAD).order_by(Job.id)
    return {
        "accounts": dict(session.execute(by_state).all()),
        "states": AccountState,
        "departments": session.scalar(select(func.count(Department.id))),
        "waiting": waiting(session),
        "dead": session.scalars(dead.limit(MOST_DEAD_JOBS)).all(),
    }


@view_config(route_name="admin", request_method="POST", permission=Permission.ADMINISTER)
def retry(request: Request) -> HTTPSeeOther:
    """Have a job that was given up tried again, as if it were new."""
    job = request.db.get(Job, whole_number(request.POST.get("job")) or 0)
    if job is None or job.state is not JobState.DEAD:
        return to(request, "admin", "job-gone")
    job.state, job.attempts, job.run_at = JobState.WAITING, 0, clock.now()
    return to(request, "admin", "job-retried")


@view_config(
    route_name="admin_accounts",
    request_method="GET",
    renderer=PAGES + "admin_accounts.jinja2",
    permission=Permission.ADMINISTER,
)
def accounts(request: Request) -> dict[str, Any]:
    """List accounts whose name or address begins as asked."""
    asked = clean_line(request.GET.get("q", ""))[:254]
    query = select(Account)
    if asked:
        query = query.where(
            or_(
                Account.display_name.istartswith(asked, autoescape=True),
                Account.email.startswith(asked.casefold(), autoescape=True),
            )
        )
    return {"page": page(request, request.db, query, Account.id), "asked": asked}


@view_config(
    route_name="admin_account",
    request_method="GET",
    renderer=PAGES + "admin_account.jinja2",
    permission=Permission.ADMINISTER,
)
def account(request: Request) -> dict[str, Any]:
    """Show one account with its roles, and the form for another role."""
    person = _person(request)
    return _account_page(request, person, GrantForm.of(request, _departments(request.db)))


def _person(request: Request) -> Account:
    person = request.db.get(Account, int(request.matchdict["id"]))
    if person is None:
        raise HTTPNotFound()
    return person


def _departments(session: Session) -> list[Department]:
    return list(
        session.scalars(select(Department).order_by(Department.name).limit(MOST_DEPARTMENTS))
    )


def _account_page(request: Request, person: Account, form: GrantForm) -> dict[str, Any]:
    lookalikes = select(Account).where(
        Account.name_skeleton == person.name_skeleton, Account.id != person.id
    )
    return {
        "form": form,
        "person": person,
        "grants": [
            (grant, translate(request, ROLES[grant.role]), _place_name(request, grant))
            for grant in person.grants
        ],
        "active": person.state is AccountState.ACTIVE,
        "lookalikes": request.db.scalars(
            lookalikes.order_by(Account.id).limit(MOST_LOOKALIKES)
        ).all(),
    }


def _place_name(request: Request, grant: Grant) -> str:
    kind, _colon, number = grant.place.partition(":")
    if kind == "department" and grant.department:
        return grant.department.name
    if kind == "consultation":
        return translate(request, _("Consultation ${number}", mapping={"number": number}))
    return translate(request, _("The whole site"))


@view_config(
    route_name="admin_account",
    request_method="POST",
    renderer=PAGES + "admin_account.jinja2",
    permission=Permission.ADMINISTER,
)
def change_roles(request: Request) -> Any:
    """Give the account a role, or take the one named in the field ``revoke``."""
    person = _person(request)
    form = GrantForm.of(request, _departments(request.db))
    try:
        if "revoke" in request.POST:
            return _revoke(request, person)
        if form.validate():
            return _give(request, person, form)
    except Refused as refused:
        form.refuse("place", refused.message)
    request.response.status_int = 422
    return _account_page(request, person, form)


def _give(request: Request, person: Account, form: GrantForm) -> HTTPSeeOther:
    session = request.db
    department = None
    if form["department"].data:
        department = grants.place_of(session, form["department"].data)[1]
    place = form["place"].data or ""
    grants.grant(session, person, Role(form["role"].data), place, department, by=request.identity)
    return to(request, "admin_account", "role-given", id=person.id)


def _revoke(request: Request, person: Account) -> HTTPSeeOther:
    number = whole_number(request.POST.get("revoke")) or 0
    for grant in person.grants:
        if grant.id == number:
            grants.revoke(request.db, grant, by=request.identity)
            break
    return to(request, "admin_account", "role-taken", id=person.id)
