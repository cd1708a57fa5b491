"""Moderation: reports, the queue, decisions."""

from pyramid.config import Configurator

from consult.i18n import _
from consult.moderation.find import standing_comment
from consult.moderation.views.decision import reasons_for
from consult.web import site

NOTICES = {
    "comment-reported": _(
        "Thank you. A moderator looks at the comment. Its author is not told who reported it."
    ),
    "decided-publish": _("Published. The decision is in the log."),
    "decided-hide": _("Hidden. The decision is in the log, and the author is told why."),
}


def includeme(config: Configurator) -> None:
    for name, sentence in NOTICES.items():
        config.add_notice(name, "success", sentence)
    config.add_comment_remarks(reasons_for)
    config.add_route("moderation", "/moderation", factory=site)
    config.add_route("moderation_log", "/moderation/log", factory=site)
    config.add_route("comment_report", "/c/{public_id}/report", factory=standing_comment)
    config.add_route("comment_decide", "/c/{public_id}/decide", factory=standing_comment)
    config.add_route("comment_decision", "/c/{public_id}/decision", factory=standing_comment)
    config.scan("consult.moderation")
