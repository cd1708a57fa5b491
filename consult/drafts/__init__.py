"""Drafts: documents, versions, paragraphs; importing and publishing."""

from pyramid.config import Configurator

from consult.consultations.find import consultation
from consult.drafts import frozen as _frozen
from consult.drafts import guards as _guards
from consult.drafts.find import document
from consult.i18n import _

# They register themselves when they are imported, wherever drafts are used at all.
WATCHING = (_frozen, _guards)


def includeme(config: Configurator) -> None:
    config.add_route("import", "/officials/consultations/{slug}/import", factory=consultation)
    for name in ("preview", "publish", "discard"):
        config.add_route(
            name, f"/officials/consultations/{{slug}}/{{document}}/{name}", factory=document
        )
    config.add_notice("version-published", "success", _("The version has been published."))
    config.add_notice("version-discarded", "success", _("The working version has been discarded."))
    config.scan("consult.drafts", ignore=["consult.drafts.importing"])
