"""What people say of items: events, what was found before they are laid over it, and which fields were set by hand."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("ledgeritem", sa.Column("by_hand", sa.JSON(), nullable=False, server_default=sa.text("'{}'")))
    op.add_column("ledgeritem", sa.Column("told_on", sa.Date(), nullable=True))
    op.create_table(
        "ledgerfound",
        sa.Column("meeting_id", sa.String(), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"]),
        sa.PrimaryKeyConstraint("meeting_id"),
    )
    op.create_table(
        "ledgeredit",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("edit_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.String(), nullable=False),
        sa.Column("item_id", sa.String(), nullable=False),
        sa.Column("anchor", sa.JSON(), nullable=False),
        sa.Column("other_meeting_id", sa.String(), nullable=True),
        sa.Column("other_id", sa.String(), nullable=True),
        sa.Column("other_anchor", sa.JSON(), nullable=True),
        sa.Column("operation", sa.String(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("lost", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"]),
        sa.ForeignKeyConstraint(["other_meeting_id"], ["meeting.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("meeting_id", "number"),
    )
    for column in ("edit_id", "meeting_id", "item_id", "other_meeting_id", "other_id"):
        op.create_index(f"ix_ledgeredit_{column}", "ledgeredit", [column])
    _keep_what_was_said_of_links()


def _keep_what_was_said_of_links() -> None:
    """What people said of links before stood in the links alone; from now on only an event keeps it."""
    connection, tables = op.get_bind(), sa.MetaData()
    item, link, line, edit = (
        sa.Table(name, tables, autoload_with=connection)
        for name in ("ledgeritem", "ledgerlink", "utterance", "ledgeredit")
    )

    def anchor(item_id: str) -> tuple[str, dict[str, Any]]:
        said = dict(connection.execute(sa.select(item).where(item.c.id == item_id)).mappings().one())
        meeting_id = said.pop("meeting_id")
        said["due"] = said["due"] and said["due"].isoformat()
        stated = {*said["lines"], *(said["owner_lines"] or ()), said["due_line"], said["measure_line"]} - {None}
        wanted = sa.select(line.c.index, line.c.text).where(line.c.meeting_id == meeting_id, line.c.index.in_(stated))
        words = {str(index): text for index, text in connection.execute(wanted)}
        return meeting_id, {"said": {**said, "by_hand": {}}, "words": words, "derived": True}

    numbers: dict[str, int] = {}
    judged = sa.select(link).where(link.c.confirmed.is_not(None)).order_by(link.c.later, link.c.earlier)
    for row in connection.execute(judged).mappings().all():
        (meeting_id, anchored), (other_id, other) = anchor(row["later"]), anchor(row["earlier"])
        numbers[meeting_id] = numbers.get(meeting_id, 0) + 1
        event = {
            "id": uuid4().hex[:12],
            "edit_id": uuid4().hex[:12],
            "number": numbers[meeting_id],
            "meeting_id": meeting_id,
            "item_id": row["later"],
            "anchor": anchored,
            "other_meeting_id": other_id,
            "other_id": row["earlier"],
            "other_anchor": other,
            "operation": "confirm" if row["confirmed"] else "reject",
            "before": {},
            "after": {},
            "values": {name: row[name] for name in ("type", "confidence", "reason")},
            "lost": False,
            "made_at": datetime.now(UTC),
        }
        connection.execute(sa.insert(edit).values(event))


def downgrade() -> None:
    for column in ("other_id", "other_meeting_id", "item_id", "meeting_id", "edit_id"):
        op.drop_index(f"ix_ledgeredit_{column}", table_name="ledgeredit")
    op.drop_table("ledgeredit")
    op.drop_table("ledgerfound")
    op.drop_column("ledgeritem", "told_on")
    op.drop_column("ledgeritem", "by_hand")
