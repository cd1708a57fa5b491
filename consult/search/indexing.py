"""What can be found: paragraphs of the latest published texts, comments, official replies.

Each as everybody sees it who may read its consultation, and nothing of a consultation that is in
preparation. Who may read which consultation is asked anew at each search.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, select
from sqlalchemy.orm import Session, aliased

from consult.blocks.blocks import Kind
from consult.comments.models import Comment
from consult.comments.status import VISIBLE
from consult.consultations.models import Consultation
from consult.consultations.phases import Phase
from consult.drafts.models import Document, Paragraph, Version, VersionState, Wording
from consult.drafts.paragraph_names import label_above
from consult.replies.answers import is_answered, is_shown
from consult.replies.models import OfficialReply
from consult.search.entries import Entry, EntryKind
from consult.text import plain_text

# Values of an entry's status, for comments alone.
ANSWERED, UNANSWERED = "answered", "unanswered"

_AT_ONCE = 500  # identifiers in one statement, rows fetched at a time


def _latest() -> ColumnElement[bool]:
    newer = aliased(Version)
    return Version.number == (
        select(func.max(newer.number))
        .where(newer.document_id == Version.document_id, newer.state == VersionState.PUBLISHED)
        .scalar_subquery()
    )


# Conditions under which everybody who may read the consultation sees a thing, and so finds it.
# A Version that holds to the first one is the text that is read now.
LATEST = _latest()
COMMENT_SHOWN = Comment.status.in_(VISIBLE)
REPLY_SHOWN = is_shown()
ABOVE = label_above()


@dataclass(frozen=True, slots=True)
class _Source:
    """Where entries of one kind come from: a row for each, and how it becomes an entry."""

    rows: Select[*tuple[Any, ...]]
    id: Any
    entry: Callable[[Row[Any]], Entry]


def entry_id(kind: EntryKind, row_id: int) -> str:
    """Return what a row is called in the index."""
    return f"{kind}:{row_id}"


def everything(session: Session) -> Iterator[Entry]:
    """Yield all entries, reading some rows at a time."""
    for source in _SOURCES.values():
        rows = session.execute(source.rows.execution_options(yield_per=_AT_ONCE))
        yield from map(source.entry, rows)


def current(session: Session, chosen: Mapping[EntryKind, Collection[int]]) -> Iterator[Entry]:
    """Yield the entries of those rows that are to be found; the others are not, or not any more."""
    for kind, ids in chosen.items():
        source, ordered = _SOURCES[kind], sorted(ids)
        for start in range(0, len(ordered), _AT_ONCE):
            some = ordered[start : start + _AT_ONCE]
            yield from map(source.entry, session.execute(source.rows.where(source.id.in_(some))))


def how_many(session: Session) -> int:
    """Count what `everything` yields."""
    counts = (
        select(func.count()).select_from(source.rows.subquery()) for source in _SOURCES.values()
    )
    return sum(session.scalar(count) or 0 for count in counts)


def _paragraph(row: Row[Any]) -> Entry:
    """A paragraph answers to its own words only, or every one of a draft would to its name.

    The title stands for the document as a whole, and answers for the consultation too.
    """
    title, text = "", row.text
    if row.kind is Kind.TITLE:
        title, text = row.text, f"{row.title} {row.summary}"
    elif row.kind is Kind.HEADING:
        title, text = row.text, ""
    return Entry(
        id=entry_id(EntryKind.PARAGRAPH, row.id),
        kind=EntryKind.PARAGRAPH,
        consultation=row.consultation,
        document=row.document,
        title=title,
        label=f"{row.above} {row.label}",
        text=text,
        author="",
        created_at=row.published_at or row.created_at,
        contribution="",
        status="",
    )


def _comment(row: Row[Any]) -> Entry:
    return Entry(
        id=entry_id(EntryKind.COMMENT, row.id),
        kind=EntryKind.COMMENT,
        consultation=row.consultation,
        document=row.document,
        title="",
        label="",
        text=comment_text(row.html, row.suggestion),
        author=row.author_name,
        created_at=row.created_at,
        contribution=row.contribution.value,
        status=ANSWERED if row.answered else UNANSWERED,
    )


def _reply(row: Row[Any]) -> Entry:
    return Entry(
        id=entry_id(EntryKind.REPLY, row.id),
        kind=EntryKind.REPLY,
        consultation=row.consultation,
        document="",  # it may answer comments on several
        title="",
        label="",
        text=plain_text(row.html),
        author=row.author_name,
        created_at=row.published_at or row.created_at,
        contribution="",
        status="",
    )


def comment_text(html: str, suggestion: str) -> str:
    """Return everything that a comment says in its author's words."""
    return f"{plain_text(html)} {suggestion}".rstrip()


_PUBLIC = Consultation.phase != Phase.DRAFT

_SOURCES = {
    EntryKind.PARAGRAPH: _Source(
        select(
            Paragraph.id,
            Wording.kind,
            Wording.label,
            Wording.text,
            ABOVE.label("above"),
            Version.published_at,
            Version.created_at,
            Document.slug.label("document"),
            Consultation.slug.label("consultation"),
            Consultation.title,
            Consultation.summary,
        )
        .join(Wording, Wording.paragraph_id == Paragraph.id)
        .join(Version, Version.id == Wording.version_id)
        .join(Document, Document.id == Version.document_id)
        .join(Consultation, Consultation.id == Document.consultation_id)
        .where(LATEST, _PUBLIC),
        Paragraph.id,
        _paragraph,
    ),
    EntryKind.COMMENT: _Source(
        select(
            Comment.id,
            Comment.html,
            Comment.suggestion,
            Comment.author_name,
            Comment.contribution,
            Comment.created_at,
            is_answered().label("answered"),
            Document.slug.label("document"),
            Consultation.slug.label("consultation"),
        )
        .join(Document, Document.id == Comment.document_id)
        .join(Consultation, Consultation.id == Document.consultation_id)
        .where(COMMENT_SHOWN, _PUBLIC),
        Comment.id,
        _comment,
    ),
    EntryKind.REPLY: _Source(
        select(
            OfficialReply.id,
            OfficialReply.html,
            OfficialReply.author_name,
            OfficialReply.published_at,
            OfficialReply.created_at,
            Consultation.slug.label("consultation"),
        )
        .join(Consultation, Consultation.id == OfficialReply.consultation_id)
        .where(REPLY_SHOWN, _PUBLIC),
        OfficialReply.id,
        _reply,
    ),
}
