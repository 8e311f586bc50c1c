"""Weekly reports by a fake clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from agents.reports.domain import ReportState
from agents.reports.repository import ReportRepository
from agents.reports.schedules import Scheduled, Schedules
from agents.reports.service import Reports
from agents.reports.weekly import parse_weekly
from ingestion.database import Database
from ingestion.errors import BadInputError, NotFoundError
from ingestion.repository import ProjectRepository
from tests.agents.reports.conftest import DECISIONS, SECOND, Meet

MONDAY = date(2026, 3, 16)
AT_NINE = datetime(2026, 3, 16, 1, tzinfo=UTC)
"""Monday 09:00 in Shanghai."""


@pytest.fixture
def weekly(schedules: Schedules, database: Database, two: tuple[str, str]) -> Scheduled:
    """Every Monday at nine in Shanghai, since before the first of them."""
    made = schedules.add(["Atlas"], parse_weekly("mon", "09:00", "Asia/Shanghai"))
    with database.session() as session:
        row = ReportRepository(session).schedule(made.id)
        row.created_at = AT_NINE - timedelta(days=3)
        session.add(row)
    return made


def ids(reports: Reports) -> list[str]:
    return [one.id for one in reports.list(limit=50)[0]]


def test_it_is_due_at_its_time_and_not_again(schedules: Schedules, reports: Reports, weekly: Scheduled) -> None:
    assert schedules.due(AT_NINE - timedelta(seconds=1)) == []
    assert schedules.due(AT_NINE) == schedules.due(AT_NINE + timedelta(days=2)) == [(weekly.id, MONDAY)]
    made = schedules.make(weekly.id, MONDAY)
    assert schedules.due(AT_NINE + timedelta(days=6)) == []
    assert schedules.make(weekly.id, MONDAY) == made
    assert ids(reports) == [made]
    told = reports.show(made or "")
    assert (told.state, told.schedule_id, told.projects) == (ReportState.CURRENT, weekly.id, ("Atlas",))
    assert (told.asked.earlier, told.asked.later) == ("2026-03-02..2026-03-08", "2026-03-09..2026-03-15")
    assert told.built and DECISIONS[SECOND] in told.built.text
    assert schedules.due(AT_NINE + timedelta(days=7)) == [(weekly.id, MONDAY + timedelta(days=7))]


def test_of_those_that_were_missed_the_newest_alone_is_made(schedules: Schedules, weekly: Scheduled) -> None:
    schedules.make(weekly.id, MONDAY)
    assert schedules.due(AT_NINE + timedelta(days=23)) == [(weekly.id, MONDAY + timedelta(days=21))]


def test_nothing_is_due_for_the_time_before_it_was_asked_for(schedules: Schedules, two: tuple[str, str]) -> None:
    now = datetime.now(UTC)
    schedules.add(["Atlas"], parse_weekly("mon", "09:00", "UTC"))
    assert schedules.due(now) == []
    assert len(schedules.due(now + timedelta(days=7, seconds=5))) == 1


def test_the_first_week_of_a_year_is_compared_with_the_last(
    schedules: Schedules, reports: Reports, weekly: Scheduled, meet: Meet
) -> None:
    meet("dec", date(2026, 12, 30), [("Ann", "We close the office in December.")])
    meet("jan", date(2027, 1, 6), [("Ann", "We paint the office in January.")])
    built = reports.built(schedules.make(weekly.id, date(2027, 1, 11)) or "")
    assert (built.document["from"]["first"], built.document["to"]["last"]) == ("2026-12-28", "2027-01-10")
    assert [row["after"] for row in built.document["new"]] == ["We paint the office in January."]


def test_a_week_without_a_meeting_is_reported_as_such(
    schedules: Schedules, reports: Reports, weekly: Scheduled
) -> None:
    built = reports.built(schedules.make(weekly.id, MONDAY + timedelta(days=28)) or "")
    assert "no meeting was read of 2026-04-06..2026-04-12" in built.text


def test_why_one_was_not_made_stays_until_the_next(schedules: Schedules, weekly: Scheduled) -> None:
    schedules.fail(weekly.id, MONDAY, "it did not work", "try again")
    (told,) = schedules.all()
    assert (told.done, told.error, told.hint) == (MONDAY, "it did not work", "try again")
    assert schedules.due(AT_NINE + timedelta(hours=1)) == []
    schedules.make(weekly.id, MONDAY + timedelta(days=7))
    (told,) = schedules.all()
    assert (told.done, told.error) == (MONDAY + timedelta(days=7), None)


def test_one_that_is_removed_is_made_no_more_and_what_was_made_stays(
    schedules: Schedules, reports: Reports, weekly: Scheduled
) -> None:
    made = schedules.make(weekly.id, MONDAY)
    schedules.remove(weekly.id)
    assert (schedules.all(), schedules.due(AT_NINE + timedelta(days=7)), ids(reports)) == ([], [], [made])
    assert schedules.make(weekly.id, MONDAY + timedelta(days=7)) is None
    schedules.fail(weekly.id, MONDAY, "x", "y")
    with pytest.raises(NotFoundError):
        schedules.remove(weekly.id)


def test_a_project_may_be_renamed_and_must_not_be_gone(
    schedules: Schedules, reports: Reports, weekly: Scheduled, database: Database, delete: Callable[[str], None]
) -> None:
    with database.session() as session:
        session.add(project := ProjectRepository(session).named("Atlas"))
        project.name = "Borealis"
    assert schedules.all()[0].projects == ("Borealis",)
    assert reports.show(schedules.make(weekly.id, MONDAY) or "").projects == ("Borealis",)
    delete("m1")
    delete("m2")
    with database.session() as session:
        projects = ProjectRepository(session)
        projects.delete(projects.named("Borealis"))
    with pytest.raises(NotFoundError, match="was deleted"):
        schedules.make(weekly.id, MONDAY + timedelta(days=7))


def test_what_cannot_be_scheduled_is_refused(schedules: Schedules, two: tuple[str, str]) -> None:
    when = parse_weekly("mon", "09:00", "UTC")
    with pytest.raises(NotFoundError, match="Nope"):
        schedules.add(["Atlas", "Nope"], when)
    with pytest.raises(BadInputError, match="of a project"):
        schedules.add([], when)
    assert schedules.all() == []
