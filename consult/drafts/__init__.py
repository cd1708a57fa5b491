"""Drafts: documents, versions, paragraphs; importing and publishing."""

from pyramid.config import Configurator

from consult.consultations.find import consultation
from consult.drafts import frozen as _frozen
from consult.drafts import guards as _guards
from consult.drafts.find import document
from consult.drafts.picture_page import Appearances
from consult.drafts.published import without_text
from consult.drafts.stakes import add_stakes
from consult.i18n import _
from consult.web import site

# They register themselves when they are imported, wherever drafts are used at all.
WATCHING = (_frozen, _guards)


def includeme(config: Configurator) -> None:
    config.add_route("import", "/officials/consultations/{slug}/import", factory=consultation)
    for name in ("preview", "publish", "discard"):
        config.add_route(
            name, f"/officials/consultations/{{slug}}/{{document}}/{name}", factory=document
        )
    config.add_form_page("publish", "preview")
    config.add_form_page("discard", "preview")
    config.add_directive("add_stakes", add_stakes)
    config.add_loose_end("without text", without_text)
    gate = "/officials/consultations/{slug}/{document}/gate"
    config.add_route("gate", gate, factory=document)
    config.add_route("gate_pass", gate + "/pass", factory=document)
    config.add_form_page("gate_pass", "gate")
    config.registry["appearances"] = Appearances()
    config.add_route("figure", "/figures/{digest:[0-9a-f]{64}}", factory=site)
    config.add_notice("version-published", "success", _("The version has been published."))
    config.add_notice(
        "decision-taken-back", "success", _("Your decision is taken back. You can decide again.")
    )
    config.add_notice("version-discarded", "success", _("The working version has been discarded."))
    config.scan("consult.drafts")
