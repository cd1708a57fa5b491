"""A database of the past, brought up to date: names are found by what is stored of them."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import Engine, text

from consult.commands.migrate import migrate, migration_config
from consult.db import make_engine
from tests.conftest import POSTGRESQL, postgresql_missing


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """Give a database without tables."""
    if request.param == "sqlite":
        engine = make_engine(f"sqlite:///{tmp_path}/old.sqlite")
        yield engine
        engine.dispose()
        return
    if missing := postgresql_missing():
        pytest.skip(missing)
    name = f"consult_old_{os.getpid()}"
    admin = make_engine(POSTGRESQL).execution_options(isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine = make_engine(POSTGRESQL.rsplit("/", 1)[0] + "/" + name)
    try:
        yield engine
    finally:
        engine.dispose()
        with admin.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        admin.dispose()


ACCOUNTS = {
    "Dr Clara Burns": "drclaraburns",
    "王小明": "王小明",
    "Ada": "ada",
    "Bernard": "bernard",
}


def test_what_is_stored_of_names_is_computed_again(engine: Engine) -> None:
    with engine.connect() as connection:
        command.upgrade(migration_config(connection), "0001")
        connection.commit()
    people = [*ACCOUNTS, *(f"Person {n}" for n in range(1500))]
    with engine.begin() as connection:
        for number, name in enumerate(people, 1):
            connection.execute(
                text(
                    "INSERT INTO account (id, email, display_name, name_skeleton, locale, state, "
                    "created_at) VALUES (:id, :email, :name, :look, 'en', 'active', "
                    "'2026-01-01 00:00:00')"
                ),
                {
                    "id": number * 3,
                    "email": f"p{number}@example.org",
                    "name": name,
                    "look": ACCOUNTS.get(name, "stale"),
                },
            )
    migrate(engine)
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT display_name, name_skeleton FROM account")).all()
    found = {row[0]: row[1] for row in rows}
    assert len(found) == len(people) and "stale" not in found.values()
    # The title is gone, "cl" is a "d" and "rn" an "m".
    assert found["Dr Clara Burns"] == "darabums"
    assert found["王小明"] == "王小明" and found["Ada"] == "ada" and found["Bernard"] == "bemard"
