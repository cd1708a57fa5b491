"""One's own account: name, language, devices, the way out."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config
from sqlalchemy import delete, select

from consult.accounts import changing, people
from consult.accounts.events import AccountClosed
from consult.accounts.forms import CloseForm, ProfileForm
from consult.accounts.models import Account, LoginSession
from consult.accounts.security import end_all_sessions, end_session, held_digest
from consult.accounts.views.common import PAGES, to
from consult.accounts.views.passwords import prove
from consult.accounts.views.register import checked_name
from consult.permissions import Permission
from consult.refusal import Refused
from consult.web import Request, whole_number

MOST_DEVICES = 50


@view_config(
    route_name="account",
    request_method="GET",
    renderer=PAGES + "account.jinja2",
    permission=Permission.HOLD_ACCOUNT,
)
def show(request: Request) -> dict[str, Any]:
    """Show what the site keeps of the person, and what they can change."""
    return _page(request, ProfileForm.of(request))


def _page(request: Request, form: ProfileForm) -> dict[str, Any]:
    account: Account = request.identity
    devices = request.db.scalars(
        select(LoginSession)
        .where(LoginSession.account_id == account.id)
        .order_by(LoginSession.seen_at.desc(), LoginSession.id.desc())
        .limit(MOST_DEVICES)
    )
    return {
        "form": form,
        "account": account,
        "devices": devices.all(),
        "here": held_digest(request),
    }


@view_config(
    route_name="account",
    request_method="POST",
    renderer=PAGES + "account.jinja2",
    permission=Permission.HOLD_ACCOUNT,
)
def change(request: Request) -> Any:
    """Change name and language."""
    account: Account = request.identity
    form = ProfileForm.of(request)
    name = account.display_name
    if form.validate() and form["name"].data != name:
        name = checked_name(request, form, own=account)
    if form.errors:
        request.response.status_int = 422
        return _page(request, form)
    people.rename(account, name)
    if "locale" in form:
        account.locale = form["locale"].data
    return to(request, "account", "profile-changed")


@view_config(
    route_name="account_session", request_method="POST", permission=Permission.HOLD_ACCOUNT
)
def sign_out_device(request: Request) -> HTTPSeeOther:
    """Sign out one device, or all others."""
    account: Account = request.identity
    asked = request.POST.get("session")
    if asked == "others":
        end_all_sessions(request.db, account, but=held_digest(request))
    else:
        request.db.execute(
            delete(LoginSession).where(
                LoginSession.id == (whole_number(asked) or 0), LoginSession.account_id == account.id
            )
        )
    return to(request, "account", "device-signed-out")


@view_config(
    route_name="account_close",
    request_method="GET",
    renderer=PAGES + "account_close.jinja2",
    permission=Permission.HOLD_ACCOUNT,
)
def ask_close(request: Request) -> dict[str, Any]:
    """Say what closing means, and ask for the password."""
    return {"form": CloseForm(request)}


@view_config(
    route_name="account_close",
    request_method="POST",
    renderer=PAGES + "account_close.jinja2",
    permission=Permission.HOLD_ACCOUNT,
)
def close(request: Request) -> Any:
    """Close the account for good."""
    account: Account = request.identity
    email = account.email
    form = CloseForm(request)
    if form.validate():
        prove(request, account, form, "password")
    if not form.errors:
        try:
            changing.close(request.db, account)
        except Refused as refused:
            form.refuse("password", refused.message)
    if form.errors:
        request.response.status_int = 422
        return {"form": form}
    end_session(request)
    request.registry.notify(AccountClosed(account, email))
    return to(request, "home", "account-closed")
