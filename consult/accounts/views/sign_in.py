"""Signing in and out."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from consult.accounts import attempts, registering
from consult.accounts.events import ConfirmationWanted
from consult.accounts.forms import SignInForm
from consult.accounts.models import Account
from consult.accounts.security import begin_session, end_session
from consult.accounts.signing_in import recognise
from consult.accounts.views.common import PAGES, go_back, page_of_sign_in, to
from consult.i18n import _
from consult.permissions import Permission
from consult.web import Request


@view_config(
    route_name="sign_in",
    request_method="GET",
    renderer=PAGES + "sign_in.jinja2",
    permission=Permission.BROWSE,
)
def show(request: Request) -> Any:
    """Show the form, or go on for somebody who is signed in."""
    if request.identity is not None:
        return go_back(request, request.GET.get("next"))
    return {"form": SignInForm(request, next=request.GET.get("next"))}


@view_config(
    route_name="sign_in",
    request_method="POST",
    renderer=PAGES + "sign_in.jinja2",
    permission=Permission.BROWSE,
)
def sign_in(request: Request) -> Any:
    """Sign somebody in; what is wrong is not said, so that nobody learns who has an account."""
    form = SignInForm(request)
    if form.validate():
        attempts.signing_in(request, form["email"].data)
        account = recognise(request.db, form["email"].data, form["password"].data)
        if account is not None:
            attempts.signed_in(request, form["email"].data)
            return _welcome(request, account, form["next"].data)
        form.refuse(
            "email", _("E-mail address or password are not right. Check both, and try again.")
        )
    request.response.status_int = 422
    return {"form": form}


def _welcome(request: Request, account: Account, back: str) -> HTTPSeeOther:
    if account.state not in registering.WAITING:
        begin_session(request, account)
        return go_back(request, back)
    attempts.letter(request, account.email)
    key = registering.latest(request.db, account)
    if key is not None:
        secret = registering.renew(request.db, key, back)
        request.registry.notify(ConfirmationWanted(account, key.display_name, secret))
    return page_of_sign_in(request, "confirm-first", back)


@view_config(route_name="sign_out", request_method="POST", permission=Permission.BROWSE)
def sign_out(request: Request) -> HTTPSeeOther:
    """Sign this device out; whoever was signed out already gets the same answer."""
    end_session(request)
    return to(request, "home", "signed-out")
