"""Analysis: which comments led to which changes, and whether the changes met their point."""

from pyramid.config import Configurator

from consult.analysis.because import follow
from consult.analysis.dangling_links import let_go, tell_of_loose
from consult.analysis.outcome_notes import what_became
from consult.drafts.find import paragraph
from consult.i18n import _


def includeme(config: Configurator) -> None:
    config.add_route(
        "because", "/officials/consultations/{slug}/{document}/because/{key}", factory=paragraph
    )
    config.add_route(
        "verdict", "/consultations/{slug}/{document}/p/{key}/verdict", factory=paragraph
    )
    config.add_notice(
        "because-kept", "success", _("The change now names the comments that led to it.")
    )
    config.add_notice(
        "verdict-taken", "success", _("Thank you. Your answer counts, and you can change it.")
    )
    config.add_comment_remarks(what_became)
    config.add_identity_follower(follow)
    config.add_gate_warning(tell_of_loose)
    config.add_publishing_step(let_go)
    config.scan("consult.analysis")
