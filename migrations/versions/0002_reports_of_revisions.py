"""Reports are about one text of a comment"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# Which text stood when somebody reported: the last one that was written by then.
BY_TIME = """
UPDATE report SET revision = coalesce(
    (SELECT c.revision FROM comment c
      WHERE c.id = report.comment_id AND coalesce(c.edited_at, c.created_at) <= report.created_at),
    (SELECT max(earlier.revision) FROM comment_revision earlier
      WHERE earlier.comment_id = report.comment_id AND earlier.created_at <= report.created_at),
    (SELECT c.revision FROM comment c WHERE c.id = report.comment_id)
)
"""

# A text counts from when it was sent, which on a busy machine is a little before it stood. Whoever
# decided after the report saw that text or a later one.
BY_DECISIONS = """
UPDATE report SET revision = (
    SELECT min(d.revision) FROM decision d
     WHERE d.comment_id = report.comment_id AND d.created_at >= report.created_at
)
WHERE EXISTS (
    SELECT 1 FROM decision d
     WHERE d.comment_id = report.comment_id AND d.created_at >= report.created_at
       AND d.revision < report.revision
)
"""


def upgrade() -> None:
    op.add_column("report", sa.Column("revision", sa.Integer(), nullable=True))
    op.execute(BY_TIME)
    op.execute(BY_DECISIONS)
    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.alter_column("revision", existing_type=sa.Integer(), nullable=False)
        batch_op.drop_constraint(op.f("uq_report_comment_id_reporter_id"), type_="unique")
        batch_op.create_unique_constraint(
            op.f("uq_report_comment_id_reporter_id_revision"),
            ["comment_id", "reporter_id", "revision"],
        )
