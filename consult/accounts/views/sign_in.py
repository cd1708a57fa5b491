"""Signing in and out."""

from typing import Any

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.response import Response
from pyramid.view import view_config

from consult.accounts import attempts, registering
from consult.accounts.destinations import destination
from consult.accounts.ended import along, go_on_page
from consult.accounts.events import ConfirmationWanted
from consult.accounts.forms import SignInForm
from consult.accounts.models import Account
from consult.accounts.security import begin_session, end_session
from consult.accounts.signing_in import recognise
from consult.accounts.views.common import PAGES, go_back, page_of_sign_in, to
from consult.i18n import _
from consult.permissions import Permission
from consult.web import Request

CONFIRM_FIRST = _(
    "Your password is right, but your address is not confirmed yet. We have sent you another letter: "
    "open the link in it, then come back to this page and sign in once more."
)


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
    return _page(request, SignInForm(request, next=request.GET.get("next")))


def _page(request: Request, form: SignInForm) -> dict[str, Any]:
    return {"form": form, "kept": along(request), "ended": False}


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
            return _welcome(request, account, form)
        form.refuse(
            "email", _("E-mail address or password are not right. Check both, and try again.")
        )
    request.response.status_int = 422
    return _page(request, form)


def _welcome(request: Request, account: Account, form: SignInForm) -> dict[str, Any] | Response:
    back, kept = form["next"].data, along(request)
    if account.state not in registering.WAITING:
        begin_session(request, account)
        to = destination(request, back)
        return go_on_page(request, account, to, 200) if kept.fields else go_back(request, back)
    attempts.letter(request, account.email)
    key = registering.latest(request.db, account)
    if key is not None:
        secret = registering.renew(request.db, key, back)
        request.registry.notify(ConfirmationWanted(account, key.display_name, secret))
    if not kept.fields:
        return page_of_sign_in(request, "confirm-first", back)
    # The page that holds the words stays; the letter goes out, which it would not with a 422.
    form.refuse("email", CONFIRM_FIRST)
    return _page(request, form)


@view_config(route_name="sign_out", request_method="POST", permission=Permission.BROWSE)
def sign_out(request: Request) -> HTTPSeeOther:
    """Sign this device out; whoever was signed out already gets the same answer."""
    end_session(request)
    return to(request, "home", "signed-out")
