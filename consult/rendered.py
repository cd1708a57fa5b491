"""Markdown that people send, rendered before their request begins to write.

Rendering takes a good part of the time that posting takes. From the first question that a request
to write asks of SQLite, all others who want to write wait for it, so nothing is rendered from then
on: rooms name the fields of their forms (`config.add_markdown_field`), and what these hold is
rendered when the route is known and nothing has been looked up yet.
"""

from pyramid.config import Configurator
from pyramid.events import BeforeTraversal

from consult.forms import lines
from consult.text import MAX_SOURCE, render_markdown
from consult.web import Request

# Survives the attempts of one request, which share its environment.
RENDERED = "consult.rendered"


def rendered(request: Request, source: str) -> str:
    """Return cleaned Markdown as safe HTML, rendered once for each request.

    Raises ValueError above MAX_SOURCE characters.
    """
    known: dict[str, str] = request.environ.setdefault(RENDERED, {})
    if source not in known:
        known[source] = render_markdown(source)
    return known[source]


def add_markdown_field(config: Configurator, route_name: str, field: str) -> None:
    """Have what is posted to a route in `field` rendered ahead; it is cleaned as `lines` cleans."""
    config.registry.setdefault("markdown fields", {})[route_name] = field


def _render_ahead(event: BeforeTraversal) -> None:
    request: Request = event.request
    route = request.matched_route
    field = request.registry.get("markdown fields", {}).get(route.name if route else "")
    if field and request.method == "POST":
        source = lines(request.POST.get(field))
        if len(source) <= MAX_SOURCE:
            rendered(request, source)


def includeme(config: Configurator) -> None:
    config.add_directive("add_markdown_field", add_markdown_field)
    config.add_subscriber(_render_ahead, BeforeTraversal)
