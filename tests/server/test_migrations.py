"""The migrations and the models describe the same tables."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import text
from sqlmodel import SQLModel

import agents.tables
import ingestion.tables
from ingestion.database import Database
from server import migrations
from server.migrations import migrate

MODELS = (agents.tables, ingestion.tables)
FOLDER = Path(migrations.__file__).parent
EARLIER = sorted(path.name.split("_")[0] for path in (FOLDER / "versions").glob("[0-9]*_*.py"))[:-1]


def test_the_migrations_make_the_tables_of_the_models(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'huimai.db'}")
    migrate(database)
    with database.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), SQLModel.metadata) == []
    database.close()


@pytest.mark.parametrize("revision", EARLIER)
def test_a_database_with_meetings_is_brought_to_the_newest(tmp_path: Path, revision: str) -> None:
    database = Database(f"sqlite:///{tmp_path / 'huimai.db'}")
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    with database.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        connection.execute(
            text("INSERT INTO project (id, name, private, created_at) VALUES ('p', 'P', 0, '2026-01-01')")
        )
        connection.execute(
            text(
                "INSERT INTO meeting (id, project_id, title, date, date_source, language, source_name, source_sha256,"
                " stage, progress, attempt, notes, created_at) VALUES ('m', 'p', 'M', '2026-01-01', 'option', 'en',"
                " 'm', 'm', 'ready', 1, 0, '[]', '2026-01-01')"
            )
        )
        connection.execute(
            text("INSERT INTO chunk (id, meeting_id, first, last, text, words) VALUES ('c', 'm', 0, 0, 'Hello.', 1)")
        )
    migrate(database)
    with database.engine.connect() as connection:
        assert (
            connection.execute(text("SELECT count(*) FROM meeting JOIN chunk ON meeting_id = meeting.id")).scalar() == 1
        )
    database.close()


def test_voices_heard_by_an_earlier_release_are_known_to_be_of_the_model_that_told_them_apart(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'huimai.db'}")
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    with database.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0003")
        for statement in (
            "INSERT INTO project VALUES ('p', 'P', 0, '2026-03-04')",
            "INSERT INTO meeting (id, project_id, title, date, date_source, language, source_name, source_sha256,"
            " stage, progress, attempt, notes, created_at) VALUES"
            " ('m', 'p', 't', '2026-03-04', 'o', 'en', 'n', 's', 'ready', 1, 0, '[]', '2026-03-04')",
            'INSERT INTO piece (meeting_id, "index", start, "end", speech, voices, attempts) VALUES'
            " ('m', 0, 0, 1, '[]', '[]', 1), ('m', 1, 1, 2, '[]', NULL, 1)",
            "INSERT INTO meetingvoice (meeting_id, speaker, model_id, seconds, known, confirmed)"
            " VALUES ('m', 1, 'campplus', 1, 0, 0)",
        ):
            connection.exec_driver_sql(statement)
    migrate(database)
    with database.engine.connect() as connection:
        heard = connection.exec_driver_sql('SELECT heard_by FROM piece ORDER BY "index"').scalars().all()
        assert heard == ["campplus", None]
        told = connection.exec_driver_sql("SELECT speakers_least, speakers_most, tell_anew FROM meeting").one()
        assert tuple(told) == (None, None, 0)
    database.close()
