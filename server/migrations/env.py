"""Alembic's entry: runs the migrations on the connection that `migrate` hands over."""

from alembic import context
from sqlmodel import SQLModel

import agents.ledger.tables
import agents.reading.tables
import agents.reports.tables
import agents.tables
import agents.usage.tables
import ingestion.tables

_ = (
    agents.tables,
    agents.ledger.tables,
    agents.reading.tables,
    agents.reports.tables,
    agents.usage.tables,
    ingestion.tables,
)

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
