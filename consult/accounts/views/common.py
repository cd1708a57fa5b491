"""What the pages of this room share: where one goes next, and a link that is no good any more."""

from typing import Any
from urllib.parse import urlsplit

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.renderers import render_to_response
from pyramid.response import Response

from consult.accounts.destinations import destination
from consult.web import Request

PAGES = "consult:accounts/templates/"


def to(request: Request, route: str, notice: str = "", **place: Any) -> HTTPSeeOther:
    """Lead to a page of the site, which shows the notice of that name."""
    query = {"notice": notice} if notice else {}
    return HTTPSeeOther(request.route_path(route, _query=query, **place))


def go_back(request: Request, asked: str | None, notice: str = "") -> HTTPSeeOther:
    """Lead to the page that the person came from, or to their account; it shows the notice."""
    back = destination(request, asked)
    if not back:
        return to(request, "account", notice)
    if notice:
        parts = urlsplit(back)
        query = f"{parts.query}&notice={notice}" if parts.query else f"notice={notice}"
        back = parts._replace(query=query).geturl()
    return HTTPSeeOther(back)


def page_of_sign_in(request: Request, notice: str, back: str) -> HTTPSeeOther:
    """Lead to the page for signing in, which remembers where to go from there."""
    query = {"notice": notice} | ({"next": back} if back else {})
    return HTTPSeeOther(request.route_path("sign_in", _query=query))


def gone(request: Request, purpose: str) -> Response:
    """Explain that a letter's link was used, is too old or incomplete, and how to get another."""
    response = render_to_response(PAGES + "gone.jinja2", {"purpose": purpose}, request=request)
    response.status_int = 410
    return response
