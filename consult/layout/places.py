"""Which addresses show a page, and on which page a form stands."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from pyramid.config import Configurator
from pyramid.interfaces import IRoutesMapper
from pyramid.registry import Registry
from pyramid.request import Request as PlainRequest

from consult.web import Request


@dataclass(frozen=True, slots=True)
class FormPage:
    """The page of a form: a route, and which parts of the form's address its query repeats."""

    route: str
    query: dict[str, str]


def add_form_page(config: Configurator, route: str, page: str, **query: str) -> None:
    """Register that the form which is sent to `route` stands on the page of the route `page`.

    Only for routes that show nothing when they are visited. `query`: what the page's address asks
    for, by the name of the part of the form's address that says it, such as ``edit="key"``.
    """
    config.registry.setdefault("form pages", {})[route] = FormPage(page, query)


def page_of(request: Request) -> str:
    """Return the address of the page on which the form stands that `request` sends.

    Of a request that sends nothing it is its own. "" where there is no such page.
    """
    route = request.matched_route
    if route is None:
        return ""
    if route.name in _shown(request.registry):
        return _own(request)
    page: FormPage | None = request.registry.get("form pages", {}).get(route.name)
    if page is None:
        return ""
    query = {name: request.matchdict[part] for name, part in page.query.items()}
    names = {**request.matchdict, "_query": query}
    return str(request.route_path(page.route, **names))


def _own(request: Request) -> str:
    """Return the request's own address, without what a redirect said once."""
    query = "&".join(
        part for part in request.query_string.split("&") if not part.startswith("notice=")
    )
    return str(request.path + (f"?{query}" if query else ""))


def page_at(request: Request, path: str) -> str:
    """Return the name of the route that shows a page at an address of this site; "" if none does."""
    path = urlsplit(path).path
    # An application may be mounted below the root of its host.
    if not path.startswith(f"{request.script_name}/"):
        return ""
    mapper = request.registry.getUtility(IRoutesMapper)
    try:
        route = mapper(PlainRequest.blank(path.removeprefix(request.script_name)))["route"]
    except UnicodeDecodeError:
        return ""
    return route.name if route is not None and route.name in _shown(request.registry) else ""


def _shown(registry: Registry) -> frozenset[str]:
    """Return the names of the routes that show something when they are visited."""
    shown: frozenset[str] | None = registry.get("routes that show")
    if shown is None:
        views: Any = registry.introspector.get_category("views")
        shown = frozenset(
            view["introspectable"]["route_name"]
            for view in views
            # Pyramid's own names, of static files, begin with two underscores.
            if _visited(view["introspectable"]["request_methods"])
            and not str(view["introspectable"]["route_name"]).startswith("__")
        )
        registry["routes that show"] = shown
    return shown


def _visited(methods: Any) -> bool:
    return methods is None or "GET" in ((methods,) if isinstance(methods, str) else methods)


def includeme(config: Configurator) -> None:
    config.add_directive("add_form_page", add_form_page)
