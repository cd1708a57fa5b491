"""Consultations: their dates, rules and phases."""

from pyramid.config import Configurator

from consult.consultations.find import consultation
from consult.web import site


def includeme(config: Configurator) -> None:
    config.add_route("consultation_new", "/officials/consultations/new", factory=site)
    config.add_route(
        "consultation_edit", "/officials/consultations/{slug}/edit", factory=consultation
    )
    config.add_route(
        "consultation_phase", "/officials/consultations/{slug}/phase", factory=consultation
    )
    config.scan("consult.consultations")
