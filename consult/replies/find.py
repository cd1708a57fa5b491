"""Route factories: the comment that is answered, and the official reply that an address names."""

from dataclasses import dataclass

from pyramid.httpexceptions import HTTPNotFound
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from consult.comments.find import comment
from consult.comments.models import Comment
from consult.drafts.models import Document
from consult.permissions import Permission
from consult.replies.meanwhile import read_seen
from consult.replies.models import OfficialReply
from consult.web import Request


@dataclass(frozen=True, slots=True)
class Gone:
    """A comment that went out of readers' sight while an official was answering it."""

    comment: Comment

    @property
    def __parent__(self) -> Document:
        return self.comment.document


def comment_to_answer(request: Request) -> Comment | Gone:
    """Find the comment of ``/c/{public_id}/reply``.

    What readers do not see is shown to officials neither; but whoever saw it, and comes back with
    an answer, is told what became of it.
    """
    found = comment(request)
    seen = request.POST.get("seen") if request.method == "POST" else None
    if found.visible or not isinstance(seen, str) or found.public_id not in read_seen(seen):
        return found
    return Gone(found) if request.has_permission(Permission.REPLY, found.document) else found


def reply_named(request: Request) -> OfficialReply:
    """Find the reply of ``/officials/replies/{public_id}``."""
    found = request.db.scalar(
        select(OfficialReply)
        .where(OfficialReply.public_id == request.matchdict["public_id"])
        .options(joinedload(OfficialReply.consultation))
    )
    if found is None:
        raise HTTPNotFound
    found.consultation.asked_at = request.arrived_at
    return found
