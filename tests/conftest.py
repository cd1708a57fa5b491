"""The real application on a database whose outer transaction is always rolled back.

Every request runs through the application's own transaction machinery; its commits release
savepoints inside the one transaction that the test began and throws away at the end.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from pyramid.router import Router
from sqlalchemy import Connection, Engine, make_url, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, sessionmaker

from consult import main
from consult.commands.migrate import migrate
from consult.db import for_writing, make_engine
from tests.browser import Browser
from tests.factories import Factory
from tests.old_databases import Old, empty_database

POSTGRESQL = os.environ.get(
    "CONSULT_TEST_POSTGRESQL", "postgresql+psycopg://postgres@127.0.0.1:5432/postgres"
)


def postgresql_missing() -> str:
    """Return why there is no PostgreSQL for the tests; "" where there is."""
    engine = make_engine(POSTGRESQL)
    try:
        with engine.connect():
            return ""
    except OperationalError as error:
        return f"no PostgreSQL at {urlsplit(POSTGRESQL).hostname}: {type(error.orig).__name__}"
    finally:
        engine.dispose()


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def database(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Give the address of a database that holds the tables and nothing else."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('db')}/consult.sqlite"
        engine = make_engine(url)
        migrate(engine)
        engine.dispose()
        yield url
        return
    if missing := postgresql_missing():
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    name = f"consult_test_{os.getpid()}"
    admin = make_engine(POSTGRESQL).execution_options(isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        # One that was killed may have left a database behind, and numbers of processes come again.
        connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        connection.execute(text(f"CREATE DATABASE {name}"))
    url = POSTGRESQL.rsplit("/", 1)[0] + "/" + name
    engine = make_engine(url)
    try:
        migrate(engine)
        yield url
    finally:
        engine.dispose()
        with admin.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        admin.dispose()


@pytest.fixture(scope="session")
def app(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Router]:
    """Give the application, as an operator's ini file makes it."""
    app = main(
        {},
        **{
            "consult.data": str(tmp_path_factory.mktemp("data")),
            "consult.database": database,
            "consult.environment": "development",
            "consult.public_url": "http://localhost",
            "consult.worker": "apart",
        },
    )
    yield app
    app.registry["sessions"].kw["bind"].dispose()


@pytest.fixture
def connection(app: Router) -> Iterator[Connection]:
    """Give the connection on which the test and all its requests work."""
    engine: Engine = app.registry["sessions"].kw["bind"]
    with for_writing(engine).connect() as connection:
        transaction = connection.begin()
        yield connection
        transaction.rollback()


@pytest.fixture
def db(app: Router, connection: Connection) -> Iterator[Session]:
    """Give a session beside the requests'; what it commits, they see, and the other way round."""
    original: sessionmaker[Session] = app.registry["sessions"]
    # A class that inherits what the site listens to.
    sessions = sessionmaker(
        connection,
        class_=original.class_,
        info=original.kw["info"],
        join_transaction_mode="create_savepoint",
    )
    app.registry["sessions"] = sessions
    app.registry["rate limiter"].storage.reset()
    # What a rolled-back test stored is gone, and its ids are given again.
    for memory in ("shelf", "frozen", "redlines", "glances", "appearances"):
        app.registry[memory].forget()
    with sessions() as session:
        yield session
    app.registry["sessions"] = original


@pytest.fixture
def make(db: Session) -> Factory:
    """Give a factory of people, consultations, drafts and comments."""
    return Factory(db)


@pytest.fixture
def browser(app: Router, db: Session) -> Browser:
    """Give a browser without JavaScript in which nobody is signed in."""
    return Browser(app, db)


@pytest.fixture
def own_app(database: str, tmp_path: Path) -> Iterator[Router]:
    """Give an application on a database of its own, in which many at once may commit."""
    if database.startswith("sqlite"):
        url = f"sqlite:///{tmp_path}/own.sqlite"
        admin = None
    else:
        own = make_url(database).set(database=f"{make_url(database).database}_own")
        url = own.render_as_string(hide_password=False)
        admin = make_engine(database).execution_options(isolation_level="AUTOCOMMIT")
        with admin.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {own.database}"))
    engine = make_engine(url)
    migrate(engine)
    engine.dispose()
    settings = {"consult.data": str(tmp_path), "consult.database": url, "consult.worker": "apart"}
    app = main({}, **settings, **{"consult.environment": "development"})
    yield app
    app.registry["sessions"].kw["bind"].dispose()
    if admin is not None:
        with admin.connect() as connection:
            connection.execute(text(f"DROP DATABASE {make_url(url).database} WITH (FORCE)"))
        admin.dispose()


@pytest.fixture
def old(database: str, tmp_path: Path) -> Iterator[Old]:
    """Give a database that has seen the first migration only."""
    with empty_database(database, tmp_path) as url:
        old = Old(url)
        yield old
        old.engine.dispose()


@pytest.fixture(scope="session")
def corpus() -> Path:
    """Give the folder of trial material, or skip where it is absent."""
    path = Path(os.environ.get("CONSULT_CORPUS", "../shared/corpus")).resolve()
    if not path.is_dir():
        pytest.skip(f"no trial material at {path} (set CONSULT_CORPUS)")
    return path


# They wait for other processes: what computes goes on beside them, and fills up the end.
WAITING = ("chromium", "commands", "outages")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep what shares a module and a database in one process, which makes both only once."""
    items.sort(key=lambda item: item.path.parent.name not in WAITING)
    for item in items:
        given: dict[str, Any] = item.callspec.params if hasattr(item, "callspec") else {}
        together = f"{item.path.parent.name}.{item.path.stem}.{given.get('database', '')}"
        item.add_marker(pytest.mark.xdist_group(together))


def pytest_configure(config: Any) -> None:
    config.addinivalue_line("markers", "corpus: reads the trial material, which may take a minute")
    config.addinivalue_line("markers", "chromium: drives a real browser")
