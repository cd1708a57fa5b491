"""Requests that are not well formed are refused before anything looks at them."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from pyramid.registry import Registry
from pyramid.response import Response
from webob.cookies import RequestCookies

from consult.db import SAFE_METHODS
from consult.outages import outage_of
from consult.web import Request

NO_ROOM = "This site has run out of space; nothing was stored. Try again later.\n"
REFUSAL = "This request cannot be understood: its address or its form is not well formed.\n"


def wellformed_tween(
    handler: Callable[[Request], Response], _registry: Registry
) -> Callable[[Request], Response]:
    """Refuse addresses and forms that are not UTF-8, hold a NUL, or break off in the middle.

    PostgreSQL cannot store a NUL and no person types one, so it is refused here in addresses once
    and for all; forms have theirs cleaned away. Whatever else is read only later, by Pyramid or
    while the answer is sent, is read here too, where it can still be refused.
    """

    def tween(request: Request) -> Response:
        try:
            if not _wellformed(request):
                return refused()
            _drop_bad_cookies(request)
            return handler(request)
        except OSError as error:
            if outage_of(error) is None:
                raise
            # What was sent could not even be laid down for reading it.
            return Response(NO_ROOM, 503, content_type="text/plain", charset="utf-8")

    return tween


def _wellformed(request: Request) -> bool:
    try:
        if "\x00" in request.path_info or "%00" in request.query_string:
            return False
        request.GET  # noqa: B018 - decodes it
        if request.method not in SAFE_METHODS:
            # Pyramid compares it with our own address.
            urlsplit(request.referrer or "")
            if None in request.POST:
                # A part without a name; no form has one.
                return False
            # A token that comes as a file would trip the check that follows.
            return isinstance(request.POST.get("csrf_token", ""), str)
    except OSError as error:
        if outage_of(error) is not None:
            raise
        return False
    except (ValueError, LookupError, DeprecationWarning):
        # The last two are about character sets: unknown ones, and those that are not UTF-8.
        return False
    return True


def _drop_bad_cookies(request: Request) -> None:
    # Another site of the same domain may have set one, and the browser sends it with everything:
    # to refuse it would shut the person out.
    if _decoded(request.environ):
        return
    pieces = request.environ["HTTP_COOKIE"].split(";")
    good = [piece for piece in pieces if _decoded({"HTTP_COOKIE": piece})]
    request.environ["HTTP_COOKIE"] = ";".join(good)


def _decoded(environ: dict[str, Any]) -> bool:
    try:
        RequestCookies(environ).keys().__len__()
    except UnicodeDecodeError:
        return False
    return True


def refused() -> Response:
    """Return the answer to what is not well formed."""
    return Response(REFUSAL, 400, content_type="text/plain", charset="utf-8")
