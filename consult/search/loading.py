"""What was found as the database has it now: one query for each kind, whatever the number.

The index only says where to look. A thing is left out if it is gone, is not published any more or
stands in a consultation that whoever asks may not read.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from markupsafe import Markup
from sqlalchemy import Row, Select, and_, func, select
from sqlalchemy.orm import aliased

from consult.accounts.models import Department
from consult.blocks.blocks import Kind
from consult.comments.models import Comment, Contribution
from consult.comments.status import VISIBLE
from consult.drafts.models import Document, Paragraph, Version, Wording
from consult.replies.answers import is_answered
from consult.replies.models import OfficialReply, ReplyComment
from consult.search.entries import EntryKind
from consult.search.highlight import highlight
from consult.search.indexing import (
    ABOVE,
    COMMENT_SHOWN,
    LATEST,
    REPLY_SHOWN,
    comment_text,
    entry_id,
)
from consult.search.query import Query
from consult.search.readable import Searched
from consult.search.results import Hit
from consult.text import plain_text
from consult.web import Request

# Characters in which found words are marked, on all the page: a page of long tables has to be
# as quick as any other.
_MARKED = 60_000


@dataclass(frozen=True, slots=True)
class Found:
    """A result as the page shows it."""

    kind: EntryKind
    href: str
    consultation: Searched
    document: str  # its title
    wording: Row[Any]  # kind, label, text, position: what it is, or is about
    above: str  # the number of the paragraph above a list item
    words: Markup
    when: datetime | None = None
    name: str = ""
    role: str = ""
    department: str = ""
    contribution: Contribution | None = None
    answered: bool = False


def load(
    request: Request, hits: Collection[Hit], consultations: Collection[Searched], query: Query
) -> dict[str, Found]:
    """Return what can be shown of `hits` by their identifiers, in their order."""
    loader = _Loader(request, {consultation.id: consultation for consultation in consultations})
    rows: dict[str, Row[Any]] = {}
    for kind, select_rows in _ROWS.items():
        ids = [int(hit.id.partition(":")[2]) for hit in hits if hit.kind is kind]
        if ids:
            for row in request.db.execute(select_rows.where(_ID[kind].in_(ids))):
                rows[entry_id(kind, row.id)] = row
    shown = [hit for hit in hits if hit.id in rows and loader.may_read(rows[hit.id])]
    left = _MARKED
    found: dict[str, Found] = {}
    for number, hit in enumerate(shown):
        row = rows[hit.id]
        text = loader.text(hit.kind, row)[: left // (len(shown) - number)]
        left -= len(text)
        found[hit.id] = loader.found(hit.kind, row, highlight(text, query))
    return found


class _Loader:
    def __init__(self, request: Request, consultations: Mapping[int, Searched]) -> None:
        self._request = request
        self._consultations = consultations

    def may_read(self, row: Row[Any]) -> bool:
        return row.consultation_id in self._consultations

    def text(self, kind: EntryKind, row: Row[Any]) -> str:
        """What a result says, of which the page shows a part."""
        if kind is EntryKind.COMMENT:
            return comment_text(row.html, row.suggestion)
        if kind is EntryKind.REPLY:
            return plain_text(row.html)
        if row.kind is Kind.TITLE:
            return self._consultations[row.consultation_id].summary
        return str(row.text)

    def found(self, kind: EntryKind, row: Row[Any], words: Markup) -> Found:
        consultation = self._consultations[row.consultation_id]
        more: dict[str, Any] = {}
        if kind is not EntryKind.PARAGRAPH:
            more = {
                "when": row.when,
                "name": row.author_name,
                "role": row.author_role,
                "department": row.department,
            }
        if kind is EntryKind.COMMENT:
            more |= {"contribution": row.contribution, "answered": row.answered}
        return Found(
            kind=kind,
            href=self._href(kind, row, consultation.slug),
            consultation=consultation,
            document=row.title,
            wording=row,
            above=row.above.rstrip("."),
            words=words,
            **more,
        )

    def _href(self, kind: EntryKind, row: Row[Any], slug: str) -> str:
        path = self._request.route_path
        if kind is EntryKind.COMMENT:
            return str(path("comment", public_id=row.public_id))
        if kind is EntryKind.PARAGRAPH and row.kind is Kind.TITLE:
            return str(path("document", slug=slug, document=row.document))
        place = {"slug": slug, "document": row.document, "key": row.key}
        if kind is EntryKind.PARAGRAPH:
            return str(path("paragraph", **place))
        # The conversation is opened where the comment stands that the reply answers.
        anchor = f"r-{row.public_id}"
        return str(path("paragraph", **place, _query={"c": row.answers}, _anchor=anchor))


def _answers() -> Any:
    """The comment with which a reply is shown: the first that it answers, visible if possible."""
    answered = aliased(Comment)
    first = (
        select(func.min(ReplyComment.comment_id))
        .join(answered, answered.id == ReplyComment.comment_id)
        .where(ReplyComment.reply_id == OfficialReply.id, answered.keeps_replies)
    )
    visible = first.where(answered.status.in_(VISIBLE))
    return func.coalesce(visible.scalar_subquery(), first.scalar_subquery())


_PLACE = (
    Wording.kind,
    Wording.label,
    Wording.text,
    Wording.position,
    ABOVE.label("above"),
    Document.title,
    Document.slug.label("document"),
    Document.consultation_id,
)
_MADE_ON = and_(
    Wording.version_id == Comment.version_id, Wording.paragraph_id == Comment.paragraph_id
)

_ROWS: dict[EntryKind, Select[*tuple[Any, ...]]] = {
    EntryKind.PARAGRAPH: select(Paragraph.id, Paragraph.key, *_PLACE)
    .join(Wording, Wording.paragraph_id == Paragraph.id)
    .join(Version, Version.id == Wording.version_id)
    .join(Document, Document.id == Version.document_id)
    .where(LATEST),
    EntryKind.COMMENT: select(
        Comment.id,
        Comment.public_id,
        Comment.html,
        Comment.suggestion,
        Comment.contribution,
        Comment.created_at.label("when"),
        Comment.author_name,
        Comment.author_role,
        Comment.author_department.label("department"),
        is_answered().label("answered"),
        *_PLACE,
    )
    .join(Wording, _MADE_ON)
    .join(Document, Document.id == Comment.document_id)
    .where(COMMENT_SHOWN),
    EntryKind.REPLY: select(
        OfficialReply.id,
        OfficialReply.public_id,
        OfficialReply.html,
        func.coalesce(OfficialReply.published_at, OfficialReply.created_at).label("when"),
        OfficialReply.author_name,
        OfficialReply.author_role,
        Department.name.label("department"),
        Comment.public_id.label("answers"),
        Paragraph.key,
        *_PLACE,
    )
    .join(Department, Department.id == OfficialReply.department_id)
    .join(Comment, Comment.id == _answers())
    .join(Wording, _MADE_ON)
    .join(Paragraph, Paragraph.id == Comment.paragraph_id)
    .join(Document, Document.id == Comment.document_id)
    .where(REPLY_SHOWN),
}
_ID = {
    EntryKind.PARAGRAPH: Paragraph.id,
    EntryKind.COMMENT: Comment.id,
    EntryKind.REPLY: OfficialReply.id,
}
