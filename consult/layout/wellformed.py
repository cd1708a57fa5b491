"""Requests that are not well formed are refused before anything looks at them."""

from collections.abc import Callable

from pyramid.registry import Registry
from pyramid.response import Response

from consult.db import SAFE_METHODS
from consult.web import Request

REFUSAL = "This request cannot be understood: its address or its form is not well formed.\n"


def wellformed_tween(
    handler: Callable[[Request], Response], _registry: Registry
) -> Callable[[Request], Response]:
    """Refuse addresses and forms that are not UTF-8, hold a NUL, or break off in the middle.

    PostgreSQL cannot store a NUL and no person types one, so it is refused here in addresses once
    and for all; forms have theirs cleaned away.
    """

    def tween(request: Request) -> Response:
        return handler(request) if _wellformed(request) else refused()

    return tween


def _wellformed(request: Request) -> bool:
    try:
        if "\x00" in request.path_info or "%00" in request.query_string:
            return False
        request.GET  # noqa: B018 - decodes it
        if request.method not in SAFE_METHODS:
            # A token that comes as a file would trip the check that follows.
            return isinstance(request.POST.get("csrf_token", ""), str)
    except (UnicodeDecodeError, ValueError, OSError):
        return False
    return True


def refused() -> Response:
    """Return the answer to what is not well formed."""
    return Response(REFUSAL, 400, content_type="text/plain", charset="utf-8")
