"""How much was said, and answered, about each paragraph of a document: one query."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from sqlalchemy import case, func, literal, select, union_all
from sqlalchemy.orm import Session

from consult.comments.about import Sources, made_on
from consult.comments.models import Comment, Contribution
from consult.comments.status import VISIBLE
from consult.drafts.models import Document, Version
from consult.replies.models import OfficialReply, ReplyComment, ReplyStatus


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of visible comments (`n`), of their authors, and of the questions among them."""

    n: int = 0
    answered: int = 0  # comments that have a published official reply
    people: int = 0
    questions: int = 0
    questions_answered: int = 0


@dataclass(frozen=True, slots=True)
class Tally:
    """The figures of a document, and of each of its paragraphs that has any, by paragraph id."""

    whole: Figures = Figures()
    by_paragraph: dict[int, Figures] = field(default_factory=dict)

    def of(self, paragraph_id: int) -> Figures:
        """Return the figures of one paragraph."""
        return self.by_paragraph.get(paragraph_id, Figures())

    def gathered(self, became: Mapping[int, int]) -> "Tally":
        """Return the same with what was said of paragraphs that are no more counted with what each became.

        So every comment counts once. People and questions are counted of the whole only.
        """
        if not became:
            return self
        found: dict[int, Figures] = {}
        for paragraph_id, figures in self.by_paragraph.items():
            home = became.get(paragraph_id, paragraph_id)
            there = found.get(home, Figures())
            found[home] = replace(
                there, n=there.n + figures.n, answered=there.answered + figures.answered
            )
        return Tally(self.whole, found)


def tally(session: Session, document: Document) -> Tally:
    """Count what everybody may see of the conversation on `document`."""
    answers = (
        select(ReplyComment.comment_id)
        .join(OfficialReply, OfficialReply.id == ReplyComment.reply_id)
        .where(
            OfficialReply.status == ReplyStatus.PUBLISHED,
            OfficialReply.consultation_id == document.consultation_id,
        )
    )
    answered = Comment.id.in_(answers)
    question = Comment.contribution == Contribution.QUESTION
    counts = (
        func.count(Comment.id),
        func.sum(case((answered, 1), else_=0)),
        func.count(func.distinct(Comment.author_id)),
        func.sum(case((question, 1), else_=0)),
        func.sum(case((question & answered, 1), else_=0)),
    )
    visible = (Comment.document_id == document.id, Comment.status.in_(VISIBLE))
    rows = session.execute(
        union_all(
            select(Comment.paragraph_id, *counts).where(*visible).group_by(Comment.paragraph_id),
            select(literal(0), *counts).where(*visible),
        )
    )
    found = {paragraph_id: Figures(*(int(n or 0) for n in row)) for paragraph_id, *row in rows}
    return Tally(found.pop(0, Figures()), found)


def made_elsewhere(session: Session, sources: Sources) -> int:
    """Return how many visible comments on these show beside a paragraph with which they do not count."""
    if not sources:
        return 0
    query = select(func.count(Comment.id)).join(Version, Version.id == Comment.version_id)
    return session.scalar(query.where(Comment.status.in_(VISIBLE), made_on(sources))) or 0


def of_paragraphs(session: Session, paragraph_ids: Collection[int]) -> tuple[int, int]:
    """Return how many visible comments paragraphs have, and how many published official replies."""
    visible = (Comment.paragraph_id.in_(paragraph_ids), Comment.status.in_(VISIBLE))
    comments = select(func.count(Comment.id)).where(*visible)
    replies = (
        select(func.count(func.distinct(OfficialReply.id)))
        .join(ReplyComment, ReplyComment.reply_id == OfficialReply.id)
        .join(Comment, Comment.id == ReplyComment.comment_id)
        .where(OfficialReply.status == ReplyStatus.PUBLISHED, *visible)
    )
    n, answered = session.execute(
        select(comments.scalar_subquery(), replies.scalar_subquery())
    ).one()
    return n, answered
