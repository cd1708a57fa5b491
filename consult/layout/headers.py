"""Headers that every response carries, whatever made it."""

import logging
import sys
from collections.abc import Callable
from typing import Any

from pyramid.registry import Registry
from webob.byterange import Range
from webob.request import DisconnectionError

from consult.settings import Settings

log = logging.getLogger(__name__)

Pairs = list[tuple[str, str]]

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


FAULT = (
    b"Something went wrong on our side. The fault has been recorded. Nothing that was already saved "
    b"is lost.\nGo back, and try again in a few minutes.\n"
)
BROKEN_OFF = b"This request broke off before its end.\n"
POLICIES = "Content-Security-Policy"


class Outermost:
    """A WSGI application as the server sees it: every answer carries the security headers.

    It stands outside of everything, because an exception passes whatever stands outside of where
    it was raised. What nothing inside has caught becomes a plain page here.
    """

    def __init__(self, app: Any, registry: Registry) -> None:
        self.app = app
        self.registry = registry
        self.always = dict(HEADERS)
        settings: Settings = registry["settings"]
        if settings.secure:
            self.always["Strict-Transport-Security"] = "max-age=31536000"
        # A view that makes a page cacheable says so itself; everything else is nobody's to keep.
        self.always["Cache-Control"] = "no-store"

    def dressed(self, headers: Pairs) -> Pairs:
        """Return `headers` with those that are missing; policies add up, each forbids something more."""
        there = {name.title() for name, _value in headers}
        policies = {value for name, value in headers if name.title() == POLICIES}
        return headers + [
            (name, value)
            for name, value in self.always.items()
            if name.title() not in there or (name == POLICIES and value not in policies)
        ]

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        def start(status: str, headers: Pairs, exc_info: Any = None) -> Any:
            return start_response(status, self.dressed(headers), exc_info)

        def plain(status: str, said: bytes) -> list[bytes]:
            headers = [
                ("Content-Type", "text/plain; charset=utf-8"),
                ("Content-Length", str(len(said))),
            ]
            start(status, headers, sys.exc_info())
            return [said] if environ["REQUEST_METHOD"] != "HEAD" else []

        try:
            _drop_bad_range(environ)
            return self.app(environ, start)
        except DisconnectionError:
            return plain("400 Bad Request", BROKEN_OFF)
        except Exception:
            log.exception("a fault that no page could be made of")
            return plain("500 Internal Server Error", FAULT)


def _drop_bad_range(environ: dict[str, Any]) -> None:
    # To be ignored (RFC 9110, 14.2), but WebOb stumbles while it sends the answer.
    try:
        Range.parse(environ.get("HTTP_RANGE", ""))
    except ValueError:
        del environ["HTTP_RANGE"]
