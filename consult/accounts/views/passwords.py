"""Passwords forgotten and changed."""

from typing import Any

from pyramid.view import view_config

from consult.accounts import asking, attempts, changing, devices, keys, passwords
from consult.accounts.events import PasswordChanged
from consult.accounts.forms import ChangePasswordForm, EmailForm, NewPasswordForm
from consult.accounts.models import Account, KeyPurpose
from consult.accounts.security import held_digest
from consult.accounts.views.common import PAGES, gone, page_of_sign_in, to
from consult.i18n import _
from consult.permissions import Permission
from consult.rate_limits import Act, forgive, limit
from consult.web import Request


@view_config(
    route_name="forgotten",
    request_method="GET",
    renderer=PAGES + "forgotten.jinja2",
    permission=Permission.BROWSE,
)
def ask_address(request: Request) -> dict[str, Any]:
    """Show the form."""
    return {"form": EmailForm(request, next=request.GET.get("next"))}


@view_config(
    route_name="forgotten",
    request_method="POST",
    renderer=PAGES + "forgotten.jinja2",
    permission=Permission.BROWSE,
)
def forgotten(request: Request) -> Any:
    """Have a letter sent if the address is known; what is done here is the same if not."""
    form = EmailForm(request)
    if not form.validate():
        request.response.status_int = 422
        return {"form": form}
    attempts.reset_letter(request, form["email"].data)
    back = form["next"].data
    asking.ask_for_reset(request.db, form["email"].data, back)
    return page_of_sign_in(request, "reset-sent", back)


@view_config(
    route_name="reset",
    request_method="GET",
    renderer=PAGES + "reset.jinja2",
    permission=Permission.BROWSE,
)
def ask_new(request: Request) -> Any:
    """Show the form for a new password."""
    if keys.peek(request.db, request.matchdict["key"], KeyPurpose.RESET) is None:
        return gone(request, "reset")
    return {"form": NewPasswordForm(request)}


@view_config(
    route_name="reset",
    request_method="POST",
    renderer=PAGES + "reset.jinja2",
    permission=Permission.BROWSE,
)
def reset(request: Request) -> Any:
    """Set the new password and sign the account out everywhere."""
    secret = request.matchdict["key"]
    key = keys.peek(request.db, secret, KeyPurpose.RESET)
    if key is None:
        return gone(request, "reset")
    form = NewPasswordForm(request)
    form.about = _facts(key.account)
    if not form.validate():
        request.response.status_int = 422
        return {"form": form}
    back = key.subject
    account = changing.reset(request.db, secret, form["password"].data)
    if account is None:
        return gone(request, "reset")
    attempts.reset_done(request, account)
    # Whoever reads the mailbox is the owner, and signs in next, whatever strangers try meanwhile.
    devices.remember(request, account)
    request.registry.notify(PasswordChanged(account))
    return page_of_sign_in(request, "password-reset", back)


@view_config(
    route_name="account_password",
    request_method="GET",
    renderer=PAGES + "account_password.jinja2",
    permission=Permission.HOLD_ACCOUNT,
)
def ask_change(request: Request) -> dict[str, Any]:
    """Show the form."""
    return {"form": ChangePasswordForm(request)}


@view_config(
    route_name="account_password",
    request_method="POST",
    renderer=PAGES + "account_password.jinja2",
    permission=Permission.HOLD_ACCOUNT,
)
def change(request: Request) -> Any:
    """Change the password of somebody who knows it, and sign out all other devices."""
    account: Account = request.identity
    form = ChangePasswordForm(request)
    form.about = _facts(account)
    if form.validate():
        prove(request, account, form, "current")
    if form.errors:
        request.response.status_int = 422
        return {"form": form}
    changing.change_password(request.db, account, form["password"].data, here=held_digest(request))
    request.registry.notify(PasswordChanged(account))
    return to(request, "account", "password-changed")


def prove(request: Request, account: Account, form: Any, field: str) -> None:
    """Put an error on `field` unless it holds the account's password.

    Counted: a device left open must not be the place to guess it. By the device, so that neither
    strangers who try to sign in nor somebody at another device use it up.
    """
    here = held_digest(request)
    limit(request, Act.PROVE, here)
    if passwords.verify(account.password_hash, form[field].data):
        forgive(request, Act.PROVE, here)
    else:
        form.refuse(field, _("This is not your password."))


def _facts(account: Account) -> tuple[str, ...]:
    return (account.email, account.display_name)
