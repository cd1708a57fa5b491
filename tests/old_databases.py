"""Databases as earlier versions made them, to be brought up to date."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from alembic import command
from sqlalchemy import MetaData, make_url, text

from consult.commands.migrate import migration_config
from consult.db import make_engine

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


@contextmanager
def empty_database(beside: str, folder: Path) -> Iterator[str]:
    """Give the address of a new database of the same kind as the one at `beside`."""
    if beside.startswith("sqlite"):
        yield f"sqlite:///{folder}/old.sqlite"
        return
    name = f"{make_url(beside).database}_old"
    admin = make_engine(beside).execution_options(isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        connection.execute(text(f"CREATE DATABASE {name}"))
    try:
        yield make_url(beside).set(database=name).render_as_string(hide_password=False)
    finally:
        with admin.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        admin.dispose()


class Old:
    """Fills a database that has seen the migrations up to `revision`.

    The models of today do not describe its tables any more.
    """

    def __init__(self, url: str, revision: str = "0001") -> None:
        self.engine = make_engine(url)
        with self.engine.connect() as connection:
            command.upgrade(migration_config(connection), revision)
            connection.commit()
        self.metadata = MetaData()
        self.metadata.reflect(self.engine)
        self.ids: dict[str, int] = {}

    def add(self, table: str, **values: Any) -> int:
        """Insert a row, with something wherever the table insists on it; return its id."""
        (id_,) = self.add_all(table, [values])
        return id_

    def add_all(self, table: str, rows: list[dict[str, Any]]) -> list[int]:
        """Insert rows, which say the same columns."""
        made = self.metadata.tables[table]
        insisted = [column for column in made.columns if not column.nullable]
        filled, ids = [], []
        for values in rows:
            id_ = int(values.get("id", self.ids.get(table, 0) + 1))
            self.ids[table] = id_
            ids.append(id_)
            kinds: dict[type, Any] = {datetime: NOON, int: 1, bool: False, str: f"{table}{id_}"}
            some = {column.name: kinds.get(column.type.python_type) for column in insisted}
            filled.append(some | {"id": id_} | values)
        with self.engine.begin() as connection:
            connection.execute(made.insert(), filled)
        return ids

    def asked(self, question: str) -> list[Any]:
        """Return the rows of an answer in SQL."""
        with self.engine.connect() as connection:
            return [tuple(row) for row in connection.execute(text(question)).all()]
