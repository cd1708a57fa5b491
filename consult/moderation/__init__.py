"""Moderation: reports, the queue, decisions."""

from pyramid.config import Configurator

from consult.comments.find import comment
from consult.web import site


def includeme(config: Configurator) -> None:
    config.add_route("moderation", "/moderation", factory=site)
    config.add_route("moderation_log", "/moderation/log", factory=site)
    config.add_route("comment_report", "/c/{public_id}/report", factory=comment)
    config.add_route("comment_decide", "/c/{public_id}/decide", factory=comment)
    config.scan("consult.moderation")
