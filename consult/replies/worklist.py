"""What waits for an official: by consultation, by paragraph, comment by comment."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from consult.accounts.models import Account
from consult.comments.models import Comment, Contribution
from consult.comments.status import VISIBLE
from consult.consultations.coverage import covered_by
from consult.consultations.models import Consultation
from consult.drafts.models import Document, Paragraph, Version, VersionState, Wording
from consult.replies.answers import is_answered
from consult.replies.models import OfficialReply, ReplyStatus

SIZE = 20
BUSIEST = 12  # paragraphs


class Tab(StrEnum):
    """What the desk of a consultation lists."""

    QUESTIONS = "questions"  # that nobody has answered
    COMMENTS = "comments"  # other comments that nobody has answered
    DRAFTS = "drafts"
    REPLIES = "replies"


@dataclass(slots=True)
class Work:
    """How much was said in a consultation, and what of it waits."""

    comments: int = 0
    people: int = 0
    questions: int = 0  # without an answer
    others: int = 0  # other comments without an answer
    drafts: int = 0
    replies: int = 0

    def of(self, tab: Tab) -> int:
        """Return how many things a tab lists."""
        listed = (self.questions, self.others, self.drafts, self.replies)
        return dict(zip(Tab, listed, strict=True))[tab]


def consultations_of(
    session: Session, account: Account, before: int | None = None, size: int = SIZE
) -> list[Consultation]:
    """Return the consultations where `account` has a role, the newest first, those before id `before`."""
    query = (
        select(Consultation)
        .where(covered_by(account))
        .options(joinedload(Consultation.department))
        .order_by(Consultation.id.desc())
        .limit(size)
    )
    if before is not None:
        query = query.where(Consultation.id < before)
    return list(session.scalars(query))


# Officials do not answer each other here: what they say in the conversation is an answer already.
_WAITS = (Comment.author_department == "") & ~is_answered()
_QUESTION = Comment.contribution == Contribution.QUESTION


def work_of(session: Session, consultations: Sequence[Consultation]) -> dict[int, Work]:
    """Return how much waits in each of the consultations, in two queries."""
    ids = [consultation.id for consultation in consultations]
    found = {consultation_id: Work() for consultation_id in ids}
    comments = (
        select(
            Document.consultation_id,
            func.count(),
            func.count(func.distinct(Comment.author_id)),
            _number(_WAITS & _QUESTION),
            _number(_WAITS & ~_QUESTION),
        )
        .join(Comment.document)
        .where(Document.consultation_id.in_(ids), Comment.status.in_(VISIBLE))
        .group_by(Document.consultation_id)
    )
    for consultation_id, n, people, questions, others in session.execute(comments):
        found[consultation_id] = Work(n, people, questions, others)
    replies = (
        select(
            OfficialReply.consultation_id,
            _number(OfficialReply.status == ReplyStatus.DRAFT),
            _number(OfficialReply.status == ReplyStatus.PUBLISHED),
        )
        .where(OfficialReply.consultation_id.in_(ids))
        .group_by(OfficialReply.consultation_id)
    )
    for consultation_id, drafts, published in session.execute(replies):
        work = found[consultation_id]
        work.drafts, work.replies = drafts, published
    return found


def _number(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))


def waiting_comments(
    session: Session,
    consultation: Consultation,
    *,
    questions: bool,
    after: int | None = None,
    size: int = SIZE,
) -> list[Comment]:
    """Return the questions, or else the other comments, that wait for an answer; the oldest first."""
    query = (
        select(Comment)
        .join(Comment.document)
        .where(
            Document.consultation_id == consultation.id,
            Comment.status.in_(VISIBLE),
            _WAITS,
            _QUESTION if questions else ~_QUESTION,
        )
        .options(
            contains_eager(Comment.document).joinedload(Document.consultation),
            joinedload(Comment.paragraph),
        )
        .order_by(Comment.id)
        .limit(size)
    )
    if after is not None:
        query = query.where(Comment.id > after)
    return list(session.scalars(query))


def unanswered_beside(session: Session, comment: Comment, size: int) -> list[Comment]:
    """Return other comments on the same paragraph that wait for an answer, questions first."""
    return list(
        session.scalars(
            select(Comment)
            .where(
                Comment.paragraph_id == comment.paragraph_id,
                Comment.id != comment.id,
                Comment.status.in_(VISIBLE),
                _WAITS,
            )
            .order_by(case((_QUESTION, 0), else_=1), Comment.id)
            .limit(size)
        )
    )


def replies_in(
    session: Session,
    consultation: Consultation,
    status: ReplyStatus,
    before: int | None = None,
    size: int = SIZE,
) -> list[OfficialReply]:
    """Return the replies that stand at `status`, the newest first, with what they answer."""
    query: Select[OfficialReply] = (
        select(OfficialReply)
        .where(OfficialReply.consultation_id == consultation.id, OfficialReply.status == status)
        .options(
            joinedload(OfficialReply.department),
            selectinload(OfficialReply.comments).joinedload(Comment.paragraph),
        )
        .order_by(OfficialReply.id.desc())
        .limit(size)
    )
    if before is not None:
        query = query.where(OfficialReply.id < before)
    return list(session.scalars(query))


@dataclass(frozen=True, slots=True)
class Busy:
    """A paragraph on which much is said."""

    paragraph: Paragraph
    wording: Wording | None  # the latest published one
    comments: int
    waiting: int  # questions without an answer


def busiest(session: Session, consultation: Consultation, size: int = BUSIEST) -> list[Busy]:
    """Return the paragraphs on which most is said, in two queries."""
    total = func.count()
    rows = session.execute(
        select(Paragraph, total, _number(_WAITS & _QUESTION))
        .join(Comment, Comment.paragraph_id == Paragraph.id)
        .join(Paragraph.document)
        .where(Document.consultation_id == consultation.id, Comment.status.in_(VISIBLE))
        .options(contains_eager(Paragraph.document))
        .group_by(Paragraph.id, Document.id)
        .order_by(total.desc(), Paragraph.id)
        .limit(size)
    ).all()
    latest = session.scalars(
        select(Wording)
        .join(Wording.version)
        .where(
            Wording.paragraph_id.in_([paragraph.id for paragraph, *_ in rows]),
            Version.state == VersionState.PUBLISHED,
        )
        .order_by(Version.number)
    )
    wordings = {wording.paragraph_id: wording for wording in latest}
    return [
        Busy(paragraph, wordings.get(paragraph.id), n, waiting) for paragraph, n, waiting in rows
    ]


def documents_of(session: Session, consultation: Consultation) -> list[Document]:
    """Return the documents in their order, versions loaded, working ones too."""
    return list(
        session.scalars(
            select(Document)
            .where(Document.consultation_id == consultation.id)
            .options(selectinload(Document.versions))
            .order_by(Document.position, Document.id)
        )
    )
