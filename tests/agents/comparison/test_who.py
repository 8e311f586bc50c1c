"""Comparisons of several projects, and of what chosen people said, over a real database."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from agents.comparison.markdown import comparison_markdown
from agents.comparison.periods import When
from agents.comparison.report import Comparison, compare
from agents.comparison.who import Listener, Who
from agents.exports.export import ExportFormat, export
from agents.ledger.service import Ledger
from ingestion.database import Database
from ingestion.domain import Side
from ingestion.errors import BadInputError, NotFoundError
from ingestion.repository import ProjectRepository
from ingestion.side_repository import SideRepository
from tests.agents.reports import conftest as stored
from tests.agents.reports.conftest import Meet

database, reader, meet = stored.database, stored.reader, stored.meet
MONTHS = When(month="2026-03")


@pytest.fixture
def ledger(database: Database) -> Ledger:
    return Ledger(database, stored.lines_of(database))


@pytest.fixture
def sales(meet: Meet, database: Database) -> None:
    """Two calls with a customer, a month apart, and a meeting of another project."""
    meet("feb", date(2026, 2, 10), [("Wang Fang", "We need the export in Excel."), ("Bo", "We keep the price.")])
    meet("mar", date(2026, 3, 10), [("Bo", "We lower the fee."), ("Wang Fang", "We want a trial in May.")])
    meet("other", date(2026, 3, 12), [("Li Ming", "We build the garden.")], "Borealis")


def put(database: Database, name: str, side: Side | None, project: str = "Atlas") -> None:
    with database.session() as session:
        SideRepository(session).put(ProjectRepository(session).named(project).id, name, side)


def compared(
    ledger: Ledger, database: Database, projects: list[str], who: Who = Who(), when: When = MONTHS
) -> Comparison:
    return compare(ledger, projects, when, who, Listener(database))


def said(document: dict[str, Any]) -> set[str]:
    return {row["item"]["text"] for name in ("new", "carried", "changed") for row in document[name]}


def test_only_what_customers_speak_of_counts(ledger: Ledger, database: Database, sales: None) -> None:
    put(database, "Wang Fang", Side.CUSTOMER)
    found = compared(ledger, database, ["Atlas"], Who(side=Side.CUSTOMER))
    document = found.to_json()
    assert said(document) == {"We need the export in Excel.", "We want a trial in May."}
    assert document["heard"] == {
        "side": "customer",
        "people": ["Wang Fang"],
        "lines": 2,
        "meetings": 2,
        "unsided": 1,
    }
    assert document["notes"] == [
        "Only what these customers speak of: Wang Fang (people: 1; lines: 2, in meetings: 2)",
        "Of 1 more who speak there it is not known on which side they are",
    ]
    assert all(note in comparison_markdown(found) for note in document["notes"])
    assert said(compared(ledger, database, ["Atlas"]).to_json()) > said(document)


@pytest.mark.parametrize("name", ["Wang Fang", "wang fang", "Wang"])
def test_only_what_somebody_speaks_of_counts(ledger: Ledger, database: Database, sales: None, name: str) -> None:
    document = compared(ledger, database, ["Atlas"], Who((name,))).to_json()
    assert said(document) == {"We need the export in Excel.", "We want a trial in May."}
    assert document["heard"]["side"] is None


def test_what_was_said_before_both_periods_does_not_count(
    ledger: Ledger, database: Database, sales: None, meet: Meet
) -> None:
    meet("jan", date(2026, 1, 10), [("Wang Fang", "We open an account.")])
    document = compared(ledger, database, ["Atlas"], Who(("Wang",))).to_json()
    assert "We open an account." not in said(document)
    assert "We open an account." in said(compared(ledger, database, ["Atlas"]).to_json())


def test_when_no_side_is_known_it_is_said_what_to_do(ledger: Ledger, database: Database, sales: None) -> None:
    put(database, "Bo", Side.TEAM)
    with pytest.raises(BadInputError, match="of nobody who speaks in these periods") as refused:
        compared(ledger, database, ["Atlas"], Who(side=Side.CUSTOMER))
    assert 'huimai speakers side NAME customer --project "Atlas"' in refused.value.hint
    assert "Wang Fang" in refused.value.hint
    with pytest.raises(BadInputError, match="Zoe says nothing") as refused:
        compared(ledger, database, ["Atlas"], Who(("Zoe",)))
    assert "Bo, Wang Fang" in refused.value.hint


def test_sides_are_of_speakers_and_can_be_taken_back(database: Database, sales: None) -> None:
    put(database, "Bo", Side.TEAM)
    put(database, "Bo", Side.CUSTOMER)
    with database.session() as session:
        sides, atlas = SideRepository(session), ProjectRepository(session).named("Atlas").id
        assert (sides.sides(atlas), sides.speakers(atlas)) == ({"Bo": Side.CUSTOMER}, ["Bo", "Wang Fang"])
        sides.rename(atlas, "Bo", "Bo Park")
        assert sides.sides(atlas) == {"Bo Park": Side.CUSTOMER}
    put(database, "Bo Park", None)
    with database.session() as session:
        assert SideRepository(session).sides(atlas) == {}
    with pytest.raises(NotFoundError, match="nobody called 'Zoe'") as refused:
        put(database, "Zoe", Side.TEAM)
    assert "Wang Fang" in refused.value.hint


def test_every_row_of_several_projects_says_its_own(ledger: Ledger, database: Database, sales: None) -> None:
    found = compared(ledger, database, ["Atlas", "Borealis", "Atlas"])
    document = found.to_json()
    assert (document["project"], [part["project"] for part in document["projects"]]) == (None, ["Atlas", "Borealis"])
    assert {row["item"]["text"]: row["project"] for row in document["new"]} == {
        "We lower the fee.": "Atlas",
        "We want a trial in May.": "Atlas",
        "We build the garden.": "Borealis",
    }
    assert {one["project"] for one in document["summary"]} == {"Atlas", "Borealis"}
    assert document["coverage"] == {"in_scope": 3, "searched": 3, "read": 3, "failed": []}
    assert [one["id"] for one in document["to"]["meetings"]] == ["mar", "other"]
    assert "Borealis: no meeting was read of 2026-02-01..2026-02-28" in document["notes"]
    text = comparison_markdown(found)
    assert text.startswith("# Atlas + Borealis: 2026-02-01..2026-02-28 → 2026-03-01..2026-03-31\n")
    assert "- **decision** · Borealis: We build the garden." in text
    assert "- Borealis: New decision: We build the garden" in text


@pytest.mark.parametrize("format", [ExportFormat.HTML, ExportFormat.DOCX])
def test_several_projects_are_exported(ledger: Ledger, database: Database, sales: None, format: ExportFormat) -> None:
    content = export(compared(ledger, database, ["Atlas", "Borealis"]), format)
    if format is ExportFormat.HTML:
        page = content.decode()
        assert "Decision · Borealis: We build the garden." in page
        assert "no meeting was read" in page
    else:
        assert content.startswith(b"PK")


def test_periods_are_each_projects_own_unless_they_are_named(
    ledger: Ledger, database: Database, sales: None, meet: Meet
) -> None:
    meet("later", date(2026, 3, 19), [("Li Ming", "We plant a tree.")], "Borealis")
    found = compared(ledger, database, ["Atlas", "Borealis"], when=When())
    assert [(part.earlier.days, part.later.days) for part in found.parts] == [
        ("2026-02-10", "2026-03-10"),
        ("2026-03-12", "2026-03-19"),
    ]
    assert (found.earlier.days, found.later.days) == ("2026-02-10..2026-03-12", "2026-03-10..2026-03-19")
    named = compared(ledger, database, ["Atlas", "Borealis"], when=When("other", "later"))
    assert {part.later.days for part in named.parts} == {"2026-03-19"}


def test_bad_choices_are_refused(ledger: Ledger, database: Database, sales: None) -> None:
    with pytest.raises(NotFoundError, match="Nope"):
        compared(ledger, database, ["Atlas", "Nope"])
    with pytest.raises(BadInputError, match="0 projects"):
        compared(ledger, database, [])
    with pytest.raises(BadInputError, match="51 projects"):
        compared(ledger, database, [f"P{n}" for n in range(51)])
    with pytest.raises(BadInputError, match="more than one pair"):
        compared(ledger, database, ["Atlas"], when=When(week="2026-W11", month="2026-03"))
    for when in (When(month="2026-13"), When(month="march"), When(week="2026-03")):
        with pytest.raises(BadInputError):
            compared(ledger, database, ["Atlas"], when=when)
