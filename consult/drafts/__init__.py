"""Drafts: documents, versions, paragraphs; importing and publishing."""

from pyramid.config import Configurator

from consult.consultations.find import consultation
from consult.drafts import guards as _guards  # noqa: F401  (registers itself)
from consult.drafts.find import document


def includeme(config: Configurator) -> None:
    config.add_route("import", "/officials/consultations/{slug}/import", factory=consultation)
    config.add_route(
        "preview", "/officials/consultations/{slug}/{document}/preview", factory=document
    )
    config.add_route(
        "publish", "/officials/consultations/{slug}/{document}/publish", factory=document
    )
    config.add_route(
        "discard", "/officials/consultations/{slug}/{document}/discard", factory=document
    )
    config.scan("consult.drafts", ignore=["consult.drafts.importing"])
