"""A database from before numbers stayed as they were typed is brought up to date."""

import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from sqlalchemy import Engine, MetaData, make_url, text

from consult.commands.migrate import migrate, migration_config
from consult.db import make_engine

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
TYPED = "My answers:\n\n1. Yes\n3. No\n\n5*3*2"
COUNTED = "<p>My answers:</p>\n<ol>\n<li>Yes</li>\n<li>No</li>\n</ol>\n<p>5<em>3</em>2</p>"
RIGHT = "<p>My answers:</p>\n<ul>\n<li>1. Yes</li>\n<li>3. No</li>\n</ul>\n<p>5*3*2</p>"
PLAIN = {"source": "Trees *please*.", "html": "<p>Trees <em>please</em>.</p>"}
WRONG = {"source": TYPED, "html": COUNTED}


@pytest.fixture
def old(database: str, tmp_path: Path) -> Iterator[Engine]:
    """Give a database that has seen the first migration only."""
    url, admin = f"sqlite:///{tmp_path}/old.sqlite", None
    name = f"consult_counted_{os.getpid()}"
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


class Rows:
    """Fills the old tables, which the models of today do not describe any more."""

    def __init__(self, engine: Engine) -> None:
        self.engine, self.metadata = engine, MetaData()
        self.metadata.reflect(engine)

    def add(self, table: str, *ids: int, **values: Any) -> None:
        """Insert rows, with something wherever the table insists on it."""
        made = self.metadata.tables[table]
        insisted = [column for column in made.columns if not column.nullable]
        rows = []
        for id_ in ids:
            kinds: dict[type, Any] = {datetime: NOON, int: 1, bool: False, str: f"{table}{id_}"}
            filled = {column.name: kinds.get(column.type.python_type) for column in insisted}
            rows.append(filled | {"id": id_} | values)
        with self.engine.begin() as connection:
            connection.execute(made.insert(), rows)


@pytest.fixture
def rows(old: Engine) -> Rows:
    """Give a site of before with two comments, an earlier text, a reply and a consultation's rules."""
    rows = Rows(old)
    rows.add("account", 1, state="active")
    rows.add("department", 1)
    rows.add(
        "consultation", 1, audience="public", phase="open", commenters="everyone",
        moderation="report", house_rules=TYPED, house_rules_html=COUNTED, privacy_notice=TYPED,
        privacy_notice_html=COUNTED,
    )  # fmt: skip
    rows.add("document", 1, activity=7)
    rows.add("paragraph", 1)
    rows.add("version", 1, state="working", findings=[])
    facts = {"contribution": "comment", "stance": "", "status": "published"}
    rows.add("comment", 1, **facts, **WRONG, revision=2)
    rows.add("comment", 2, **facts, **PLAIN)
    rows.add("comment", 3, **facts | {"status": "hidden"}, source="", html="")
    rows.add("comment_revision", 1, **WRONG)
    rows.add("official_reply", 4, status="published", **WRONG)
    return rows


def asked(engine: Engine, question: str) -> list[Any]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(question)).all()]


def test_what_was_counted_anew_reads_as_it_was_typed(rows: Rows) -> None:
    migrate(rows.engine)
    assert asked(rows.engine, "SELECT id, source, html FROM comment ORDER BY id") == [
        (1, TYPED, RIGHT),
        (2, PLAIN["source"], PLAIN["html"]),
        (3, "", ""),
    ]
    for question in (
        "SELECT source, html FROM comment_revision",
        "SELECT source, html FROM official_reply",
        "SELECT house_rules, house_rules_html FROM consultation",
        "SELECT privacy_notice, privacy_notice_html FROM consultation",
    ):
        assert asked(rows.engine, question) == [(TYPED, RIGHT)]


def test_search_and_finished_pages_hear_of_it(rows: Rows) -> None:
    migrate(rows.engine)
    ((payload, state),) = asked(rows.engine, "SELECT payload, state FROM job WHERE kind = 'index'")
    said = json.loads(payload) if isinstance(payload, str) else payload
    assert said == {"changed": ["comment:1", "reply:4"]} and state == "waiting"
    assert asked(rows.engine, "SELECT activity FROM document") == [(8,)]


def test_many_are_rendered_in_several_goes(rows: Rows) -> None:
    facts = {"contribution": "comment", "stance": "", "status": "published"}
    rows.add("comment", *range(10, 1020), **facts, source="3. a", html="<ol>")
    migrate(rows.engine)
    found = "SELECT count(*) FROM comment WHERE html LIKE '%<li>3. a</li>%'"
    assert asked(rows.engine, found) == [(1010,)]
    assert asked(rows.engine, "SELECT count(*) FROM job WHERE kind = 'index'") == [(3,)]
