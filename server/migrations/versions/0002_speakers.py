"""Who speaks when: voices heard in each piece, turns, and how sure an utterance's speaker is."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "turn",
        sa.Column("meeting_id", sa.String(), nullable=False),
        sa.Column("index", sa.Integer(), nullable=False),
        sa.Column("speaker", sa.Integer(), nullable=False),
        sa.Column("start", sa.Float(), nullable=False),
        sa.Column("end", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"]),
        sa.PrimaryKeyConstraint("meeting_id", "index"),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("project_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_name"), ["name"], unique=False)
        batch_op.create_index(batch_op.f("ix_person_project_id"), ["project_id"], unique=False)
    op.create_table(
        "meetingvoice",
        sa.Column("meeting_id", sa.String(), nullable=False),
        sa.Column("speaker", sa.Integer(), nullable=False),
        sa.Column("model_id", sa.String(), nullable=False),
        sa.Column("vector", sa.String(), nullable=True),
        sa.Column("seconds", sa.Float(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=True),
        sa.Column("cosine", sa.Float(), nullable=True),
        sa.Column("known", sa.Boolean(), nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.Column("label", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"]),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.PrimaryKeyConstraint("meeting_id", "speaker"),
    )
    with op.batch_alter_table("meetingvoice", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meetingvoice_person_id"), ["person_id"], unique=False)
    op.create_table(
        "voiceprint",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("meeting_id", sa.String(), nullable=False),
        sa.Column("speaker", sa.Integer(), nullable=False),
        sa.Column("model_id", sa.String(), nullable=False),
        sa.Column("vector", sa.String(), nullable=False),
        sa.Column("seconds", sa.Float(), nullable=False),
        sa.Column("consented_by", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"]),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("person_id", "meeting_id", "speaker"),
    )
    with op.batch_alter_table("voiceprint", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_voiceprint_meeting_id"), ["meeting_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_voiceprint_person_id"), ["person_id"], unique=False)
    with op.batch_alter_table("piece", schema=None) as batch_op:
        batch_op.add_column(sa.Column("voices", sa.JSON(), nullable=True))
    with op.batch_alter_table("utterance", schema=None) as batch_op:
        batch_op.add_column(sa.Column("voice", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("sure", sa.Boolean(), nullable=False, server_default=sa.true()))


def downgrade() -> None:
    with op.batch_alter_table("utterance", schema=None) as batch_op:
        batch_op.drop_column("sure")
        batch_op.drop_column("voice")
    with op.batch_alter_table("piece", schema=None) as batch_op:
        batch_op.drop_column("voices")
    op.drop_table("voiceprint")
    op.drop_table("meetingvoice")
    op.drop_table("person")
    op.drop_table("turn")
