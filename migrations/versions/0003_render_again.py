"""Render what people wrote again, so that the numbers of lists read as they were typed"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

from consult.text import render_markdown

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# Each column of HTML with that of the Markdown from which it was rendered.
RENDERED = {
    ("comment", "html"): "source",
    ("comment_revision", "html"): "source",
    ("official_reply", "html"): "source",
    ("consultation", "house_rules_html"): "house_rules",
    ("consultation", "privacy_notice_html"): "privacy_notice",
}
# By which word the search index is told that one of these has changed.
FOUND_AS = {"comment": "comment", "official_reply": "reply"}
BATCH = 500


def upgrade() -> None:
    """Render everything anew; what comes out as it was is left alone.

    The renderer is the program's own and not a copy kept here: whenever this runs, the pages are to
    show what the program of that day makes of what people typed.
    """
    changed = [
        f"{FOUND_AS[table]}:{number}"
        for (table, html), source in RENDERED.items()
        for number in _rendered(table, source, html)
        if table in FOUND_AS
    ]
    _promise_index(changed)
    # Pages are told from outdated ones by this number.
    document = sa.table("document", sa.column("activity", sa.Integer))
    op.execute(document.update().values(activity=document.c.activity + 1))


def _rendered(name: str, source: str, html: str) -> Iterator[int]:
    """Render one table's rows, a few at a time; yield the ids of those that changed."""
    connection = op.get_bind()
    table = sa.table(
        name, sa.column("id", sa.Integer), sa.column(source, sa.Text), sa.column(html, sa.Text)
    )
    wanted = sa.select(table.c.id, table.c[source], table.c[html]).order_by(table.c.id)
    change = table.update().where(table.c.id == sa.bindparam("row"))
    change = change.values({html: sa.bindparam("anew")})
    last = -1
    while rows := connection.execute(wanted.where(table.c.id > last).limit(BATCH)).all():
        last = rows[-1].id
        anew = {number: render_markdown(typed) for number, typed, _shown in rows}
        changes: list[dict[str, Any]] = [
            {"row": number, "anew": anew[number]}
            for number, _typed, shown in rows
            if shown != anew[number]
        ]
        if changes:
            connection.execute(change, changes)
        yield from (entry["row"] for entry in changes)


def _promise_index(changed: list[str]) -> None:
    """Have the worker bring the search index up to date with what changed."""
    now = datetime.now(UTC)
    job = sa.table(
        "job",
        sa.column("kind", sa.Text),
        sa.column("payload", sa.JSON),
        sa.column("state", sa.Text),
        sa.column("run_at", sa.DateTime(timezone=True)),
        sa.column("created_at", sa.DateTime(timezone=True)),
        sa.column("attempts", sa.Integer),
        sa.column("last_error", sa.Text),
    )
    jobs = [
        {
            "kind": "index",
            "payload": {"changed": changed[start : start + BATCH]},
            "state": "waiting",
            "run_at": now,
            "created_at": now,
            "attempts": 0,
            "last_error": "",
        }
        for start in range(0, len(changed), BATCH)
    ]
    if jobs:
        op.bulk_insert(job, jobs)
