"""A database from before reports were bound to a text is brought up to date without losing one."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import Engine, MetaData, Table, inspect, make_url, text
from sqlalchemy.exc import IntegrityError

from consult.commands.migrate import migrate, migration_config
from consult.db import make_engine

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def old(database: str, tmp_path: Path) -> Iterator[Engine]:
    """Give a database that has seen the first migration only."""
    url, admin = f"sqlite:///{tmp_path}/old.sqlite", None
    name = f"consult_old_{os.getpid()}"
    if not database.startswith("sqlite"):
        url = make_url(database).set(database=name).render_as_string(hide_password=False)
        admin = make_engine(database).execution_options(isolation_level="AUTOCOMMIT")
        with admin.connect() as connection:
            connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
            connection.execute(text(f"CREATE DATABASE {name}"))
    engine = make_engine(url)
    with engine.connect() as connection:
        command.upgrade(migration_config(connection), "0001")
        connection.commit()
    yield engine
    engine.dispose()
    if admin is not None:
        with admin.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        admin.dispose()


class Old:
    """Fills the old tables, which the models of today do not describe any more."""

    def __init__(self, engine: Engine) -> None:
        self.engine, self.metadata = engine, MetaData()
        self.metadata.reflect(engine)
        self.ids: dict[str, int] = {}

    def add(self, table: str, **values: object) -> int:
        """Insert a row, with a word or a number wherever the table insists on something."""
        self.ids[table] = self.ids.get(table, 0) + 1
        facts: dict[str, object] = {"id": self.ids[table]} | values
        made: Table = self.metadata.tables[table]
        for column in made.columns:
            if column.name not in facts and not column.nullable:
                facts[column.name] = self._something(column)
        if "id" not in made.columns:
            del facts["id"]
        with self.engine.begin() as connection:
            connection.execute(made.insert(), facts)
        return self.ids[table]

    def _something(self, column: object) -> object:
        kind = column.type.python_type  # type: ignore[attr-defined]
        if kind is datetime:
            return NOON
        return (
            1
            if kind is int
            else kind()
            if kind is not str
            else f"{column} {sum(self.ids.values())}"
        )


def filled(engine: Engine) -> list[tuple[int, int | None]]:
    """Fill an old database; return each report's id with the text that it must be found to be about."""
    old = Old(engine)
    people = [old.add("account", state="active", email=f"p{n}@example.org") for n in range(6)]
    old.add("department")
    old.add(
        "consultation", audience="public", phase="open", commenters="everyone", moderation="report"
    )
    old.add("document")
    old.add("paragraph")
    old.add("version", state="working", findings=[])

    def comment(revision: int, edited_at: datetime | None) -> int:
        return old.add(
            "comment", contribution="comment", stance="", status="published", revision=revision,
            parent_id=None, created_at=NOON, edited_at=edited_at,
        )  # fmt: skip

    def report(comment_id: int, by: int, at: datetime, state: str = "open") -> int:
        return old.add(
            "report", comment_id=comment_id, reporter_id=people[by], reason="abuse", note="Note.",
            state=state, created_at=at,
        )  # fmt: skip

    never = comment(1, None)
    often = comment(3, NOON + 4 * HOUR)
    old.add("comment_revision", comment_id=often, revision=1, created_at=NOON)
    old.add("comment_revision", comment_id=often, revision=2, created_at=NOON + 2 * HOUR)
    lost = comment(2, NOON + 4 * HOUR)  # of which no earlier text is there
    decided = comment(2, NOON + HOUR)
    old.add("comment_revision", comment_id=decided, revision=1, created_at=NOON)
    old.add(
        "decision", comment_id=decided, revision=1, move="publish", before="published",
        after="published", created_at=NOON + 2 * HOUR,
    )  # fmt: skip
    return [
        (report(never, 0, NOON + HOUR), 1),
        (report(often, 0, NOON + HOUR), 1),
        (report(often, 1, NOON + 3 * HOUR), 2),
        (report(often, 2, NOON + 5 * HOUR), 3),
        (report(often, 3, NOON - HOUR), 3),
        (report(lost, 0, NOON + HOUR), 2),
        # By the times it would be about the second text; whoever decided later saw the first.
        (report(decided, 0, NOON + HOUR, "dismissed"), 1),
        (report(decided, 1, NOON + 3 * HOUR), 2),
    ]


def test_every_report_is_kept_and_bound_to_the_text_that_stood_when_it_was_made(
    old: Engine,
) -> None:
    expected = filled(old)
    migrate(old)
    with old.connect() as connection:
        rows = connection.execute(text("SELECT id, revision, note FROM report ORDER BY id")).all()
        assert [(row.id, row.revision) for row in rows] == expected
        assert {row.note for row in rows} == {"Note."}
        assert connection.scalar(text("SELECT count(*) FROM report WHERE state = 'dismissed'")) == 1


def test_what_the_database_refused_it_refuses_still(old: Engine) -> None:
    filled(old)
    migrate(old)
    (first, *_rest) = inspect(old).get_unique_constraints("report")
    assert first["column_names"] == ["comment_id", "reporter_id", "revision"]
    assert not _rest
    checks = inspect(old).get_check_constraints("report")
    assert sorted(str(check["name"]) for check in checks) == [
        "ck_report_reason",
        "ck_report_reportstate",
    ]
    insert = (
        "INSERT INTO report (id, comment_id, reporter_id, revision, reason, note, state, created_at)"
        " VALUES (:id, :comment, 1, :revision, :reason, '', :state, :at)"
    )
    fine = {"id": 90, "comment": 1, "revision": 2, "reason": "abuse", "state": "open", "at": NOON}
    with old.begin() as connection:
        connection.execute(text(insert), fine)
    for wrong in ({"revision": 1}, {"reason": "dislike"}, {"state": "gone"}, {"comment": 99}):
        with pytest.raises(IntegrityError), old.begin() as connection:
            connection.execute(text(insert), fine | {"id": 91, "revision": 3} | wrong)
