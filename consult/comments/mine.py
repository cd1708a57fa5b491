"""What one has said oneself, and what became of it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from pyramid.config import Configurator
from pyramid.view import view_config
from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager, joinedload

from consult.accounts.models import Account
from consult.accounts.security import me
from consult.comments.models import Comment
from consult.comments.status import CommentStatus
from consult.consultations.coverage import readable
from consult.consultations.models import Consultation
from consult.drafts.models import Document
from consult.permissions import Permission
from consult.web import Request, whole_number

SIZE = 20

#: Gives for some of the comments, by id, what their author is to know of them: safe HTML.
Remarks = Callable[[Request, Sequence[Comment]], Mapping[int, Any]]


def add_comment_remarks(config: Configurator, remarks: Remarks) -> None:
    """Register a room's remarks on people's own comments, such as why one was hidden."""
    config.registry.setdefault("comment remarks", []).append(remarks)


def written_by(
    session: Session, account: Account, moment: datetime, before: int | None
) -> list[Comment]:
    """Return one page of comments and one more, the latest first, with what surrounds them.

    What a guest wrote under the account's address is not among them until it is confirmed, and
    what `account` may not read at `moment` is not there for it.
    """
    query = (
        select(Comment)
        .join(Comment.document)
        .join(Document.consultation)
        .where(
            Comment.author_id == account.id,
            Comment.status != CommentStatus.UNCONFIRMED,
            readable(account, Permission.READ_TEXT, moment),
        )
        .options(
            joinedload(Comment.paragraph),
            contains_eager(Comment.document)
            .contains_eager(Document.consultation)
            .joinedload(Consultation.department),
        )
        .order_by(Comment.id.desc())
        .limit(SIZE + 1)
    )
    if before is not None:
        query = query.where(Comment.id < before)
    return list(session.scalars(query))


@view_config(
    route_name="my_comments",
    request_method="GET",
    renderer="consult:comments/templates/mine.jinja2",
    permission=Permission.HOLD_ACCOUNT,
)
def my_comments(request: Request) -> dict[str, Any]:
    """List one's own comments."""
    account = me(request)
    before = whole_number(request.GET.get("before"))
    found = written_by(request.db, account, request.arrived_at, before) if account else []
    page = found[:SIZE]
    more = None
    if len(found) > SIZE:
        more = request.route_path("my_comments", _query={"before": str(page[-1].id)})
    for comment in page:
        comment.document.consultation.asked_at = request.arrived_at
    remarks = [
        given(request, page) for given in request.registry.get("comment remarks", []) if page
    ]
    return {
        "comments": page,
        "more": more,
        "remarks": {c.id: [said[c.id] for said in remarks if c.id in said] for c in page},
    }
