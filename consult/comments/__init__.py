"""Comments: posting, quoting, threads, editing, withdrawing, voting."""

from pyramid.config import Configurator

from consult.comments.comment_impact import comments_at_stake, pending, unconfirmed
from consult.comments.find import comment
from consult.comments.guards import people_have_spoken
from consult.comments.mine import add_comment_remarks
from consult.i18n import _
from consult.web import site

NOTICES = {
    "comment-changed": _("Your comment has been changed."),
    "comment-withdrawn": _("Your comment has been withdrawn."),
    "vote-agree": _("You agree with this comment."),
    "vote-disagree": _("You disagree with this comment."),
    "vote-none": _("You neither agree nor disagree with this comment any more."),
}


def includeme(config: Configurator) -> None:
    config.add_directive("add_comment_remarks", add_comment_remarks)
    for name, sentence in NOTICES.items():
        config.add_notice(name, "success", sentence)
    config.add_route("comment", "/c/{public_id}", factory=comment)
    config.add_route("comment_edit", "/c/{public_id}/edit", factory=comment)
    config.add_route("comment_withdraw", "/c/{public_id}/withdraw", factory=comment)
    config.add_route("comment_vote", "/c/{public_id}/vote", factory=comment)
    config.add_form_page("comment_vote", "comment")
    config.add_route("comment_confirm", "/confirm-comment/{key}", factory=site)
    config.add_route("my_comments", "/account/comments", factory=site)
    config.add_markdown_field("comment_edit", "text")
    config.add_stakes(comments_at_stake)
    config.add_audience_guard(people_have_spoken)
    config.add_loose_end("pending", pending)
    config.add_loose_end("unconfirmed", unconfirmed)
    config.scan("consult.comments")
