"""Where somebody goes after signing in: back to the page they came from, and never elsewhere."""

import re
from functools import partial
from urllib.parse import urlsplit

from pyramid.config import Configurator
from pyramid.events import BeforeRender

from consult.layout.places import page_at, page_of
from consult.web import Request

LONGEST = 2000

#: Pages on the way in or out: nobody wants to come back to them, but to where they led.
WAYS = frozenset({"sign_in", "sign_out", "register", "confirm", "forgotten", "reset"})

_PUBLIC_ID = re.compile(r"[0-9A-Za-z]{1,40}")


def local_path(asked: object) -> str:
    """Return `asked` if it is a path on this site, else "" (as where a file was sent in its place).

    Browsers read "//host" and "/\\host" as another host, and drop tabs and newlines before they
    look (WHATWG URL, 4.4), so a backslash and everything but visible ASCII is refused.
    """
    if not isinstance(asked, str):
        return ""
    visible = all("!" <= character <= "~" for character in asked)
    if len(asked) > LONGEST or not visible or "\\" in asked:
        return ""
    if not asked.startswith("/") or asked.startswith("//"):
        return ""
    try:
        parts = urlsplit(asked)
    except ValueError:
        return ""
    return "" if parts.scheme or parts.netloc else asked


def destination(request: Request, asked: object) -> str:
    """Return `asked` if it is the address of a page of this site to which one can go, else "".

    An address that only takes what is sent to it is none, nor is a page on the way in or out.
    """
    path = local_path(asked)
    return path if path and page_at(request, path) not in WAYS | {""} else ""


def form_page(request: Request) -> str:
    """Return where the form stands that `request` sends or carries on; "" where that is nowhere."""
    if on_the_way(request):
        return destination(request, request.params.get("next"))
    page = page_of(request)
    # An address that is too long to be carried leads to its page at least.
    return local_path(page) or local_path(page.partition("?")[0])


def here(request: Request) -> str:
    """Return where to come back to from the page that is being shown: the place in it, if known."""
    page = form_page(request)
    comment = request.GET.get("c", "")
    if page and "#" not in page and _PUBLIC_ID.fullmatch(comment):
        return f"{page}#c-{comment}"
    return page


def on_the_way(request: Request) -> bool:
    """Say whether `request` is about a page on the way in or out."""
    route = request.matched_route
    return route is not None and route.name in WAYS


def way_to(request: Request, route: str, back: str | None = None) -> str:
    """Return the address of a page on the way in, which leads back here afterwards, or to `back`."""
    back = here(request) if back is None else back
    return str(request.route_path(route, _query={"next": back} if back else {}))


def _put(event: BeforeRender) -> None:
    request: Request | None = event.get("request")
    if request is not None:
        event.setdefault("sign_in_url", partial(way_to, request, "sign_in"))
        event.setdefault("register_url", partial(way_to, request, "register"))
        event.setdefault("forgotten_url", partial(way_to, request, "forgotten"))


def includeme(config: Configurator) -> None:
    config.add_subscriber(_put, BeforeRender)
