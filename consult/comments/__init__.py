"""Comments: posting, quoting, threads, editing, withdrawing, voting."""

from pyramid.config import Configurator

from consult.comments.find import comment
from consult.web import site


def includeme(config: Configurator) -> None:
    config.add_route("comment", "/c/{public_id}", factory=comment)
    config.add_route("comment_edit", "/c/{public_id}/edit", factory=comment)
    config.add_route("comment_withdraw", "/c/{public_id}/withdraw", factory=comment)
    config.add_route("comment_vote", "/c/{public_id}/vote", factory=comment)
    config.add_route("comment_confirm", "/confirm-comment/{key}", factory=site)
    config.add_route("my_comments", "/account/comments", factory=site)
    config.scan("consult.comments")
