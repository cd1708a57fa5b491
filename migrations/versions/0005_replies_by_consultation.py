"""Find replies by their consultation, and never by their status alone"""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("official_reply", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_official_reply_status"))
        batch_op.drop_index(batch_op.f("ix_official_reply_consultation_id"))
        batch_op.create_index(
            "ix_official_reply_consultation_id_status",
            ["consultation_id", "status", "id"],
            unique=False,
        )
