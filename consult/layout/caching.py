"""Public pages that caches may keep as long as they ask each time whether the page has changed."""

from collections.abc import Callable
from hashlib import blake2b
from typing import Any

from pyramid.response import Response

from consult.web import Request


def answer(page_body: bytes, etag: str, request: Request) -> Response:
    """Return a page that caches may keep as long as they ask each time whether it changed."""
    response = Response(
        body=page_body, content_type="text/html", charset="utf-8", conditional_response=True
    )
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Vary"] = "Cookie, Accept-Language, HX-Request"
    response.etag = etag
    return response


def etag_of(body: bytes) -> str:
    """Return a tag that is the same for the same bytes, in every process."""
    return blake2b(body, digest_size=12).hexdigest()


def fresh(view: Callable[[Any, Request], Response]) -> Callable[[Any, Request], Response]:
    """Wrap a view so that whoever has its page already is told 304 as long as nothing changed.

    Pages for somebody who is signed in stay out of caches altogether.
    """

    def wrapped(context: Any, request: Request) -> Response:
        response = view(context, request)
        if response.status_int != 200 or request.identity is not None:
            return response
        return answer(response.body, etag_of(response.body), request)

    return wrapped
