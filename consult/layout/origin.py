"""A second lock beside the CSRF token: a write must come from this site's own pages."""

from collections.abc import Callable
from urllib.parse import urlsplit

from pyramid.registry import Registry
from pyramid.response import Response

from consult.db import SAFE_METHODS
from consult.web import Request


def origin_tween(
    handler: Callable[[Request], Response], _registry: Registry
) -> Callable[[Request], Response]:
    """Refuse a write that the browser says another site started.

    Browsers send ``Origin`` or ``Sec-Fetch-Site`` with every write (Fetch standard); a client that
    sends neither is no browser, has no cookies to abuse, and is left to the CSRF token.
    """

    def tween(request: Request) -> Response:
        if request.method not in SAFE_METHODS and not same_site(request):
            return Response(
                "This form was sent from another site.\n", 403, content_type="text/plain"
            )
        return handler(request)

    return tween


def same_site(request: Request) -> bool:
    """Return whether the write came from one of our pages, as far as the browser says."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = request.headers.get("Origin")
    return origin is None or _host_in(origin) in (
        request.host,
        urlsplit(request.consult.public_url).netloc,
    )


def _host_in(origin: str) -> str | None:
    try:
        return urlsplit(origin).netloc
    except ValueError:
        # An address that is none, such as "http://[", is nobody's.
        return None
