"""The ledger: items, their links, and how far meetings were read."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ledgeritem",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("meeting_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("owner", sa.String(), nullable=True),
        sa.Column("owner_lines", sa.JSON(), nullable=True),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("due_said", sa.String(), nullable=True),
        sa.Column("due_line", sa.Integer(), nullable=True),
        sa.Column("measure_name", sa.String(), nullable=True),
        sa.Column("measure_value", sa.String(), nullable=True),
        sa.Column("measure_unit", sa.String(), nullable=True),
        sa.Column("measure_said", sa.String(), nullable=True),
        sa.Column("measure_line", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_ledgeritem_meeting_id", "ledgeritem", ["meeting_id"])
    op.create_index("ix_ledgeritem_kind", "ledgeritem", ["kind"])
    op.create_table(
        "ledgerlink",
        sa.Column("later", sa.String(), nullable=False),
        sa.Column("earlier", sa.String(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["later"], ["ledgeritem.id"]),
        sa.ForeignKeyConstraint(["earlier"], ["ledgeritem.id"]),
        sa.PrimaryKeyConstraint("later", "earlier"),
    )
    op.create_index("ix_ledgerlink_earlier", "ledgerlink", ["earlier"])
    op.create_table(
        "reading",
        sa.Column("meeting_id", sa.String(), nullable=False),
        sa.Column("wanted", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.String(), nullable=True),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("error", sa.String(), nullable=True),
        sa.Column("hint", sa.String(), nullable=True),
        sa.Column("spent", sa.JSON(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"]),
        sa.PrimaryKeyConstraint("meeting_id"),
    )


def downgrade() -> None:
    op.drop_table("reading")
    op.drop_index("ix_ledgerlink_earlier", table_name="ledgerlink")
    op.drop_table("ledgerlink")
    op.drop_index("ix_ledgeritem_kind", table_name="ledgeritem")
    op.drop_index("ix_ledgeritem_meeting_id", table_name="ledgeritem")
    op.drop_table("ledgeritem")
