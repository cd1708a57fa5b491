"""A site of an earlier version is brought up to date, and nothing in it is lost.

Each migration that comes is tried here too. Where it changes what rows say, `CHANGED` names the
columns and why; their rows are still counted.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pyramid.router import Router
from sqlalchemy import Engine, MetaData, inspect, select, text
from webtest import TestApp

from consult import main
from consult.commands.migrate import migrate
from consult.tables import metadata
from tests.old_databases import Old

DUMP = Path(__file__).with_name("0_1_0.sql")

CHANGED = {
    # Numbers and stars are shown as they were typed; the index and finished pages hear of it.
    ("comment", "html"),
    ("comment_revision", "html"),
    ("official_reply", "html"),
    ("consultation", "house_rules_html"),
    ("consultation", "privacy_notice_html"),
    ("document", "activity"),
    # What names look like is worked out by better rules.
    ("account", "name_skeleton"),
}

Rows = dict[str, dict[Any, dict[str, Any]]]


def load(engine: Engine) -> None:
    """Put the dump into empty tables of the version that it comes from."""
    raw = engine.raw_connection()
    try:
        if engine.dialect.name == "sqlite":
            raw.driver_connection.executescript(DUMP.read_text(encoding="utf-8"))  # type: ignore[union-attr]
        else:
            cursor = raw.cursor()
            cursor.execute("SET TIME ZONE 'UTC'")
            cursor.execute(DUMP.read_bytes())
        raw.commit()
    finally:
        raw.close()
    if engine.dialect.name == "postgresql":
        with engine.begin() as connection:
            for table in inspect(engine).get_table_names():
                _count_on(connection, table)


def _count_on(connection: Any, table: str) -> None:
    sequence = connection.scalar(
        text("SELECT pg_get_serial_sequence(:name, a.attname) FROM pg_attribute a"
             " WHERE a.attrelid = CAST(:name AS regclass) AND a.attname = 'id'"),
        {"name": f'"{table}"'},
    )  # fmt: skip
    if sequence:
        connection.execute(
            text(f"SELECT setval('{sequence}', (SELECT max(id) + 1 FROM \"{table}\"), false)")
        )


def rows_of(engine: Engine) -> Rows:
    """Return every row by its table and its key."""
    found: Rows = {}
    there = MetaData()
    there.reflect(engine)
    with engine.connect() as connection:
        for table in there.sorted_tables:
            key = [column.name for column in table.primary_key]
            found[table.name] = {
                tuple(row[name] for name in key): dict(row)
                for row in connection.execute(select(table)).mappings()
            }
    return found


@pytest.fixture
def before(old: Old) -> Rows:
    """Give what stood in a site of 0.1.0, whose database is now the newest."""
    load(old.engine)
    rows = rows_of(old.engine)
    migrate(old.engine)
    return rows


def test_no_row_is_lost_and_none_says_anything_else(old: Old, before: Rows) -> None:
    now = rows_of(old.engine)
    del before["alembic_version"]
    assert sum(map(len, before.values())) > 600
    for table, rows in before.items():
        for key, row in rows.items():
            kept = now[table][key]
            for column, value in row.items():
                if (table, column) not in CHANGED:
                    assert kept[column] == value, (table, key, column)


def test_what_is_added_is_known_of_every_row(old: Old, before: Rows) -> None:
    now = rows_of(old.engine)
    for table in metadata.sorted_tables:
        for row in now[table.name].values():
            missing = [c.name for c in table.columns if not c.nullable and row[c.name] is None]
            assert not missing, (table.name, row)


def test_a_hidden_comment_is_known_to_have_been_hidden(old: Old, before: Rows) -> None:
    hidden = old.asked("SELECT id FROM comment WHERE status = 'hidden'")
    assert hidden and hidden == old.asked("SELECT id FROM comment WHERE taken_down")


@pytest.fixture
def upgraded(old: Old, before: Rows, tmp_path: Path) -> Iterator[Router]:
    """Give the site of today on that database."""
    url = old.engine.url.render_as_string(hide_password=False)
    app = main({}, **{"consult.data": str(tmp_path / "data"), "consult.database": url})
    yield app
    app.registry["sessions"].kw["bind"].dispose()


def test_what_was_published_is_read_on(upgraded: Router) -> None:
    reader = TestApp(upgraded)
    reader.get("/").mustcontain("Benches", "Streets people want to stay in")
    page = reader.get("/consultations/benches/plan")
    page.mustcontain("The council puts a bench under every tree along the river.")
    talk = "/consultations/benches/" + page.html.select_one("a.c")["href"]
    reader.get(talk).mustcontain("<li>1. Shade</li>", "<li>3. Sun</li>", "5*3*2 benches.")
    reader.get("/consultations/benches/plan/redline?from=1&to=2").mustcontain("made of oak")
    assert "A second thought" not in reader.get(talk)
