"""Comments: who said what about which words of which version."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from pyramid.authorization import Allow, Deny, Everyone
from sqlalchemy import ColumnElement, ForeignKey, Index, UniqueConstraint, and_, or_
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.accounts.models import Account, Role
from consult.comments.status import VISIBLE, CommentStatus
from consult.db import Base, words
from consult.drafts.models import Document, Paragraph, Version
from consult.permissions import Permission


class Contribution(StrEnum):
    """What a comment is meant as; each kind has a route of its own."""

    COMMENT = "comment"
    QUESTION = "question"
    OBJECTION = "objection"
    EVIDENCE = "evidence"
    DRAFTING = "drafting"
    SUPPORT = "support"


class Stance(StrEnum):
    """Whether the author is for or against what the paragraph says."""

    NONE = ""
    AGREE = "agree"
    DISAGREE = "disagree"
    NEUTRAL = "neutral"


# What can be done to a comment, besides reading and moderating it.
ACTS = (
    Permission.COMMENT,
    Permission.VOTE,
    Permission.REPORT,
    Permission.REVISE,
    Permission.WITHDRAW,
    Permission.REPLY,
)


class Comment(Base):
    """A comment stays where it was made: paragraph, version and quote never change."""

    __tablename__ = "comment"
    __table_args__ = (
        UniqueConstraint("author_id", "idempotency_key"),
        # Counting what is visible beside each paragraph reads this index and not the table.
        Index(
            "ix_comment_document_status_paragraph", "document_id", "status", "paragraph_id", "id"
        ),
        Index("ix_comment_paragraph_id", "paragraph_id", "id"),
        Index("ix_comment_status_id", "status", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    paragraph_id: Mapped[int] = mapped_column(ForeignKey("paragraph.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    # The name as it was signed; a department where an official speaks, else empty.
    author_name: Mapped[str]
    author_role: Mapped[str] = mapped_column(default="")
    author_department: Mapped[str] = mapped_column(default="")
    contribution: Mapped[Contribution] = mapped_column(
        words(Contribution), default=Contribution.COMMENT
    )
    stance: Mapped[Stance] = mapped_column(words(Stance), default=Stance.NONE)
    quote_exact: Mapped[str] = mapped_column(default="")
    quote_prefix: Mapped[str] = mapped_column(default="")
    quote_suffix: Mapped[str] = mapped_column(default="")
    quote_start: Mapped[int | None]
    source: Mapped[str]
    html: Mapped[str]
    suggestion: Mapped[str] = mapped_column(default="")  # a rewording of the paragraph, plain text
    status: Mapped[CommentStatus] = mapped_column(words(CommentStatus))
    # A moderator hid it and none has published it since, whatever the author has done to it.
    taken_down: Mapped[bool] = mapped_column(default=False)
    revision: Mapped[int] = mapped_column(default=1)
    idempotency_key: Mapped[str]
    created_at: Mapped[datetime]
    edited_at: Mapped[datetime | None]

    document: Mapped[Document] = relationship()
    paragraph: Mapped[Paragraph] = relationship()
    version: Mapped[Version] = relationship()
    author: Mapped[Account] = relationship()
    parent: Mapped["Comment | None"] = relationship(remote_side=[id])

    @property
    def __parent__(self) -> Paragraph:
        return self.paragraph

    @property
    def __within__(self) -> Document:
        return self.document

    @property
    def visible(self) -> bool:
        """True where everybody who may read the consultation may read the comment."""
        return self.status in VISIBLE

    @hybrid_property
    def keeps_replies(self) -> bool:
        """True where official replies stay beside the comment.

        One to comments alone that wait or are hidden goes with them. What an author withdraws
        leaves its replies behind, unless it was hidden.
        """
        return self.visible or (self.status is CommentStatus.WITHDRAWN and not self.taken_down)

    @keeps_replies.inplace.expression
    @classmethod
    def _keeps_replies(cls) -> ColumnElement[bool]:
        withdrawn = and_(cls.status == CommentStatus.WITHDRAWN, cls.taken_down.is_(False))
        return or_(cls.status.in_(VISIBLE), withdrawn)

    @property
    def __acl__(self) -> list[Any]:
        consultation = self.document.consultation
        author = f"account:{self.author_id}"
        own = (Allow, author, tuple(consultation.authors_may()))
        if self.visible:
            return [(Deny, author, Permission.VOTE), own]
        if self.status is CommentStatus.WITHDRAWN:
            # Its address still says that there was something; nothing can be done to it any more.
            return [(Deny, Everyone, ACTS)]
        moderators = [
            (Allow, principal, (Permission.READ, Permission.MODERATE))
            for principal in consultation.principals(Role.MODERATOR)
            + consultation.principals(Role.ADMINISTRATOR)
        ]
        return [
            own,
            (Allow, author, Permission.READ),
            *moderators,
            (Deny, Everyone, tuple(Permission)),
        ]


class CommentRevision(Base):
    """An earlier text of a comment, as it stood before an edit."""

    __tablename__ = "comment_revision"
    __table_args__ = (UniqueConstraint("comment_id", "revision"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"))
    revision: Mapped[int]
    source: Mapped[str]
    html: Mapped[str]
    suggestion: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]

    comment: Mapped[Comment] = relationship()


class Ballot(StrEnum):
    """What a reader thinks of a comment."""

    AGREE = "agree"
    DISAGREE = "disagree"


class Vote(Base):
    """One person's vote on one comment."""

    __tablename__ = "vote"

    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    value: Mapped[Ballot] = mapped_column(words(Ballot))
