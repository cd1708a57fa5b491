"""Official replies: what a department answers, in public, to one comment or to many."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.accounts.models import Account, Department
from consult.comments.models import Comment
from consult.consultations.models import Consultation
from consult.db import Base, words


class ReplyStatus(StrEnum):
    """Where an official reply stands."""

    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class OfficialReply(Base):
    """A reply that speaks for a department."""

    __tablename__ = "official_reply"
    __table_args__ = (
        # Lists of one consultation's replies read this. There is none that begins with the status:
        # whether a comment is answered has to be found by the comment, and never by going through
        # all replies that stand at "published", which is what such an index makes SQLite do.
        Index("ix_official_reply_consultation_id_status", "consultation_id", "status", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"))
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    author_name: Mapped[str]
    author_role: Mapped[str]
    source: Mapped[str]
    html: Mapped[str]
    status: Mapped[ReplyStatus] = mapped_column(words(ReplyStatus))
    idempotency_key: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    published_at: Mapped[datetime | None]

    consultation: Mapped[Consultation] = relationship()
    department: Mapped[Department] = relationship()
    author: Mapped[Account] = relationship()
    comments: Mapped[list[Comment]] = relationship(secondary="reply_comment")

    @property
    def __parent__(self) -> Consultation:
        return self.consultation


class ReplyComment(Base):
    """Which comments a reply answers."""

    __tablename__ = "reply_comment"
    __table_args__ = (Index("ix_reply_comment_comment_id", "comment_id"),)

    reply_id: Mapped[int] = mapped_column(ForeignKey("official_reply.id"), primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"), primary_key=True)
