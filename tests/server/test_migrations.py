"""The migrations and the models describe the same tables."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect, text
from sqlmodel import SQLModel

import agents.tables
import ingestion.tables
from agents.ledger.domain import Due
from agents.ledger.edits_repository import EditRepository, anchor_of
from agents.ledger.repository import LedgerRepository
from ingestion.database import Database
from server import migrations
from server.migrations import current_revision, migrate

MODELS = (agents.tables, ingestion.tables)
FOLDER = Path(migrations.__file__).parent
EARLIER = sorted(path.name.split("_")[0] for path in (FOLDER / "versions").glob("[0-9]*_*.py"))[:-1]


def test_the_migrations_make_the_tables_of_the_models(database: Database) -> None:
    migrate(database)
    with database.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), SQLModel.metadata) == []


def config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["connection"] = connection
    return config


def add_items(connection: Connection) -> None:
    """Two items of the meeting, linked, where the database has any."""
    if not inspect(connection).has_table("ledgeritem"):
        return
    defaults = {column["name"] for column in inspect(connection).get_columns("ledgeritem")} & {"by_hand"}
    columns, values = ("", "") if not defaults else (", by_hand", ", '{}'")
    for id in ("one", "two"):
        connection.exec_driver_sql(
            f"INSERT INTO ledgeritem (id, meeting_id, kind, lines, text, confidence{columns})"
            f" VALUES ('{id}', 'm', 'decision', '[0]', 'Hello.', 1{values})"
        )
    connection.exec_driver_sql(
        "INSERT INTO ledgerlink (later, earlier, type, confidence, reason) VALUES ('two', 'one', 'restates', 1, 'same')"
    )


def add_meeting(connection: Connection) -> None:
    """A meeting to which other tables refer."""
    for statement in (
        "INSERT INTO project (id, name, private, created_at) VALUES ('p', 'P', false, '2026-01-01')",
        "INSERT INTO meeting (id, project_id, title, date, date_source, language, source_name, source_sha256,"
        " stage, progress, attempt, notes, created_at) VALUES ('m', 'p', 'M', '2026-01-01', 'option', 'en',"
        " 'm', 'm', 'ready', 1, 0, '[]', '2026-01-01')",
        "INSERT INTO chunk (id, meeting_id, first, last, text, words) VALUES ('c', 'm', 0, 0, 'Hello.', 1)",
    ):
        connection.exec_driver_sql(statement)
    add_items(connection)


def meetings(database: Database) -> int | None:
    with database.engine.connect() as connection:
        return connection.execute(text("SELECT count(*) FROM meeting JOIN chunk ON meeting_id = meeting.id")).scalar()


@pytest.mark.parametrize("revision", EARLIER)
def test_a_database_with_meetings_is_brought_to_the_newest(database: Database, revision: str) -> None:
    with database.engine.begin() as connection:
        command.upgrade(config(connection), revision)
        add_meeting(connection)
    migrate(database)
    assert meetings(database) == 1


@pytest.mark.parametrize("revision", EARLIER)
def test_a_database_with_meetings_is_brought_back_and_to_the_newest_again(database: Database, revision: str) -> None:
    migrate(database)
    with database.engine.begin() as connection:
        add_meeting(connection)
    with database.engine.begin() as connection:
        command.downgrade(config(connection), revision)
    assert (current_revision(database), meetings(database)) == (revision, 1)
    migrate(database)
    with database.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), SQLModel.metadata) == []
    assert meetings(database) == 1


def test_voices_heard_by_an_earlier_release_are_known_to_be_of_the_model_that_told_them_apart(
    database: Database,
) -> None:
    with database.engine.begin() as connection:
        command.upgrade(config(connection), "0003")
        add_meeting(connection)
        for statement in (
            'INSERT INTO piece (meeting_id, "index", start, "end", speech, voices, attempts) VALUES'
            " ('m', 0, 0, 1, '[]', '[]', 1), ('m', 1, 1, 2, '[]', NULL, 1)",
            "INSERT INTO meetingvoice (meeting_id, speaker, model_id, seconds, known, confirmed)"
            " VALUES ('m', 1, 'campplus', 1, false, false)",
        ):
            connection.exec_driver_sql(statement)
    migrate(database)
    with database.engine.connect() as connection:
        heard = connection.exec_driver_sql('SELECT heard_by FROM piece ORDER BY "index"').scalars().all()
        assert heard == ["campplus", None]
        told = connection.exec_driver_sql("SELECT speakers_least, speakers_most, tell_anew FROM meeting").one()
        assert tuple(told) == (None, None, False)


@pytest.mark.parametrize("confirmed", [True, False])
def test_what_was_said_of_links_before_there_were_edits_stays_said(database: Database, confirmed: bool) -> None:
    with database.engine.begin() as connection:
        command.upgrade(config(connection), "0006")
        add_meeting(connection)
        connection.execute(text("UPDATE ledgerlink SET confirmed = :said"), {"said": confirmed})
        connection.exec_driver_sql("UPDATE ledgeritem SET due = '2026-03-06', due_said = 'Friday', due_line = 0")
    migrate(database)
    with database.session() as session:
        ledger = LedgerRepository(session)
        ledger.settle("m")
        ledger.settle_links("m")
        (link,) = ledger.links("p")
        assert (link.later, link.earlier, link.type, link.confirmed) == ("two", "one", "restates", confirmed)
        (event,) = EditRepository(session).of_items(["two"])
        assert (event.operation, event.lost) == ("confirm" if confirmed else "reject", False)
        assert anchor_of(event.anchor).said.due == Due(date(2026, 3, 6), "Friday", 0)
