"""The order of meetings, page by page, and that it is read from an index."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import Session, SQLModel

from ingestion.database import Database
from ingestion.domain import SearchFilter
from ingestion.repository import MeetingRepository, ProjectRepository
from ingestion.tables import Meeting

DAYS = {"a": 2, "b": 2, "c": 1, "d": 2, "e": 3, "f": 1}
OLDEST_FIRST = ["c", "f", "a", "b", "d", "e"]
ATLAS = SearchFilter(projects=("Atlas",))


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """Six meetings of Atlas on three days, and one of another project."""
    SQLModel.metadata.create_all(database.engine)
    with database.session() as session:
        atlas, other = (ProjectRepository(session).ensure(name).id for name in ("Atlas", "Other"))
        for id, day in (DAYS | {"z": 2}).items():
            MeetingRepository(session).add(
                Meeting(
                    id=id, project_id=other if id == "z" else atlas, title="T", date=date(2026, 3, day),
                    date_source="given", source_name="s", source_sha256=id,
                )
            )  # fmt: skip
        session.flush()
        yield session


@pytest.mark.parametrize("size", range(1, 7))
@pytest.mark.parametrize("newest_first", [False, True])
def test_pages_follow_each_other_in_either_order(session: Session, newest_first: bool, size: int) -> None:
    meetings = MeetingRepository(session)
    found: list[Meeting] = []
    page: list[tuple[Meeting, str]] = []
    while not found or page:
        after = (found[-1].date, found[-1].id) if found else None
        page = meetings.list(ATLAS, after=after, limit=size, newest_first=newest_first)
        found += [meeting for meeting, _ in page]
    assert [meeting.id for meeting in found] == (OLDEST_FIRST[::-1] if newest_first else OLDEST_FIRST)


@pytest.mark.parametrize("after", [None, (date(2026, 3, 2), "b")])
@pytest.mark.parametrize("newest_first", [False, True])
@pytest.mark.parametrize(("where", "index"), [(None, "ix_meeting_date"), (ATLAS, "ix_meeting_project_date")])
def test_a_page_is_read_from_an_index_and_not_sorted(
    session: Session, where: SearchFilter | None, index: str, newest_first: bool, after: tuple[date, str] | None
) -> None:
    asked: list[tuple[str, Any]] = []
    connection = session.connection()
    if connection.dialect.name != "sqlite":
        pytest.skip("PostgreSQL reads so small a table whole")

    def remember(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        asked.append((statement, parameters))

    event.listen(connection, "before_cursor_execute", remember)
    MeetingRepository(session).list(where, after=after, limit=2, newest_first=newest_first)
    statement, parameters = asked[-1]
    plan = [step[-1] for step in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)]
    assert any(f"INDEX {index}" in step for step in plan), plan
    assert not any("ORDER BY" in step for step in plan), plan
