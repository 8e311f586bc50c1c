"""What chat models are asked about meetings, and what they replied."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "modelinquiry",
        sa.Column("meeting_id", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.Column("about", sa.JSON(), nullable=False),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("text", sa.String(), nullable=True),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("reply", sa.String(), nullable=True),
        sa.Column("fault", sa.String(), nullable=True),
        sa.Column("prompt_tokens", sa.Integer(), nullable=False),
        sa.Column("completion_tokens", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"]),
        sa.PrimaryKeyConstraint("meeting_id", "key"),
    )


def downgrade() -> None:
    op.drop_table("modelinquiry")
