"""Official replies: what a department answers, in public."""

from pyramid.config import Configurator

from consult.comments.find import comment
from consult.consultations.find import consultation
from consult.replies.find import reply
from consult.web import site


def includeme(config: Configurator) -> None:
    config.add_route("officials", "/officials", factory=site)
    config.add_route("consultation_desk", "/officials/consultations/{slug}", factory=consultation)
    config.add_route("comment_reply", "/c/{public_id}/reply", factory=comment)
    config.add_route("reply", "/officials/replies/{public_id}", factory=reply)
    config.scan("consult.replies")
