"""Official replies: what a department answers, in public."""

from pyramid.config import Configurator

from consult.consultations.find import consultation
from consult.i18n import _
from consult.replies.find import comment_to_answer, reply_named
from consult.replies.reply_impact import (
    questions_at_stake,
    unanswered_questions,
    unpublished_drafts,
)
from consult.web import site

NOTICES = {
    "reply-published": _("The official reply is published."),
    "reply-kept": _("The draft is kept. Only officials of this consultation see it."),
    "reply-discarded": _("The draft has been thrown away."),
    "reply-withdrawn": _("The reply has been withdrawn. Readers do not see it any more."),
}


def includeme(config: Configurator) -> None:
    for name, sentence in NOTICES.items():
        config.add_notice(name, "success", sentence)
    config.add_route("officials", "/officials", factory=site)
    config.add_route("consultation_desk", "/officials/consultations/{slug}", factory=consultation)
    config.add_route("comment_reply", "/c/{public_id}/reply", factory=comment_to_answer)
    config.add_route("reply", "/officials/replies/{public_id}", factory=reply_named)
    config.add_markdown_field("comment_reply", "text")
    config.add_markdown_field("reply", "text")
    config.add_stakes(questions_at_stake)
    config.add_loose_end("questions", unanswered_questions)
    config.add_loose_end("drafts", unpublished_drafts)
    config.scan("consult.replies")
