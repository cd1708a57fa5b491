"""Runs migrations on the connection that `consult migrate` hands over."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import Connection

from consult.db import UTCDateTime
from consult.tables import metadata


def render(kind: str, thing: Any, _context: Any) -> str | Literal[False]:
    """Write our own column type as the plain one, so that old migrations outlive our code."""
    if kind == "type" and isinstance(thing, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=True,
        compare_type=True,
        render_item=render,
        transaction_per_migration=False,
    )
    with context.begin_transaction():
        context.run_migrations()


run(context.config.attributes["connection"])
