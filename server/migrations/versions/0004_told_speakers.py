"""How many speakers somebody says there are, whether they are to be told apart anew, and which model heard a piece."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.add_column(sa.Column("speakers_least", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("speakers_most", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("tell_anew", sa.Boolean(), nullable=False, server_default="0"))
    with op.batch_alter_table("piece", schema=None) as batch_op:
        batch_op.add_column(sa.Column("heard_by", sa.String(), nullable=True))
    op.execute(
        "UPDATE piece SET heard_by = (SELECT max(model_id) FROM meetingvoice"
        " WHERE meetingvoice.meeting_id = piece.meeting_id) WHERE voices IS NOT NULL"
    )


def downgrade() -> None:
    # not in batch mode, which makes the tables anew: others refer to the meetings
    op.drop_column("piece", "heard_by")
    for column in ("tell_anew", "speakers_most", "speakers_least"):
        op.drop_column("meeting", column)
