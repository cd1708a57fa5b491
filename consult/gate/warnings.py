"""What rooms above have to say to those who are about to publish."""

from collections.abc import Callable

from markupsafe import Markup
from pyramid.config import Configurator

from consult.drafts.models import Version
from consult.web import Request

#: Given a working version behind a published one, returns HTML, or None where there is nothing to say.
Warner = Callable[[Request, Version], Markup | None]


def add_gate_warning(config: Configurator, warner: Warner) -> None:
    """Register what a room above knows that an official should look at."""
    config.registry.setdefault("gate warnings", []).append(warner)


def gate_warnings(request: Request, version: Version) -> list[Markup]:
    """Return what there is to say about a working version."""
    said = (warner(request, version) for warner in request.registry.get("gate warnings", ()))
    return [warning for warning in said if warning is not None]
