"""Search: one box over drafts, comments and official replies."""

from pyramid.config import Configurator

from consult.web import site


def includeme(config: Configurator) -> None:
    config.add_route("search", "/search", factory=site)
    config.scan("consult.search")
