"""Reading: the pages where the text and the conversation meet."""

from pyramid.config import Configurator

from consult.consultations.find import consultation
from consult.drafts.find import document, paragraph
from consult.web import site


def includeme(config: Configurator) -> None:
    config.add_route("home", "/", factory=site)
    config.add_route("consultation", "/consultations/{slug}", factory=consultation)
    config.add_route("document", "/consultations/{slug}/{document}", factory=document)
    config.add_route(
        "version", "/consultations/{slug}/{document}/v{number:\\d{1,6}}", factory=document
    )
    config.add_route("paragraph", "/consultations/{slug}/{document}/p/{key}", factory=paragraph)
    config.scan("consult.reading")
