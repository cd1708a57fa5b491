"""A consultation: a question that a department puts to the public for a time."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consult import clock
from consult.accounts.models import Department, Role
from consult.consultations import phases
from consult.consultations.phases import AUTHOR, Audience, Commenters, Phase
from consult.db import Base, words
from consult.permissions import Permission
from consult.web import SITE, Site


class Moderation(StrEnum):
    """When a moderator looks at a comment."""

    BEFORE = "before"
    AFTER = "after"
    REPORT = "report"


class Consultation(Base):
    """A consultation, its dates and its rules."""

    __tablename__ = "consultation"
    __allow_unmapped__ = True  # for asked_at

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    summary: Mapped[str]
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id"), index=True)
    audience: Mapped[Audience] = mapped_column(words(Audience), default=Audience.PUBLIC)
    phase: Mapped[Phase] = mapped_column(words(Phase), default=Phase.DRAFT, index=True)
    opens_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]
    time_zone: Mapped[str] = mapped_column(default="Europe/London")
    commenters: Mapped[Commenters] = mapped_column(words(Commenters), default=Commenters.EVERYONE)
    moderation: Mapped[Moderation] = mapped_column(words(Moderation), default=Moderation.BEFORE)
    house_rules: Mapped[str] = mapped_column(default="")  # Markdown; empty: the site's own
    house_rules_html: Mapped[str] = mapped_column(default="")
    privacy_notice: Mapped[str] = mapped_column(default="")
    privacy_notice_html: Mapped[str] = mapped_column(default="")
    reply_days: Mapped[int] = mapped_column(default=28)
    created_at: Mapped[datetime]

    department: Mapped[Department] = relationship()

    # When the request that asks arrived; whoever found the consultation for a request sets it, so
    # that a comment sent in time is not late because the server was slow.
    asked_at: datetime | None = None

    @property
    def __parent__(self) -> Site:
        return SITE

    @property
    def __acl__(self) -> list[Any]:
        return phases.acl(
            self.phase_now, self.audience, self.commenters, self.department_id, self.id
        )

    def principals(self, role: Role) -> list[str]:
        """Return the principals of those who hold `role` here, wherever it was granted."""
        return phases.principals(role, self.department_id, self.id)

    def authors_may(self) -> frozenset[Permission]:
        """Return what people may now do to the comments that they wrote here."""
        return phases.may(self.phase_now, AUTHOR)

    def phase_at(self, moment: datetime) -> Phase:
        """Return the phase at `moment`: opening and closing happen by the clock alone."""
        phase = self.phase
        if phase is Phase.SCHEDULED and self.opens_at is not None and moment >= self.opens_at:
            phase = Phase.OPEN
        if phase is Phase.OPEN and self.closes_at is not None and moment >= self.closes_at:
            phase = Phase.CLOSED
        return phase

    @property
    def phase_now(self) -> Phase:
        """The phase at the moment that the request arrived, or now outside of requests."""
        return self.phase_at(self.asked_at or clock.now())

    @property
    def zone(self) -> ZoneInfo:
        """The time zone in which its dates are shown."""
        return ZoneInfo(self.time_zone)
