"""Reports that are kept, those that are made every week, and on which side speakers are."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "report",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("asked", sa.JSON(), nullable=False),
        sa.Column("schedule_id", sa.String(), nullable=True),
        sa.Column("occasion", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("schedule_id", "occasion"),
    )
    op.create_index("ix_report_created_at", "report", ["created_at"])
    op.create_table(
        "reportproject",
        sa.Column("report_id", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"]),
        sa.PrimaryKeyConstraint("report_id", "place"),
    )
    op.create_index("ix_reportproject_project_id", "reportproject", ["project_id"])
    op.create_table(
        "reportversion",
        sa.Column("report_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=True),
        sa.Column("text", sa.String(), nullable=True),
        sa.Column("paper", sa.String(), nullable=True),
        sa.Column("built_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"]),
        sa.PrimaryKeyConstraint("report_id", "version"),
    )
    op.create_table(
        "reportmeeting",
        sa.Column("report_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"]),
        sa.PrimaryKeyConstraint("report_id", "version", "meeting_id"),
    )
    op.create_index("ix_reportmeeting_meeting_id", "reportmeeting", ["meeting_id"])
    op.create_table(
        "reportschedule",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("projects", sa.JSON(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("timezone", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done", sa.Date(), nullable=True),
        sa.Column("error", sa.String(), nullable=True),
        sa.Column("hint", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "speakerside",
        sa.Column("project_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("side", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"]),
        sa.PrimaryKeyConstraint("project_id", "name"),
    )


def downgrade() -> None:
    op.drop_table("speakerside")
    op.drop_table("reportschedule")
    op.drop_index("ix_reportmeeting_meeting_id", table_name="reportmeeting")
    op.drop_table("reportmeeting")
    op.drop_table("reportversion")
    op.drop_index("ix_reportproject_project_id", table_name="reportproject")
    op.drop_table("reportproject")
    op.drop_index("ix_report_created_at", table_name="report")
    op.drop_table("report")
