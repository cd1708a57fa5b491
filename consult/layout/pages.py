"""Pages about the site itself, and the two addresses that machines ask whether it lives."""

from typing import Any

from pyramid.config import Configurator
from pyramid.response import Response
from pyramid.view import view_config
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from consult.permissions import Permission
from consult.rate_limits import can_count
from consult.web import Request, site


@view_config(
    route_name="accessibility",
    renderer="consult:layout/templates/accessibility.jinja2",
    permission=Permission.BROWSE,
)
@view_config(
    route_name="privacy",
    renderer="consult:layout/templates/privacy.jinja2",
    permission=Permission.BROWSE,
)
@view_config(
    route_name="house_rules",
    renderer="consult:layout/templates/house_rules.jinja2",
    permission=Permission.BROWSE,
)
def about(_request: Request) -> dict[str, Any]:
    """Show a page that says the same to everybody."""
    return {}


@view_config(route_name="healthz", permission=Permission.BROWSE)
def healthz(_request: Request) -> Response:
    """Answer as long as the process serves."""
    return Response("ok\n", content_type="text/plain")


@view_config(route_name="readyz", permission=Permission.BROWSE)
def readyz(request: Request) -> Response:
    """Answer whether people should be sent here; 503 with a sentence if not."""
    sentence = _not_ready(request)
    if sentence:
        return Response(f"{sentence}\n", 503, content_type="text/plain")
    return Response("ok\n", content_type="text/plain")


def _not_ready(request: Request) -> str:
    stopping = request.registry.get("stopping")
    if stopping is not None and stopping.asked:
        return "The server is stopping."
    try:
        request.db.execute(text("SELECT 1 FROM alembic_version"))
    except SQLAlchemyError:
        return "The database is out of reach or not migrated."
    if not can_count(request):
        return "Redis, where attempts are counted, is out of reach; nobody can sign in or post."
    return ""


def includeme(config: Configurator) -> None:
    for name, path in (
        ("accessibility", "/accessibility"),
        ("privacy", "/privacy"),
        ("house_rules", "/house-rules"),
        ("healthz", "/healthz"),
        ("readyz", "/readyz"),
    ):
        config.add_route(name, path, factory=site)
    config.scan("consult.layout.pages")
