"""The site's log: append-only, each entry chained to the one before by its digest.

Changing, dropping or inserting an entry breaks the chain from there on, which `consult verify`
finds. (The construction is the linked time-stamping of Haber and Stornetta, 1991.)
"""

import hashlib
import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from consult import clock
from consult.db import Base

# A number of our own for PostgreSQL's advisory lock: appenders take turns.
CHAIN_LOCK = 0x636F6E73


class LogEntry(Base):
    """One thing that somebody with power over others' words did."""

    __tablename__ = "log_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    actor_id: Mapped[int | None]  # no foreign key: the log outlives the account
    act: Mapped[str]
    subject: Mapped[str] = mapped_column(index=True)
    detail: Mapped[dict[str, Any]] = mapped_column(JSON)
    previous: Mapped[str]
    digest: Mapped[str] = mapped_column(unique=True)

    def computed_digest(self) -> str:
        """Return the SHA-256 of what the entry says and of the digest before it."""
        said = [self.at.isoformat(), self.actor_id, self.act, self.subject, self.detail]
        line = json.dumps([*said, self.previous], sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(line.encode()).hexdigest()


def append(
    session: Session, actor_id: int | None, act: str, subject: str, **detail: Any
) -> LogEntry:
    """Write down that `actor_id` (None: the clock or the command line) did `act` to `subject`.

    `subject` is the kind and public name of a thing ("comment:k3x9…"). `detail` must be JSON and
    must not repeat personal data.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": CHAIN_LOCK})
    last = session.scalar(select(LogEntry.digest).order_by(LogEntry.id.desc()).limit(1))
    entry = LogEntry(
        at=clock.now(),
        actor_id=actor_id,
        act=act,
        subject=subject,
        detail=detail,
        previous=last or "",
    )
    entry.digest = entry.computed_digest()
    session.add(entry)
    session.flush()
    return entry


def broken_links(session: Session) -> Iterator[int]:
    """Yield the ids of entries that do not follow from the one before."""
    previous = ""
    for entry in session.scalars(
        select(LogEntry).order_by(LogEntry.id).execution_options(yield_per=500)
    ):
        if entry.previous != previous or entry.digest != entry.computed_digest():
            yield entry.id
        previous = entry.digest
