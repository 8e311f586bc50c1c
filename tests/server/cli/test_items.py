"""`huimai items`, `dossier` and `compare` over the real application; only the models are doubles."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

import pytest

from agents.ledger.domain import ItemKind
from ingestion.errors import ModelMissingError
from server.cli.items import Kind
from tests.server.cli.conftest import PreparedHome
from tests.server.ledger_home import FIRST, SECOND, Lines, transcript
from tests.server.test_services import DoubleServices


@pytest.fixture(autouse=True)
def doubles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.services.Services", DoubleServices)
    # DBOS keeps a handler on the stream of the test that first used it
    monkeypatch.setattr(logging.getLogger("dbos"), "handlers", [logging.NullHandler()])


@pytest.fixture
def meetings(cli, tmp_path: Path, home: Path, prepared: PreparedHome) -> list[str]:
    """The ids of two meetings that were ingested, whatever was read of them meanwhile."""
    return prepared.at(home, lambda: ingest(cli, tmp_path, {"2026-03-02": FIRST, "2026-03-09": SECOND}))


def ingest(cli, folder: Path, given: dict[str, Lines], project: str = "Atlas") -> list[str]:
    files: Sequence[Path] = [folder / f"{day}.json" for day in given]
    for file, lines in zip(files, given.values(), strict=True):
        file.write_bytes(transcript(lines))
    result = cli("ingest", *files, "--project", project, "--json")
    assert result.code == 0, result.err
    return [meeting["id"] for meeting in sorted(result.document["meetings"], key=lambda m: m["date"])]


def script(cli) -> dict:
    (found,) = cli("items", "--project", "Atlas", "--kind", "commitment", "--owner", "Ann", "--json").document["items"]
    return found


def test_a_fresh_ingest_is_waited_for_and_listed(cli, meetings: list[str]) -> None:
    result = cli("items", "--project", "Atlas")
    assert result.code == 0
    lines = result.out.splitlines()
    (at,) = [at for at, line in enumerate(lines) if "rollback" in line]
    assert lines[at - 1].startswith("commitment · Ann Lee · due 2026-03-13 · re-dated · 2026-03-02  [")
    assert "error rate: 1.9 %" in result.out
    assert "meetings in scope 2, searched 2, read 2, failed 0" in result.err
    document = cli("items", "--project", "Atlas", "--status", "re-dated", "--at", "2026-03-09", "--json").document
    assert ([item["id"] for item in document["items"]], document["not_read"]) == ([script(cli)["id"]], [])


def test_words_are_chinese_for_a_chinese_reader(cli, meetings: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    id = script(cli)["id"]
    monkeypatch.setenv("HUIMAI_LANG", "zh")
    out = cli("items", "--project", "Atlas").out
    assert all(words in out for words in ("承诺", "已改期", "风险", "指标"))
    shown = cli("items", "show", id)
    assert "改期 · 日期不同: 2026-03-06 → 2026-03-13" in shown.out
    assert "huimai items reject" in shown.err


def test_an_item_is_shown_with_quotes_and_the_reason_of_its_links(cli, meetings: list[str]) -> None:
    item = script(cli)
    (link,) = item["links"]
    out = cli("items", "show", item["id"]).out
    assert out.splitlines()[0] == f"commitment · Ann Lee · due 2026-03-13 · re-dated · 2026-03-02  [{item['id']}]"
    assert f"    {FIRST[2][1]}" in out.splitlines()
    assert "  00:10 · Ann Lee" in out.splitlines()
    assert f"another date · another day: 2026-03-06 → 2026-03-13 · {link['confidence']:.2f}" in out
    assert f"[{link['item_id']} {link['earlier_id']}]" in out
    assert cli("items", "show", link["item_id"], "--json").document == item


def test_a_link_is_rejected_and_confirmed(cli, meetings: list[str]) -> None:
    (link,) = script(cli)["links"]
    ids = (link["item_id"], link["earlier_id"])
    assert cli("items", "reject", *ids).err.startswith("rejected")
    assert len(cli("items", "--project", "Atlas", "--owner", "Ann", "--json").document["items"]) == 2
    shown = cli("items", "show", link["earlier_id"]).out
    assert "links that join nothing" in shown
    assert "rejected" in shown
    assert cli("items", "confirm", *ids, "--json").document["confirmed"] is True
    assert script(cli)["links"][0]["confirmed"] is True
    assert "confirmed" in cli("items", "show", link["item_id"]).out


def test_meetings_are_read_again(cli, meetings: list[str]) -> None:
    result = cli("items", "read", meetings[0], "--json")
    assert [(one["id"], one["state"]) for one in result.document["readings"]] == [(meetings[0], "read")]
    assert "2 of 2 meetings are read" in cli("items", "read", "--project", "Atlas").err
    assert cli("items", "read", "nope").err.startswith("error: there is no meeting 'nope'")
    assert cli("items", "read").code == 2
    assert cli("items", "read", meetings[0], "--project", "Atlas").code == 2


def test_what_could_not_be_read_is_told(cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ModelMissingError("the embedding model is not here", "huimai models pull")

    monkeypatch.setattr("agents.ledger.reader.link_meeting", broken)
    (id,) = ingest(cli, tmp_path, {"2026-03-02": FIRST})
    result = cli("items", "--project", "Atlas", "--json")
    assert (result.code, [one["state"] for one in result.document["not_read"]]) == (0, ["failed"])
    assert "2026-03-02: the embedding model is not here" in result.err
    assert f"huimai items read {id}" in result.err
    assert cli("items", "read", id).code == 1
    assert "the embedding model is not here" in cli("dossier", "Atlas").err


def test_a_dossier_is_markdown_or_json(cli, meetings: list[str]) -> None:
    result = cli("dossier", "Atlas")
    assert result.out.startswith("# Atlas (as of 9 Mar 2026)\n\n## People (4)")
    assert r"\<b\>" in result.out
    document = cli("dossier", "Atlas", "--at", "2026-03-02", "--json").document
    assert document["as_of"] == "2026-03-02"
    assert cli("dossier", "Atlas", "--format", "json").document["version"] != document["version"]
    assert cli("dossier", "Nope").err.startswith("error: there is no project 'Nope'")


def test_a_comparison_is_markdown_or_json(cli, meetings: list[str]) -> None:
    result = cli("compare", "--project", "Atlas")
    assert result.out.startswith("# Atlas: 2026-03-02 → 2026-03-09\n")
    assert "  - Before: I'll write the rollback script by March 6." in result.out
    document = cli("compare", "--project", "Atlas", "--week", "2026-W11", "--format", "json").document
    assert document["to"]["first"] == "2026-03-09"
    same = cli("compare", "--project", "Atlas", "--from", meetings[0], "--to", meetings[1], "--json").document
    assert same["changed"] == document["changed"]
    wrong = cli("compare", "--project", "Atlas", "--week", "soon")
    assert (wrong.code, wrong.err.splitlines()[0]) == (1, "error: 'soon' is no week")


def test_a_dossier_tells_what_changed_and_why(cli, meetings: list[str]) -> None:
    before = cli("dossier", "Atlas", "--at", "2026-03-02", "--json").document
    since = cli("dossier", "Atlas", "--since", "2026-03-02", "--json").document
    assert since["from"] == {"as_of": "2026-03-02", "version": before["version"]}
    assert since == cli("dossier", "Atlas", "--since", before["version"], "--json").document
    told = next(pair for pair in since["changed"] if pair["after"]["key"].startswith("commitments/"))
    assert told["before"]["text"] != told["after"]["text"]
    assert cli("dossier", "Atlas", "--since", "2026-03-02").out.startswith("# Atlas: what changed since 2 Mar 2026")
    why = cli("dossier", "Atlas", "--why", told["after"]["key"], "--json").document
    assert [step["date"] for step in why["items"][0]["history"]] == ["2026-03-02", "2026-03-09"]
    assert "another" in cli("dossier", "Atlas", "--why", told["after"]["key"]).out
    assert cli("dossier", "Atlas", "--since", "soon").err.splitlines()[-2].startswith("error: 'soon' is no day")
    assert cli("dossier", "Atlas", "--why", "nothing").code == 1
    assert cli("dossier", "Atlas", "--since", "soon", "--format", "pdf").code == 2


@pytest.mark.parametrize(
    "arguments", ["--from 2026-03-02", "--to 2026-03-02", "--from 2026-03-02 --to 2026-03-09 --week 2026-W11"]
)
def test_half_a_comparison_is_wrong_usage(cli, arguments: str) -> None:
    result = cli("compare", "--project", "Atlas", *arguments.split())
    assert result.code == 2
    assert "--week" in result.err


def test_kinds_are_those_that_stand_for_themselves() -> None:
    assert {kind.value for kind in Kind} == {kind.value for kind in ItemKind} - {"update"}
