"""Pages for what goes wrong: each says what happened and what one can do."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from limits.errors import StorageError
from pyramid.config import Configurator
from pyramid.csrf import BadCSRFOrigin
from pyramid.httpexceptions import HTTPException, HTTPForbidden, HTTPSeeOther
from pyramid.interfaces import IExceptionResponse
from pyramid.renderers import render_to_response
from pyramid.response import Response
from pyramid_retry import is_error_retryable
from sqlalchemy.exc import SQLAlchemyError

from consult.layout.carrying import carried
from consult.layout.places import page_of
from consult.outages import outage_of
from consult.permissions import Permission
from consult.rate_limits import TooManyRequests
from consult.web import OFFLINE, Request

log = logging.getLogger(__name__)

ExceptionView = Callable[[Any, Request], Response]

RETRY_AFTER = 10  # seconds
TEMPLATE = "consult:layout/templates/errors.jinja2"


def error_page(request: Request, status: int, **facts: Any) -> Response:
    """Return the page for `status`, with what was typed shown for copying."""
    facts.setdefault("kept", carried(request).text)
    facts |= {"status": status, "filled_in": False}
    response = render_to_response(TEMPLATE, facts, request=request)
    response.status_int = status
    return response


def telling_outages(view: ExceptionView) -> ExceptionView:
    """Return an exception view that tells of an outage it meets itself.

    All of them say on their page who is signed in, and nothing outside of them would catch it when
    that cannot be found out.
    """

    @wraps(view)
    def wrapped(error: Any, request: Request) -> Response:
        try:
            return view(error, request)
        except SQLAlchemyError as met:
            if request.environ.get(OFFLINE) or is_error_retryable(request, met):
                raise
            return outage(met, request)

    return wrapped


@telling_outages
def http_error(error: HTTPException, request: Request) -> Response:
    """Show a refusal that a view or Pyramid itself raised."""
    if error.status_int < 400:
        return error
    response = error_page(request, error.status_int)
    for name in ("Allow", "Retry-After"):
        if name in error.headers:
            response.headers[name] = error.headers[name]
    return response


@telling_outages
def forbidden(error: HTTPForbidden, request: Request) -> Response:
    """Send a visitor to sign in; tell everybody else no, or that there is nothing to see."""
    if hidden(error, request):
        return error_page(request, 404)
    if request.identity is None and request.method in ("GET", "HEAD"):
        return HTTPSeeOther(request.route_path("sign_in", _query={"next": request.path_qs}))
    return error_page(request, 403)


def hidden(error: HTTPForbidden, request: Request) -> bool:
    """Return whether it must not be told that there is something to see.

    Whoever may not read a thing is told that it does not exist: "forbidden" would say that it does.
    """
    permission = getattr(error.result, "permission", None)
    unreadable = permission == Permission.READ or not request.has_permission(
        Permission.READ, request.context
    )
    return getattr(request.context, "__parent__", None) is not None and unreadable


@telling_outages
def stale(_error: Exception, request: Request) -> Response:
    """Explain a form without a valid token, and lead back to it with what was typed."""
    return error_page(request, 419, carried=carried(request), to=page_of(request))


@telling_outages
def foreign(_error: Exception, request: Request) -> Response:
    """Explain a form from another site; its words are not the reader's and lead nowhere."""
    return error_page(request, 419)


@telling_outages
def too_many(error: TooManyRequests, request: Request) -> Response:
    """Say when to try again."""
    response = error_page(request, 429, retry_after=error.seconds, way=error.way)
    response.headers["Retry-After"] = str(error.seconds)
    return response


@telling_outages
def fault(error: Exception, request: Request) -> Response:
    """Record a fault of ours, and say so without its details."""
    if is_error_retryable(request, error):
        raise error
    log.exception("a fault at %s %s", request.method, request.path)
    return error_page(request, 500)


def outage(error: Exception, request: Request) -> Response:
    """Say what is out of reach or full, and what has become of what was sent."""
    what = outage_of(error)
    if what is None or is_error_retryable(request, error) or request.environ.get(OFFLINE):
        return fault(error, request)
    # The words of a statement's error hold what people wrote.
    log.error("%s outage at %s: %s", what, request.path, getattr(error, "orig", None) or error)
    request.environ[OFFLINE] = True
    response = error_page(request, 503, outage=what.value, sent=request.method == "POST")
    response.headers["Retry-After"] = str(RETRY_AFTER)
    return response


@telling_outages
def not_found(_error: Exception, request: Request) -> Response:
    """Show that there is nothing here."""
    return error_page(request, 404)


def includeme(config: Configurator) -> None:
    # What a session that has ended has to do with, `accounts.ended` registers around ours.
    config.add_exception_view(fault, context=Exception)
    config.add_exception_view(http_error, context=IExceptionResponse)
    config.add_exception_view(too_many, context=TooManyRequests)
    config.add_exception_view(foreign, context=BadCSRFOrigin)
    for context in (SQLAlchemyError, OSError, StorageError):
        config.add_exception_view(outage, context=context)
