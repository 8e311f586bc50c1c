"""`huimai report`, and `compare` over several projects and sides, over the real application with doubles of models."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from tests.server.cli.conftest import PreparedHome
from tests.server.cli.test_items import ingest
from tests.server.ledger_home import FIRST, SECOND, transcript
from tests.server.test_services import DoubleServices


@pytest.fixture(autouse=True)
def doubles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.services.Services", DoubleServices)
    # DBOS keeps a handler on the stream of the test that first used it
    monkeypatch.setattr(logging.getLogger("dbos"), "handlers", [logging.NullHandler()])


@pytest.fixture(autouse=True)
def meetings(cli, tmp_path: Path, home: Path, prepared: PreparedHome) -> None:
    def read() -> None:
        ingest(cli, tmp_path, {"2026-03-02": FIRST, "2026-03-09": SECOND})
        ingest(cli, tmp_path, {"2026-03-10": FIRST}, project="Borealis")
        for project in ("Atlas", "Borealis"):
            cli("items", "--project", project)

    prepared.at(home, read)


def test_a_report_is_saved_shown_rebuilt_and_deleted(cli, tmp_path: Path) -> None:
    result = cli(
        "report", "save", "comparison", "--project", "Atlas", "--week", "2026-W11", "--name", "Week 11", "--json"
    )
    id = result.document["id"]
    assert f"saved as {id}: Week 11" in result.err
    shown = cli("report", "show", id)
    assert shown.out.startswith("# Atlas: 2026-03-02..2026-03-08 → 2026-03-09..2026-03-15")
    assert "stale" not in shown.err
    assert cli("report", "show", id, "--json").document["document"]["project"] == "Atlas"
    target = tmp_path / "week.html"
    assert cli("report", "show", id, "--version", "1", "--format", "html", "--out", str(target)).code == 0
    assert "#meeting=" in target.read_text(encoding="utf-8")
    meeting = cli("meetings", "--project", "Atlas", "--json").document["meetings"][1]["id"]
    cli("meetings", "delete", meeting, "--yes")
    assert "content deleted (a meeting was deleted or moved)" in cli("report", "list").out
    gone = cli("report", "show", id)
    assert (gone.code, f"huimai report rebuild {id}" in gone.err) == (1, True)
    assert "Week 11: version 2, current" in cli("report", "rebuild", id).err
    assert [one["id"] for one in cli("report", "list", "--project", "Atlas", "--json").document["reports"]] == [id]
    assert cli("report", "delete", id, "--yes", "--json").document == {"deleted": id}
    assert cli("report", "show", id).err.startswith("error: there is no report")


def test_a_stale_report_says_why(cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    id = cli("report", "save", "dossier", "--project", "Atlas", "--json").document["id"]
    path = tmp_path / "2026-03-16.json"
    path.write_bytes(transcript([("Cy", "We decided to pay the auditor in June."), ("Bo Park", "Agreed.")]))
    cli("ingest", str(path), "--project", "Atlas")
    assert "stale (a meeting was added" in cli("report", "show", id).err
    monkeypatch.setenv("HUIMAI_LANG", "zh")
    assert "已过时（有新会议" in cli("report", "show", id).err


def test_several_projects_and_sides_are_compared(cli) -> None:
    found = cli("compare", "-p", "Atlas", "-p", "Borealis", "--month", "2026-03", "--json").document
    assert {row["project"] for row in found["new"]} == {"Atlas", "Borealis"}
    refused = cli("compare", "-p", "Atlas", "--month", "2026-03", "--side", "customer")
    assert (refused.code, "huimai speakers side NAME customer" in refused.err) == (1, True)
    assert "Bo Park: customer" in cli("speakers", "side", "Bo Park", "customer", "--project", "Atlas").err
    result = cli("compare", "-p", "Atlas", "--month", "2026-03", "--side", "customer")
    assert "Only what these customers speak of: Bo Park" in result.out
    sides = cli("speakers", "sides", "--project", "Atlas", "--json").document["speakers"]
    assert {one["name"]: one["side"] for one in sides} == {"Ann Lee": None, "Bo Park": "customer"}
    assert cli("speakers", "side", "Zoe", "team", "--project", "Atlas").err.startswith("error: nobody called 'Zoe'")
    assert cli("compare", "-p", "Atlas", "--month", "2026-03", "--week", "2026-W11").code == 2


def test_weekly_reports_are_scheduled_listed_and_removed(cli) -> None:
    result = cli(
        "report", "schedule", "--project", "Atlas", "--weekly", "mon", "09:00", "--tz", "Asia/Shanghai", "--json"
    )
    id = result.document["id"]
    assert f"every week on mon at 09:00 (Asia/Shanghai): Atlas; next {result.document['next']}" in result.err
    assert cli("report", "schedule", "--json").document == {"schedules": [result.document]}
    assert "Asia/Shanghai" in cli("report", "schedule", "list").out
    assert cli("report", "schedule", "remove", id).code == 0
    assert cli("report", "schedule", "list", "--json").document == {"schedules": []}
    wrong = cli("report", "schedule", "--project", "Atlas", "--weekly", "mon", "09:00", "--tz", "Mars")
    assert (wrong.code, wrong.err.startswith("error: 'Mars' is no time zone")) == (1, True)


def test_what_cannot_be_saved_is_said(cli) -> None:
    assert cli("report", "save", "poem").code == 2
    assert cli("report", "save", "dossier").err.startswith("error: a dossier is of one project, not of 0")
    refused = cli("report", "save", "dossier", "--project", "Atlas", "--week", "2026-W11")
    assert refused.err.startswith("error: a dossier has no 'week'")
    assert cli("report", "save", "review", "--meeting", "nope", "--template", "weekly_sync").code == 1
    assert cli("report", "save", "dossier", "--project", "Nope").code == 1
