"""Promises made inside a transaction and kept after it: letters, index updates.

A promise is a row, written in the transaction whose outcome it depends on, so that nothing leaves
the building unless the transaction committed, and everything does if it did. A worker keeps the
promises, each in a transaction of its own, again and again until it succeeds: handlers must be
idempotent.
"""

import logging
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from pyramid.config import Configurator
from pyramid.registry import Registry
from sqlalchemy import (
    JSON,
    ColumnElement,
    Connection,
    Index,
    Interval,
    and_,
    delete,
    event,
    func,
    literal,
    select,
    update,
)
from sqlalchemy.orm import Mapped, Session, mapped_column, sessionmaker

from consult import clock
from consult.db import Base, UTCDateTime, engine_of, session_scope, words

log = logging.getLogger(__name__)

FIRST_DELAY = timedelta(seconds=10)
LONGEST_DELAY = timedelta(hours=6)
ATTEMPTS = 12  # with the delays above a job is given up after about a day
# A worker that takes a job has it this long to itself, and says again and again that it is still at
# it; if it dies, another one takes over within ten seconds, the pause between two looks among them.
LEASE = timedelta(seconds=6)
RENEWAL = 2.0  # seconds
# Marks a session whose commits wake the worker that runs inside this process, if there is one.
NUDGES = "outbox nudges"

Payload = Mapping[str, Any]
Handler = Callable[[Registry, list[Payload]], None]


class JobState(StrEnum):
    """A job that was done is deleted."""

    WAITING = "waiting"
    DEAD = "dead"


class Job(Base):
    """One promise."""

    __tablename__ = "job"
    __table_args__ = (Index("ix_job_state_run_at", "state", "run_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    state: Mapped[JobState] = mapped_column(words(JobState), default=JobState.WAITING)
    run_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]


def promise(session: Session, kind: str, **payload: Any) -> Job:
    """Write down, in the session's transaction, that `kind` is to be done with `payload` (JSON)."""
    moment = clock.now()
    job = Job(kind=kind, payload=payload, run_at=moment, created_at=moment)
    session.add(job)
    if NUDGES not in session.info:
        session.info[NUDGES] = True
        event.listen(session, "after_commit", _nudge)
    return job


def _nudge(session: Session) -> None:
    # It is also told of savepoints, and may look too early then; the commit that counts comes last.
    registry = session.info.get("registry")
    worker: Worker | None = registry.get("worker") if registry is not None else None
    if worker is not None:
        worker.nudge()


def add_job_handler(config: Configurator, kind: str, handler: Handler, batch: int = 1) -> None:
    """Register who keeps promises of `kind`, `batch` of them at a time."""
    config.registry.setdefault("job handlers", {})[kind] = (handler, batch)


def waiting(session: Session) -> int:
    """Return how many jobs wait to be done."""
    return session.scalar(select(func.count(Job.id)).where(Job.state == JobState.WAITING)) or 0


def run_due(registry: Registry) -> int:
    """Do everything that is due; return the number of jobs done or failed."""
    total = 0
    while done := sum(_run_batch(registry, kind) for kind in registry.get("job handlers", {})):
        total += done
    return total


def _run_batch(registry: Registry, kind: str) -> int:
    # The work itself happens between two short transactions: a slow mail server must not keep
    # everybody else from writing.
    handler, batch = registry["job handlers"][kind]
    sessions = registry["sessions"]
    if not _any_due(sessions, kind):
        return 0
    with session_scope(sessions) as session:
        jobs = _claim(session, kind, batch)
    if not jobs:
        return 0
    error = ""
    try:
        with _kept(sessions, list(jobs)):
            handler(registry, list(jobs.values()))
    except Exception as caught:
        log.exception("a job of kind %s failed", kind)
        error = f"{type(caught).__name__}: {caught}"
    with session_scope(sessions) as session:
        if error:
            for job in session.scalars(select(Job).where(Job.id.in_(jobs))):
                _put_off(job, error)
        else:
            session.execute(delete(Job).where(Job.id.in_(jobs)))
    return len(jobs)


def _now(session: Session, later: timedelta = timedelta()) -> ColumnElement[datetime]:
    # Workers on several machines go by one clock, the database's, or the one whose own is fast
    # would think the others dead.
    if session.get_bind().dialect.name == "postgresql":
        return func.clock_timestamp(type_=UTCDateTime()) + literal(later, Interval())
    return literal(clock.now() + later, UTCDateTime())


def _due(session: Session, kind: str) -> ColumnElement[bool]:
    return and_(Job.kind == kind, Job.state == JobState.WAITING, Job.run_at <= _now(session))


def _any_due(sessions: sessionmaker[Session], kind: str) -> bool:
    with sessions() as session:
        return session.scalar(select(Job.id).where(_due(session, kind)).limit(1)) is not None


def _claim(session: Session, kind: str, batch: int) -> dict[int, Payload]:
    due = select(Job).where(_due(session, kind)).order_by(Job.id).limit(batch)
    jobs = session.scalars(due.with_for_update(skip_locked=True)).all()
    claimed: dict[int, Payload] = {job.id: job.payload for job in jobs}
    for job in jobs:
        job.attempts += 1
    _renew(session, list(claimed))
    return claimed


def _renew(session: Session, jobs: Sequence[int]) -> None:
    held = update(Job).where(Job.id.in_(jobs)).values(run_at=_now(session, LEASE))
    session.execute(held.execution_options(synchronize_session=False))


@contextmanager
def _kept(sessions: sessionmaker[Session], jobs: Sequence[int]) -> Iterator[None]:
    """Keep the jobs to oneself while they are being done, however long that takes."""
    if isinstance(engine_of(sessions), Connection):
        # A transaction that somebody lent us is this thread's alone, and nobody else sees the jobs.
        yield
        return
    done = threading.Event()

    def renew() -> None:
        while not done.wait(RENEWAL):
            try:
                with session_scope(sessions) as session:
                    _renew(session, jobs)
            except Exception:
                log.exception("the jobs in hand could not be kept")

    thread = threading.Thread(target=renew, name="outbox lease", daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _put_off(job: Job, error: str) -> None:
    job.last_error = error[:1000]
    if job.attempts >= ATTEMPTS:
        job.state = JobState.DEAD
    job.run_at = clock.now() + min(FIRST_DELAY * 2 ** (job.attempts - 1), LONGEST_DELAY)


class Worker:
    """Keeps promises until it is told to stop; a nudge wakes it at once."""

    def __init__(self, registry: Registry, pause: float = 2.0) -> None:
        self.registry = registry
        self.pause = pause  # seconds between looks when nobody nudges
        self.awake = threading.Event()
        self.stopping = threading.Event()

    def nudge(self, *_: Any) -> None:
        """Have a look now rather than at the end of the pause."""
        self.awake.set()

    def stop(self, *_: Any) -> None:
        """Finish the batch in hand and return from `run`."""
        self.stopping.set()
        self.awake.set()

    def run(self) -> None:
        """Work until stopped."""
        while not self.stopping.is_set():
            self.awake.clear()
            try:
                for tick in self.registry.get("worker ticks", []):
                    tick(self.registry)
                run_due(self.registry)
            except Exception:
                log.exception("the worker could not look for jobs; it will look again")
            self.awake.wait(self.pause)


def add_worker_tick(config: Configurator, tick: Callable[[Registry], None]) -> None:
    """Register something that the worker does at every look, such as opening by the clock."""
    config.registry.setdefault("worker ticks", []).append(tick)


def includeme(config: Configurator) -> None:
    config.add_directive("add_job_handler", add_job_handler)
    config.add_directive("add_worker_tick", add_worker_tick)
