"""Originals: the files that drafts came from, for officials, and for readers where they are let."""

from pyramid.config import Configurator

from consult.drafts.find import document
from consult.i18n import _


def includeme(config: Configurator) -> None:
    of_a_version = "/consultations/{slug}/{document}/v{number:\\d{1,6}}/original"
    config.add_route("original", of_a_version, factory=document)
    config.add_route("original_page", "/officials" + of_a_version, factory=document)
    config.add_notice(
        "original-opened", "success", _("Readers may have the original of this version.")
    )
    config.add_notice(
        "original-closed", "success", _("The original of this version is for officials again.")
    )
    config.scan("consult.originals")
