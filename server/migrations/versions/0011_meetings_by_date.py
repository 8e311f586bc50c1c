"""Meetings are listed by date, of all projects and of one."""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_meeting_date", "meeting", ["date", "id"])
    op.create_index("ix_meeting_project_date", "meeting", ["project_id", "date", "id"])


def downgrade() -> None:
    op.drop_index("ix_meeting_project_date", table_name="meeting")
    op.drop_index("ix_meeting_date", table_name="meeting")
