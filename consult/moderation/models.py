"""What readers report and what moderators decide."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult.accounts.models import Account, Role
from consult.comments.models import Comment
from consult.comments.status import CommentStatus, Move
from consult.db import Base, words

# Whose grants let somebody decide, see the table of phases.
MODERATING = (Role.MODERATOR, Role.ADMINISTRATOR)


class Reason(StrEnum):
    """Why a reader thinks that a comment breaks the house rules."""

    ABUSE = "abuse"
    PERSONAL_DATA = "personal-data"
    ADVERTISING = "advertising"
    OFF_TOPIC = "off-topic"
    UNLAWFUL = "unlawful"
    OTHER = "other"


class ReportState(StrEnum):
    """What became of a report."""

    OPEN = "open"
    UPHELD = "upheld"
    DISMISSED = "dismissed"


class Report(Base):
    """One person's complaint about one text of a comment; what an author changes may be reported anew."""

    __tablename__ = "report"
    __table_args__ = (
        UniqueConstraint("comment_id", "reporter_id", "revision"),
        Index("ix_report_state_comment_id", "state", "comment_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"))
    reporter_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    revision: Mapped[int] = mapped_column(default=1)  # that of the text which the reporter saw
    reason: Mapped[Reason] = mapped_column(words(Reason))
    note: Mapped[str] = mapped_column(default="")
    state: Mapped[ReportState] = mapped_column(words(ReportState), default=ReportState.OPEN)
    created_at: Mapped[datetime]

    comment: Mapped[Comment] = relationship()
    reporter: Mapped[Account] = relationship()


class Decision(Base):
    """What a moderator decided, for good: rows are only ever added."""

    __tablename__ = "decision"
    __table_args__ = (Index("ix_decision_comment_id", "comment_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comment.id"))
    revision: Mapped[int]  # the revision of the comment that the moderator saw
    moderator_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    move: Mapped[Move] = mapped_column(words(Move))
    rule: Mapped[str] = mapped_column(default="")
    reasons: Mapped[str] = mapped_column(default="")  # the statement of reasons, plain text
    before: Mapped[CommentStatus] = mapped_column(words(CommentStatus, "before"))
    after: Mapped[CommentStatus] = mapped_column(words(CommentStatus, "after"))
    created_at: Mapped[datetime]

    comment: Mapped[Comment] = relationship()
    moderator: Mapped[Account] = relationship()
