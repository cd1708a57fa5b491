"""Intake: a file becomes a working version of a document, is looked at, and is published."""

from pyramid.config import Configurator

from consult.consultations.find import consultation
from consult.drafts.find import document
from consult.i18n import _
from consult.intake.publish import add_publishing_step


def includeme(config: Configurator) -> None:
    config.add_directive("add_publishing_step", add_publishing_step)
    config.add_route("import", "/officials/consultations/{slug}/import", factory=consultation)
    for name in ("preview", "publish", "discard"):
        config.add_route(
            name, f"/officials/consultations/{{slug}}/{{document}}/{name}", factory=document
        )
    config.add_form_page("publish", "preview")
    config.add_form_page("discard", "preview")
    config.add_notice("version-published", "success", _("The version has been published."))
    config.add_notice("version-discarded", "success", _("The working version has been discarded."))
    config.scan("consult.intake")
