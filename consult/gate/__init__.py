"""The publish gate: officials see what becomes of every paragraph, decide it, and publish."""

from pyramid.config import Configurator

from consult.drafts.find import document
from consult.gate.warnings import add_gate_warning
from consult.i18n import _


def includeme(config: Configurator) -> None:
    config.add_directive("add_gate_warning", add_gate_warning)
    gate = "/officials/consultations/{slug}/{document}/gate"
    config.add_route("gate", gate, factory=document)
    config.add_route("gate_pass", gate + "/pass", factory=document)
    config.add_form_page("gate_pass", "gate")
    config.add_notice(
        "decision-taken-back", "success", _("Your decision is taken back. You can decide again.")
    )
    config.scan("consult.gate")
