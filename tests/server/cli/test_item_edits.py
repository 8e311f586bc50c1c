"""`huimai items edit` and its likes over the real application; only the models are doubles."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from tests.server.cli.conftest import PreparedHome
from tests.server.cli.test_items import ingest
from tests.server.ledger_home import FIRST, SECOND
from tests.server.test_services import DoubleServices


@pytest.fixture(autouse=True)
def doubles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.services.Services", DoubleServices)
    # DBOS keeps a handler on the stream of the test that first used it
    monkeypatch.setattr(logging.getLogger("dbos"), "handlers", [logging.NullHandler()])


@pytest.fixture
def meetings(cli, tmp_path: Path, home: Path, prepared: PreparedHome) -> list[str]:
    """The ids of two meetings that were ingested and read."""

    def read() -> list[str]:
        ids = ingest(cli, tmp_path, {"2026-03-02": FIRST, "2026-03-09": SECOND})
        cli("items", "--project", "Atlas")
        return ids

    return prepared.at(home, read)


def risk(cli) -> dict:
    (found,) = cli("items", "--project", "Atlas", "--kind", "risk", "--json").document["items"]
    return found


def test_an_item_is_edited_and_that_is_undone(cli, meetings: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    id = risk(cli)["id"]
    result = cli("items", "edit", id, "--owner", "Mina", "--due", "2026-05-01")
    assert result.out.splitlines()[0].startswith("risk · Mina · due 2026-05-01 · open · 2026-03-02")
    assert "  set by hand: owner (" in result.out
    assert f"huimai items history {id}" in result.err
    assert "Mina (set by hand)" in cli("dossier", "Atlas").out
    done = cli("items", "edit", id, "--status", "resolved", "--on", "2026-03-10", "--json").document
    assert (done["status"], done["owner"]) == ("resolved", "Mina")
    shown = cli("items", "history", id)
    assert "status told" in shown.out
    assert "  - owner: (not known); due: (not known)" in shown.out.splitlines()
    assert "  + owner: Mina; due: 2026-05-01" in shown.out.splitlines()
    newest, oldest = cli("items", "history", id, "--json").document["edits"]
    assert f"huimai items history {id}" in cli("items", "undo", oldest["id"]).err
    assert risk(cli)["owner"] is None
    monkeypatch.setenv("HUIMAI_LANG", "zh")
    out = cli("items", "history", "--project", "Atlas").out
    assert all(words in out for words in ("人工标记状态", "人工填写", "已于", "负责人: Mina"))
    assert cli("items", "undo", newest["id"], "--json").document["edits"][0]["undone_at"]
    cleared = cli("items", "edit", id, "--no-owner", "--no-due").out
    assert "人工填写：负责人" in cleared


def test_lines_are_added_split_merged_and_removed(cli, meetings: list[str]) -> None:
    added = cli("items", "add", meetings[0], "--kind", "question", "--lines", "4,6", "--json").document
    assert added["text"] == f"{FIRST[4][1]} {FIRST[6][1]}"
    split = cli("items", "split", added["id"], "--lines", "4", "--lines", "6", "--text", "Is it 2.4%?")
    assert split.out.splitlines()[0].startswith("question")
    assert "split;" in split.err
    found = cli("items", "--project", "Atlas", "--kind", "question", "--json").document["items"]
    assert [one["text"] for one in found] == ["Is it 2.4%?", FIRST[6][1]]
    merged = cli("items", "merge", found[0]["id"], found[1]["id"], "--as", "refines", "--json").document
    assert [link["type"] for link in merged["links"]] == ["refines"]
    alone = cli("items", "split", found[1]["id"])
    assert found[1]["id"] in alone.out.splitlines()[0]
    removed = cli("items", "remove", found[1]["id"])
    assert "not found again" in removed.err
    assert cli("items", "show", found[1]["id"]).code == 1
    assert "added" in cli("items", "history", "--project", "Atlas").out


def test_an_edit_whose_line_is_gone_is_told(cli, meetings: list[str]) -> None:
    cli("items", "edit", risk(cli)["id"], "--owner", "Mina")
    cli("correct", meetings[0], "--line", "3", "--text", "Hm.")
    assert "1 edits could not be kept up" in cli("items", "--project", "Atlas").err
    shown = cli("items", "history", "--project", "Atlas", "--lost").out
    assert "not applied: its lines are gone" in shown


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ("edit nope --owner Mina", 1, "there is no item 'nope'"),
        ("edit nope", 2, "say what to set"),
        ("edit nope --owner Mina --no-owner", 2, "either set or cleared"),
        ("edit nope --due someday", 2, "'someday' is not a date"),
        ("edit nope --status gone", 2, "--status"),
        ("add nope --kind risk --lines x", 2, "'x' names no lines"),
        ("add nope --kind risk --lines 1", 1, "there is no meeting 'nope'"),
        ("merge nope nope", 1, "there is no item 'nope'"),
        ("split nope --lines 1 --text a --text b", 2, "each --text goes with a --lines"),
        ("remove nope", 1, "there is no item 'nope'"),
        ("history", 2, "name an item, or a project"),
        ("history nope", 1, "there is no item 'nope'"),
        ("undo nope", 1, "there is no edit 'nope'"),
    ],
)
def test_what_cannot_be_done_is_told_in_a_line(cli, arguments: str, code: int, said: str) -> None:
    result = cli("items", *arguments.split())
    assert (result.code, said in result.err) == (code, True), result.err
