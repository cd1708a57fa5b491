"""Forms that come from somebody who is not signed in any more, or who is somebody else by now.

A form says for whom it was made (`FOR`; the macro ``csrf`` writes it), for when a session has run
out its browser sends no cookie that could tell. What was made for one person is not acted on for
another: whoever sends it is told what has happened, with the words on the page, signs in there, and
is led back to the form with the words in it; see `layout.carrying`. This is looked at before the
thing that the address is about is found, so that it tells nobody what there is.

Programs send forms without saying for whom. What they may not do without a session then gets the
same page; if their cookie is of a session that has ended, also where there seems to be nothing.
"""

from typing import Any

from pyramid.config import Configurator
from pyramid.csrf import BadCSRFToken
from pyramid.events import BeforeTraversal
from pyramid.httpexceptions import HTTPForbidden, HTTPNotFound
from pyramid.i18n import TranslationString
from pyramid.renderers import render_to_response
from pyramid.response import Response

from consult.accounts.destinations import form_page, on_the_way
from consult.accounts.forms import SignInForm
from consult.accounts.models import Account
from consult.accounts.security import held_digest, me
from consult.i18n import _
from consult.layout import errors
from consult.layout.carrying import FIRST, FOR, Carried, carried, is_carried, is_sent
from consult.web import Request

SIGN_IN = "consult:accounts/templates/sign_in.jinja2"
GO_ON = "consult:accounts/templates/go_on.jinja2"


STALE = _("This page had been open for too long. Enter your password again.")


class HeldBack(Exception):
    """A form is not acted on before its sender has signed in, or has looked at it again."""


def hold_back(event: BeforeTraversal) -> None:
    """Raise HeldBack for a form made for somebody else, or whose sender wants to sign in first."""
    request: Request = event.request
    if request.method != "POST" or request.matched_route is None:
        return
    made_for = request.POST.get(FOR)
    if made_for is not None and made_for != str(request.authenticated_userid):
        raise HeldBack
    if FIRST in request.POST and request.authenticated_userid is None:
        raise HeldBack


def has_ended(request: Request) -> bool:
    """Say whether whoever sends something was signed in once and is not any more."""
    was = FOR in request.typed or held_digest(request)
    return request.authenticated_userid is None and bool(was)


@errors.telling_outages
def held_back(_error: Exception, request: Request) -> Response:
    """Have somebody sign in and go on, or look at the form again as who they are now."""
    account = me(request)
    if account is None:
        return sign_in_page(request, 401)
    return go_on_page(request, account, form_page(request), 401)


def sign_in_page(
    request: Request, status: int, sentence: TranslationString | None = None
) -> Response:
    """Return the page for signing in, with what was typed, which leads back to its form."""
    form = SignInForm(request)
    form["next"].data = form_page(request)
    if sentence is not None:
        form.refuse("email", sentence)
    facts = {"form": form, "kept": along(request), "ended": has_ended(request)}
    return _page(request, SIGN_IN, facts, status)


def along(request: Request) -> Carried:
    """Return what goes along: the form that was sent, or on the way in the one that led there."""
    return Carried() if on_the_way(request) and not is_carried(request) else carried(request)


def go_on_page(request: Request, account: Account, to: str, status: int) -> Response:
    """Return the page that says who is signed in now and leads to the form at `to`."""
    facts = {"account": account, "kept": carried(request), "to": to, "other": status != 200}
    return _page(request, GO_ON, facts, status)


def _page(request: Request, template: str, facts: dict[str, Any], status: int) -> Response:
    response = render_to_response(template, facts | {"filled_in": False}, request=request)
    response.status_int = status
    return response


@errors.telling_outages
def forbidden(error: HTTPForbidden, request: Request) -> Response:
    """Have a visitor who sent something sign in, and go on with it."""
    if request.authenticated_userid is not None or not is_sent(request):
        return errors.forbidden(error, request)
    if has_ended(request):
        return sign_in_page(request, 401)
    if not errors.hidden(error, request):
        return sign_in_page(request, 403 if request.filled_in is None else 401)
    return errors.forbidden(error, request)


@errors.telling_outages
def not_found(error: HTTPNotFound, request: Request) -> Response:
    """Answer as `forbidden` does, so that nobody learns which of the two it is."""
    if request.matched_route is not None and has_ended(request) and is_sent(request):
        return sign_in_page(request, 401)
    return errors.not_found(error, request)


@errors.telling_outages
def stale(error: BadCSRFToken, request: Request) -> Response:
    """The token of a session that has ended is lost too; the page for signing in gets a new one."""
    if request.authenticated_userid is None and request.matched_route.name == "sign_in":
        return sign_in_page(request, 419, STALE)
    if has_ended(request):
        return sign_in_page(request, 401)
    return errors.stale(error, request)


def includeme(config: Configurator) -> None:
    config.add_subscriber(hold_back, BeforeTraversal)
    config.add_exception_view(held_back, context=HeldBack)
    config.add_exception_view(stale, context=BadCSRFToken)
    config.add_forbidden_view(forbidden)
    config.add_notfound_view(not_found)
