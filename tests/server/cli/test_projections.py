"""`huimai dossier`, `compare` and `report` as files, over the real application; only the models are doubles."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from agents.exports.paper import BASE
from tests.server.cli.conftest import PreparedHome
from tests.server.cli.test_items import ingest
from tests.server.ledger_home import FIRST, SECOND
from tests.server.test_services import DoubleServices


@pytest.fixture(autouse=True)
def doubles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.services.Services", DoubleServices)
    # DBOS keeps a handler on the stream of the test that first used it
    monkeypatch.setattr(logging.getLogger("dbos"), "handlers", [logging.NullHandler()])


@pytest.fixture(autouse=True)
def meetings(cli, tmp_path: Path, home: Path, prepared: PreparedHome) -> None:
    prepared.at(home, lambda: ingest(cli, tmp_path, {"2026-03-02": FIRST, "2026-03-09": SECOND}))


def test_a_file_is_written_and_not_replaced_unasked(cli, tmp_path: Path) -> None:
    target = tmp_path / "atlas.html"
    result = cli("dossier", "Atlas", "--format", "html", "--out", str(target))
    assert (result.code, result.out) == (0, "")
    assert f'href="{BASE}/#meeting=' in target.read_text(encoding="utf-8")
    assert cli("dossier", "Atlas", "--format", "html", "--out", str(target)).err.startswith("error: ")
    assert cli("compare", "--project", "Atlas", "--format", "docx", "--out", str(target), "--force").code == 0
    assert target.read_bytes().startswith(b"PK")


def test_a_calendar_goes_to_stdout(cli) -> None:
    assert cli("dossier", "Atlas", "--format", "ics").out.startswith("BEGIN:VCALENDAR")


def test_a_report_is_of_one_meeting_and_of_a_span(cli, tmp_path: Path) -> None:
    id = cli("meetings", "--json").document["meetings"][0]["id"]
    result = cli("report", id)
    assert result.out.startswith("# Weekly sync: ")
    assert FIRST[2][1] in result.out
    document = cli("report", id, "--template", "retrospective", "--from", "0:10", "--to", "0:14", "--json").document
    assert document["focus"] == {"from": 10.0, "to": 14.0}
    assert [claim["text"] for one in document["sections"] for claim in one["claims"]] == [FIRST[2][1]]
    target = tmp_path / "report.docx"
    assert cli("report", id, "--format", "docx", "--out", str(target)).code == 0
    assert target.read_bytes().startswith(b"PK")
    assert cli("report", id, "--template", "../x").err.startswith("error: '../x' is no name of a template")
    assert cli("report", id, "--from", "soon").code == 2
    assert cli("report", "nope").err.startswith("error: ")
