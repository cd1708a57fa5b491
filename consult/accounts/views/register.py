"""Registering, and the letter's link."""

from typing import Any

from pyramid.view import view_config

from consult.accounts import addresses, asking, attempts, keys, names, registering
from consult.accounts.forms import ConfirmForm, RegisterForm
from consult.accounts.models import Account, KeyPurpose
from consult.accounts.security import begin_session
from consult.accounts.views.common import PAGES, go_back, gone, page_of_sign_in
from consult.i18n import _
from consult.permissions import Permission
from consult.rate_limits import Act, limit
from consult.refusal import Refused
from consult.web import Request


@view_config(
    route_name="register",
    request_method="GET",
    renderer=PAGES + "register.jinja2",
    permission=Permission.BROWSE,
)
def show(request: Request) -> Any:
    """Show the form."""
    if request.identity is not None:
        return go_back(request, request.GET.get("next"))
    return {"form": RegisterForm(request, next=request.GET.get("next"))}


@view_config(
    route_name="register",
    request_method="POST",
    renderer=PAGES + "register.jinja2",
    permission=Permission.BROWSE,
)
def register(request: Request) -> Any:
    """Send a letter to the address; the answer is the same whoever has it already."""
    form = RegisterForm(request)
    form.validate()
    name = checked_name(request, form)
    if form.errors:
        request.response.status_int = 422
        return {"form": form}
    limit(request, Act.REGISTER)
    address = addresses.normalise(form["email"].data)
    attempts.letter(request, address)
    back = form["next"].data
    asking.ask_to_register(
        request.db, address, name, form["password"].data, locale=request.locale_name, back=back
    )
    return page_of_sign_in(request, "letter-sent", back)


def checked_name(request: Request, form: Any, own: Account | None = None) -> str:
    """Return the form's name if it may be used; otherwise put the reason on the form."""
    if form["name"].errors:
        return ""
    try:
        return names.check(
            request.db, form["name"].data, site_name=request.consult.site_name, own=own
        )
    except Refused as refused:
        form.refuse("name", refused.message)
        return ""


@view_config(
    route_name="confirm",
    request_method="GET",
    renderer=PAGES + "confirm.jinja2",
    permission=Permission.BROWSE,
)
def ask(request: Request) -> Any:
    """Show the button: programs that check letters follow links, but press no buttons."""
    key = keys.peek(request.db, request.matchdict["key"], KeyPurpose.CONFIRM)
    if key is None:
        return gone(request, "confirm")
    contested = registering.contested(request.db, key)
    return {"form": ConfirmForm(request), "key": key, "contested": contested}


@view_config(
    route_name="confirm",
    request_method="POST",
    renderer=PAGES + "confirm.jinja2",
    permission=Permission.BROWSE,
)
def confirm(request: Request) -> Any:
    """Make the account the person's and sign in."""
    secret = request.matchdict["key"]
    key = keys.peek(request.db, secret, KeyPurpose.CONFIRM)
    if key is None:
        return gone(request, "confirm")
    form = ConfirmForm(request)
    contested, back = registering.contested(request.db, key), key.subject
    if contested:
        # By the letter, which only its reader has, and not by the address, which anybody can try.
        limit(request, Act.CONFIRM, key.digest)
    account = registering.confirm(request.db, secret, form["password"].data or "")
    if account is None and not contested:
        return gone(request, "confirm")
    if account is None:
        form.refuse("password", _("This is not the password that came with this registration."))
        request.response.status_int = 422
        return {"form": form, "key": key, "contested": contested}
    begin_session(request, account)
    return go_back(request, back, notice="confirmed")
