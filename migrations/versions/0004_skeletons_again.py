"""Skeletons again

What a name looks like is computed in another way, and names are found by what is stored of them.
"""

import sqlalchemy as sa
from alembic import op

from consult.accounts.resembling import kept_skeleton

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

BATCH = 1000

ACCOUNT = sa.table(
    "account",
    sa.column("id", sa.Integer),
    sa.column("display_name", sa.Text),
    sa.column("name_skeleton", sa.Text),
)


def upgrade() -> None:
    # With the program's own function and no copy of it: what is stored has to be what the program
    # asks for. Whoever changes the function again adds a migration that does this again.
    connection = op.get_bind()
    last = 0
    while rows := connection.execute(
        sa.select(ACCOUNT).where(ACCOUNT.c.id > last).order_by(ACCOUNT.c.id).limit(BATCH)
    ).all():
        last = rows[-1].id
        changed = [
            {"number": row.id, "look": look}
            for row in rows
            if (look := kept_skeleton(row.display_name)) != row.name_skeleton
        ]
        if changed:
            connection.execute(
                sa.update(ACCOUNT)
                .where(ACCOUNT.c.id == sa.bindparam("number"))
                .values(name_skeleton=sa.bindparam("look")),
                changed,
            )


def downgrade() -> None:
    """Leave them: the next upgrade computes them again."""
