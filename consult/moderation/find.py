"""Route factories: the comment that readers report and moderators decide on."""

from pyramid.httpexceptions import HTTPSeeOther

from consult.comments.find import comment
from consult.comments.models import Comment
from consult.comments.status import CommentStatus
from consult.web import Request


def standing_comment(request: Request) -> Comment:
    """Find the comment of ``/c/{public_id}/…``; of one that was withdrawn its own address tells."""
    found = comment(request)
    if found.status is CommentStatus.WITHDRAWN:
        raise HTTPSeeOther(request.route_path("comment", public_id=found.public_id))
    return found
