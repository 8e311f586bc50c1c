"""The run of `huimai eval ledger`, with an extractor that finds what it is told to."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from agents.ledger.domain import ItemDraft, ItemKind, SpokenLine
from ingestion.errors import BadInputError
from server.evaluation import ledger as run

DAY = "2026-03-02"


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[tuple[date, int]]:
    """The meetings that were read; in each, the first line is found to be a decision."""
    seen: list[tuple[date, int]] = []

    def find(lines: Sequence[SpokenLine], day: date) -> list[ItemDraft]:
        seen.append((day, len(lines)))
        return [ItemDraft(ItemKind.DECISION, (0,), lines[0].text, 0.9)]

    monkeypatch.setattr(run, "find_items", find)
    return seen


def series(folder: Path) -> Path:
    folder.mkdir(parents=True)
    lines = [{"speaker": "Ann", "text": text} for text in ("So it is yellow.", "We agreed on it, yellow.")]
    (folder / f"{DAY}.truth.json").write_text(json.dumps({"utterances": lines}), encoding="utf-8")
    history = [{"date": DAY, "utterances": [1], "change": "made"}]
    truth = {"project": "P", "language": "en", "decisions": [{"id": "D", "text": "yellow", "history": history}]}
    (folder / "truth.json").write_text(json.dumps(truth), encoding="utf-8")
    return folder


def test_a_series_is_scored_by_the_same_lines(tmp_path: Path, read: list[Any]) -> None:
    shares: list[float] = []
    document, scored = run.evaluate_series([series(tmp_path / "s")], lambda _what, share: shares.append(share))
    assert read == [(date(2026, 3, 2), 2)]
    assert document["decisions"]["f1"] == 0.0  # the neighbour of the line
    assert document["cue_baseline"]["decisions"]["f1"] == 1.0
    assert (document["n"], document["meetings"], document["setup"]) == (1, 1, {"series": ["s"]})
    assert shares == [1.0]
    assert len(scored) == 1


def test_two_series_of_one_name_are_refused(tmp_path: Path, read: list[Any]) -> None:
    with pytest.raises(BadInputError, match="two series are called 's'"):
        run.evaluate_series([series(tmp_path / "a" / "s"), series(tmp_path / "b" / "s")])
    assert not read


def test_a_ledger_is_scored_by_neighbours_too(tmp_path: Path, read: list[Any]) -> None:
    meetings, ledger = tmp_path / "m.jsonl", tmp_path / "l.jsonl"
    said = [{"text": f"line {i}"} for i in range(9)]
    meetings.write_text(
        "".join(json.dumps({"id": f"m{n}", "date": DAY, "utterances": said}) + "\n" for n in range(3)), encoding="utf-8"
    )
    items = [
        {"id": f"i{n}", "meeting": f"m{n}", "kind": "decision", "text": "x", "evidence": lines}
        for n, lines in enumerate([[5], []])
    ]
    ledger.write_text("".join(json.dumps(item) + "\n" for item in items), encoding="utf-8")
    document, scored = run.evaluate_ledger(meetings, ledger)
    assert (document["decision"]["p"], document["decision"]["r"]) == (0.5, 1.0)
    assert (document["left_out"], document["left_out_meetings"], document["meetings"]) == (1, 1, 2)
    assert [one.meeting.name for one in scored] == ["m0", "m1"]
    assert document["setup"]["near_lines"] == 5
