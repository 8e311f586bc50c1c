"""`huimai eval ledger` as a user calls it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from server.services import Services
from tests.doubles import HashEmbedder

DAY, LATER = "2026-05-04", "2026-05-11"


@pytest.fixture(autouse=True)
def embedder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Services, "new_embedder", lambda _self: HashEmbedder())


@pytest.fixture
def series(tmp_path: Path) -> Path:
    folder = tmp_path / "weekly"
    folder.mkdir()
    said = ["Morning, all.", "I'll send the budget to everybody by Friday, May 8th.", "We decided on the blue one."]
    lines = [{"speaker": "Ann", "text": text, "start": 4.0 * i, "end": 4.0 * i + 3} for i, text in enumerate(said)]
    (folder / f"{DAY}.truth.json").write_text(json.dumps({"utterances": lines}), encoding="utf-8")
    (folder / f"{LATER}.truth.json").write_text(json.dumps({"utterances": lines[:1]}), encoding="utf-8")
    made = {"date": DAY, "utterances": [1]}
    truth = {
        "project": "P",
        "language": "en",
        "decisions": [{"id": "D", "text": "blue", "history": [{"date": DAY, "utterances": [2], "change": "made"}]}],
        "commitments": [{"id": "C", "text": "send it", "owner": "Ann", "due": "2026-05-08", "made": made}],
        "week_over_week": [{"from": DAY, "to": LATER, "carried": ["D"], "dropped": ["C"]}],
    }
    (folder / "truth.json").write_text(json.dumps(truth), encoding="utf-8")
    return folder


def test_figures_details_and_a_report(cli, series: Path, tmp_path: Path) -> None:
    details, report = tmp_path / "details.jsonl", tmp_path / "report.md"
    result = cli("eval", "ledger", "--series", series, "--json", "--details", details, "--report", report)
    assert result.code == 0, result.err
    figures = result.document
    assert figures["n"] == 2
    assert {"p", "r", "f1", "p_ci", "r_ci", "f1_ci"} == set(figures["decisions"]) == set(figures["commitments"])
    assert (figures["commitments"]["f1"], figures["owner_exact"], figures["due_exact"]) == (1.0, 1.0, 1.0)
    told = ("delta_f1", "delta_f1_strict", "dropped_found", "uncited_claims", "current_value_exact", "link_f1")
    assert [figures[name] for name in told] == [1.0, 1.0, 1.0, 0, None, None]
    assert all(f"{name}_ci" in figures for name in told if name != "uncited_claims")
    rows = [json.loads(line) for line in details.read_text("utf-8").splitlines()]
    gold = [(row["kind"], row["id"]) for row in rows if row["side"] == "gold"]
    assert gold == [("decision", "D"), ("commitment", "C"), ("delta", "D"), ("delta", "C")]
    text = report.read_text("utf-8")
    assert "# The ledger, measured" in text
    assert "| uncited\\_claims | 0 |" in text
    assert "| commitments.f1 | 1.000 | 1.000–1.000 | commitments: F1" in text
    assert (tmp_path / "report.per_language.svg").is_file()


def test_the_table_has_the_figures_of_blocks(cli, series: Path) -> None:
    result = cli("eval", "ledger", "--series", series)
    assert result.code == 0, result.err
    assert "commitments.f1" in result.out
    assert "cue_baseline.decisions.f1" in result.out


def test_meetings_with_their_ledger_tell_what_is_left_out(cli, tmp_path: Path) -> None:
    meetings, ledger = tmp_path / "m.jsonl", tmp_path / "l.jsonl"
    said = [{"text": "We decided on the blue one."}]
    meetings.write_text(
        "".join(json.dumps({"id": f"m{n}", "date": DAY, "utterances": said}) + "\n" for n in range(2)), encoding="utf-8"
    )
    item = {"id": "i", "meeting": "m0", "kind": "decision", "text": "blue"}
    ledger.write_text("".join(json.dumps({**item, "evidence": lines}) + "\n" for lines in ([0], [])), encoding="utf-8")
    result = cli("eval", "ledger", "--meetings", meetings, "--ledger", ledger, "--json")
    assert result.code == 0, result.err
    assert {"decision", "action", "cue_baseline"} <= set(result.document)
    assert "1 decisions and actions that the truth links to no line were left out" in result.err
    assert "1 meetings of which the ledger says nothing were left out" in result.err


@pytest.mark.parametrize(
    "chosen", [(), ("--meetings",), ("--series", "--ledger"), ("--series", "--meetings", "--ledger")]
)
def test_either_series_or_a_ledger_is_scored(cli, series: Path, chosen: tuple[str, ...]) -> None:
    file = series / "truth.json"
    result = cli(
        "eval", "ledger", *(part for name in chosen for part in (name, series if name == "--series" else file))
    )
    assert result.code == 2
    assert "give either series, or meetings with their ledger" in result.err
