"""Letters: what is written to whom, how it is delivered, and how one says no to it."""

from pyramid.config import Configurator

from consult.web import site


def includeme(config: Configurator) -> None:
    config.add_route("unsubscribe", "/unsubscribe/{key}", factory=site)
    if config.registry["settings"].development:
        config.add_route("dev_letters", "/dev/letters", factory=site)
        config.add_route("dev_letter", "/dev/letters/{name}", factory=site)
    config.scan("consult.notifications")
