"""Comments that moderators hid stay known as such when their authors withdraw them"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

# By the last decision: of "confirm", "edit" and "withdraw" moderators decide none.
BY_DECISIONS = """
UPDATE comment SET taken_down = (1 = 1)
 WHERE id IN (
    SELECT d.comment_id FROM decision d
     WHERE d.move = 'hide'
       AND d.id = (SELECT max(last.id) FROM decision last WHERE last.comment_id = d.comment_id)
)
"""


def upgrade() -> None:
    # The default stays: to take it away would have SQLite write the whole table anew.
    op.add_column(
        "comment", sa.Column("taken_down", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.execute(BY_DECISIONS)
