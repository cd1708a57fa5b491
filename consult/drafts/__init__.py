"""Drafts: documents, their versions and paragraphs."""

from pyramid.config import Configurator

from consult.drafts import frozen as _frozen
from consult.drafts import guards as _guards
from consult.drafts.picture_page import Appearances
from consult.drafts.published import without_text
from consult.web import site

# They register themselves when they are imported, wherever drafts are used at all.
WATCHING = (_frozen, _guards)


def includeme(config: Configurator) -> None:
    config.add_loose_end("without text", without_text)
    config.registry["appearances"] = Appearances()
    config.add_route("figure", "/figures/{digest:[0-9a-f]{64}}", factory=site)
    config.scan("consult.drafts")
