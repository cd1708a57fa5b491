"""Because-links from changes to the comments that caused them, and what their authors say to it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.accounts.models import Account
from consult.comments.models import Comment
from consult.db import Base, words
from consult.drafts.models import Paragraph, Version


class BecauseLink(Base):
    """A change to a paragraph in a version was made because of a comment, an official says."""

    __tablename__ = "because_link"
    __table_args__ = (
        UniqueConstraint("version_id", "paragraph_id", "comment_id"),
        Index("ix_because_link_comment_id", "comment_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # The one with the change. Until it is published, it and its paragraphs may be thrown away.
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id", ondelete="CASCADE"))
    paragraph_id: Mapped[int] = mapped_column(ForeignKey("paragraph.id", ondelete="CASCADE"))
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"))
    made_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    made_at: Mapped[datetime]

    version: Mapped[Version] = relationship()
    paragraph: Mapped[Paragraph] = relationship()
    comment: Mapped[Comment] = relationship()


class Answer(StrEnum):
    """What a commenter answers to "does this meet your point?"."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class Verdict(Base):
    """A commenter's answer, once for each changed paragraph of a version; it can be changed."""

    __tablename__ = "verdict"
    __table_args__ = (Index("ix_verdict_version_paragraph", "version_id", "paragraph_id"),)

    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"), primary_key=True)
    paragraph_id: Mapped[int] = mapped_column(ForeignKey("paragraph.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    answer: Mapped[Answer] = mapped_column(words(Answer))
    why: Mapped[str] = mapped_column(default="")  # plain text, one line
    answered_at: Mapped[datetime]

    account: Mapped[Account] = relationship()
