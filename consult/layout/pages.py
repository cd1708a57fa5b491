"""Pages about the site itself, and the two addresses that machines ask whether it lives."""

from typing import Any

from pyramid.config import Configurator
from pyramid.response import Response
from pyramid.view import view_config
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from consult.permissions import Permission
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
    """Answer whether the database can be reached and is migrated; 503 with a sentence if not."""
    try:
        request.db.execute(text("SELECT 1 FROM alembic_version"))
    except SQLAlchemyError:
        return Response(
            "The database is out of reach or not migrated.\n", 503, content_type="text/plain"
        )
    return Response("ok\n", content_type="text/plain")


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
