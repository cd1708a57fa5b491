"""Drafts: documents, their versions and paragraphs."""

from pyramid.config import Configurator
from sqlalchemy import event

from consult.drafts.frozen import refuse_changes
from consult.drafts.guards import published_is_published
from consult.drafts.picture_page import Appearances
from consult.drafts.published import without_text
from consult.web import site


def includeme(config: Configurator) -> None:
    event.listen(config.registry["sessions"], "before_flush", refuse_changes)
    config.add_withdrawal_guard(published_is_published)
    config.add_loose_end("without text", without_text)
    config.registry["appearances"] = Appearances()
    config.add_route("figure", "/figures/{digest:[0-9a-f]{64}}", factory=site)
    config.scan("consult.drafts")
