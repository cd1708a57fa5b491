"""Consultations: their dates, rules and phases."""

from pyramid.config import Configurator

from consult.consultations.edit import add_audience_guard
from consult.consultations.find import consultation
from consult.consultations.labels import DONE
from consult.consultations.lifecycle import add_withdrawal_guard, settle
from consult.consultations.loose_ends import add_loose_end
from consult.i18n import _
from consult.web import site


def includeme(config: Configurator) -> None:
    config.add_directive("add_loose_end", add_loose_end)
    config.add_directive("add_withdrawal_guard", add_withdrawal_guard)
    config.add_directive("add_audience_guard", add_audience_guard)
    config.add_route("consultation_new", "/officials/consultations/new", factory=site)
    config.add_route(
        "consultation_edit", "/officials/consultations/{slug}/edit", factory=consultation
    )
    config.add_route(
        "consultation_phase", "/officials/consultations/{slug}/phase", factory=consultation
    )
    config.add_notice("consultation-made", "success", _("The consultation has been made."))
    config.add_notice("consultation-changed", "success", _("The changes have been saved."))
    for move, sentence in DONE.items():
        config.add_notice(f"consultation-{move}", "success", sentence)
    config.add_worker_tick(settle)
    config.scan("consult.consultations")
