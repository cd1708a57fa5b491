"""Headers that every response carries, whatever made it."""

from collections.abc import Callable

from pyramid.registry import Registry
from pyramid.response import Response

from consult.settings import Settings
from consult.web import Request

POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def headers_tween(
    handler: Callable[[Request], Response], registry: Registry
) -> Callable[[Request], Response]:
    """Put the security headers on every response, and keep personal pages out of shared caches."""
    settings: Settings = registry["settings"]
    always = list(HEADERS.items())
    if settings.secure:
        always.append(("Strict-Transport-Security", "max-age=31536000"))

    def tween(request: Request) -> Response:
        response = handler(request)
        response.headerlist.extend(always)
        # A view that makes a page cacheable says so itself; everything else is nobody's to keep.
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return tween
