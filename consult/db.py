"""The database: metadata, engine, one session and one transaction for each request."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import zope.sqlalchemy
from pyramid.config import Configurator
from pyramid.registry import Registry
from pyramid_retry import IBeforeRetry, mark_error_retryable
from sqlalchemy import (
    Connection,
    DateTime,
    Dialect,
    Engine,
    Enum,
    MetaData,
    Text,
    TypeDecorator,
    create_engine,
    event,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import ExceptionContext, make_url
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import DeclarativeBase, Session, sessionmaker

from consult.outages import in_doubt, lost
from consult.settings import Settings
from consult.web import Request

RECONNECTING = (
    0.1  # seconds before the second attempt to reach PostgreSQL, doubled for each one after
)
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
# The name of the lock in PostgreSQL that everything that uses a database shares: any number that
# is always the same.
IN_USE = 0x636F6E73756C74


class UTCDateTime(TypeDecorator[datetime]):
    """An aware datetime, stored as UTC; a naive one is refused.

    SQLite gives naive values back even where the column has a time zone, so the zone is put on
    again when a value is read.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a naive datetime was given to the database: {value!r}")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """The parent of all models."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: UTCDateTime(), str: Text()}


def words(enum: type[StrEnum], name: str = "") -> Enum:
    """Return the column type that stores the values of `enum` as words, checked by the database.

    `name` tells two columns of one table apart that hold the same enum.
    """
    return Enum(
        enum,
        native_enum=False,
        length=20,
        values_callable=lambda members: [member.value for member in members],
        name=name or enum.__name__.lower(),
        create_constraint=True,
    )


def make_engine(url: str) -> Engine:
    """Return an engine for `url`, set so that a commit that was acknowledged is on the disk."""
    if make_url(url).get_backend_name() == "sqlite":
        engine = create_engine(url, connect_args={"timeout": 10}, pool_size=20, max_overflow=20)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    else:
        engine = create_engine(url, pool_pre_ping=True, pool_size=10, max_overflow=20)
        event.listen(engine, "connect", _share_postgresql)
    event.listen(engine, "handle_error", _mark_retryable)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver's own transaction handling commits behind our back before savepoints; we begin
    # transactions ourselves.
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _share_postgresql(connection: Any, _record: Any) -> None:
    # As long as a connection is open, no backup can be put in its place, from whatever machine;
    # and while one is, there is no connection.
    import psycopg

    try:
        (shared,) = connection.execute(
            "SELECT pg_try_advisory_lock_shared(%s)", (IN_USE,)
        ).fetchone()
        connection.commit()
        if not shared:
            raise psycopg.OperationalError("a backup is being put in place")
    except psycopg.Error:
        connection.close()
        raise


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("sqlite_begin", "BEGIN"))


def _mark_retryable(context: ExceptionContext) -> None:
    """Tell pyramid_retry of the failures that a second attempt usually gets past.

    Two requests that insert the same unique value race for it: the loser's second attempt sees the
    winner's row and answers accordingly, so an IntegrityError is worth a retry too. A connection
    that PostgreSQL closed is replaced by a new one.
    """
    error = context.sqlalchemy_exception
    original = context.original_exception
    sqlstate = str(getattr(original, "sqlstate", None) or "")
    if isinstance(error, IntegrityError) or (
        isinstance(error, DBAPIError)
        and (
            "database is locked" in str(original)
            or sqlstate.startswith("40")
            or (lost(error) and not in_doubt(error))
        )
    ):
        mark_error_retryable(error)


def _wait_for_postgresql(event: IBeforeRetry) -> None:
    """Give a server that restarts a moment before the next attempt."""
    if lost(event.exception):
        time.sleep(RECONNECTING * 2 ** event.environ["retry.attempt"])


def for_writing(engine: Engine) -> Engine:
    """Return the same engine, taking SQLite's write lock when a transaction begins.

    A transaction that reads first and writes later would fail at once with "database is locked"
    if somebody else wrote in between, however long it is willing to wait.
    """
    return engine.execution_options(sqlite_begin="BEGIN IMMEDIATE")


def insert_unless_there(session: Session, model: type[Base], unique: str, **values: Any) -> None:
    """Insert a row unless another one has its value in the column `unique`, in one statement.

    It is the same statement in both cases, so that nothing but the database itself can tell them
    apart, and two who insert the same value at once both succeed.
    """
    dialect = session.get_bind().dialect.name
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    statement = insert(model).values(**values).on_conflict_do_nothing(index_elements=[unique])
    session.execute(statement)


@contextmanager
def session_scope(sessions: sessionmaker[Session]) -> Iterator[Session]:
    """Give a session for writing outside of requests; commit at the end, roll back on an error."""
    session = sessions(bind=for_writing(engine_of(sessions)))
    try:
        yield session
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        session.close()


def registry_of(session: Session) -> Registry:
    """Return the registry of the site whose session this is.

    What rooms have registered is found there. Raises RuntimeError for a session that no site has
    made: what rooms above have to do with would go wrong with it, and nobody would be told.
    """
    try:
        registry: Registry = session.info["registry"]
    except KeyError:
        raise RuntimeError(
            "this session belongs to no site; take one of registry['sessions'], which main() makes"
        ) from None
    return registry


def engine_of(sessions: sessionmaker[Session]) -> Any:
    """Return what the factory's sessions are bound to."""
    return sessions.kw["bind"]


def _request_session(request: Request) -> Session:
    sessions: sessionmaker[Session] = request.registry["sessions"]
    bind = engine_of(sessions)
    if request.method not in SAFE_METHODS:
        bind = for_writing(bind)
    session = sessions(bind=bind)
    zope.sqlalchemy.register(session, transaction_manager=request.tm)
    return session


def includeme(config: Configurator) -> None:
    settings: Settings = config.registry["settings"]
    config.add_settings(
        {
            "tm.manager_hook": "pyramid_tm.explicit_manager",
            "tm.commit_veto": "pyramid_tm.default_commit_veto",
            "tm.annotate_user": False,
            "retry.attempts": 4,
        }
    )
    config.include("pyramid_retry")
    config.include("pyramid_tm")
    config.add_subscriber(_wait_for_postgresql, IBeforeRetry)
    if settings.database.startswith("sqlite"):
        settings.data.mkdir(parents=True, exist_ok=True)
    engine = make_engine(settings.database)
    config.registry["sessions"] = sessionmaker(
        engine, expire_on_commit=True, info={"registry": config.registry}
    )
    config.add_request_method(_request_session, "db", reify=True)
