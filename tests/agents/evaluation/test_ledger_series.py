"""The truth of a series, and what is wrong with it told in one line."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from agents.evaluation.ledger_series import read_ledger_series
from agents.ledger.domain import ItemKind
from ingestion.errors import BadInputError

FIRST, SECOND = "2026-03-02", "2026-03-09"
DECISION = {
    "id": "D1",
    "text": "budget",
    "history": [
        {"date": FIRST, "utterances": [0, 1], "change": "made"},
        {"date": SECOND, "utterances": [2], "change": "restated"},
    ],
}
COMMITMENT = {
    "id": "C1",
    "text": "the script",
    "owner": "Ann",
    "due": "2026-03-06",
    "made": {"date": FIRST, "utterances": [2]},
    "events": [
        {"date": SECOND, "utterances": [0], "event": "redated", "due": "2026-03-13"},
        {"date": SECOND, "utterances": [1], "event": "handed_over", "owner": "Bo"},
        {"date": SECOND, "utterances": [2], "event": "done"},
        {"date": SECOND, "utterances": [], "event": "not_mentioned"},
    ],
}


def series(folder: Path, **truth: Any) -> Path:
    lines = [{"speaker": "Ann", "text": f"line {i}", "start": i, "end": i + 1} for i in range(3)]
    for day in (FIRST, SECOND):
        (folder / f"{day}.truth.json").write_text(json.dumps({"utterances": lines}), encoding="utf-8")
    document = {"project": "P", "language": "en", "decisions": [DECISION], "commitments": [COMMITMENT], **truth}
    (folder / "truth.json").write_text(json.dumps(document), encoding="utf-8")
    return folder


def test_each_change_and_event_with_lines_is_an_item_of_its_meeting(tmp_path: Path) -> None:
    first, second = read_ledger_series(series(tmp_path)).meetings
    assert (first.name, first.language, first.day) == (f"{tmp_path.name}/{FIRST}", "en", date(2026, 3, 2))
    assert [(line.index, line.speaker, line.text) for line in first.lines][1] == (1, "Ann", "line 1")
    assert [(item.id, item.event, item.lines) for item in first.gold] == [("D1", "made", (0, 1)), ("C1", "made", (2,))]
    assert [(item.id, item.event) for item in second.gold] == [
        ("D1", "restated"),
        ("C1", "redated"),
        ("C1", "handed_over"),
        ("C1", "done"),
    ]


def test_owner_and_due_date_hold_until_they_change(tmp_path: Path) -> None:
    held = [
        (item.event, item.owner, item.due and item.due.day, item.stated)
        for meeting in read_ledger_series(series(tmp_path)).meetings
        for item in meeting.gold
        if item.kind is ItemKind.COMMITMENT
    ]
    assert held == [
        ("made", "Ann", 6, True),
        ("redated", "Ann", 13, True),
        ("handed_over", "Bo", 13, True),
        ("done", "Bo", 13, False),
    ]


def said(day: str, *lines: int, **fields: Any) -> dict[str, Any]:
    return {"date": day, "utterances": lines, **fields}


OTHERS = {
    "questions": [
        {
            "id": "Q1",
            "text": "how long?",
            "raised": said(FIRST, 0),
            "again": [said(SECOND, 0)],
            "answered": said(SECOND, 1),
        },
        {"id": "Q2", "text": "who?", "raised": said(SECOND, 2), "answered": None},
    ],
    "disagreements": [{"id": "X1", "text": "blue?", "mentions": [said(FIRST, 1), said(SECOND, 2)], "resolved": False}],
    "risks": [
        {
            "id": "R1",
            "text": "late",
            "history": [
                said(FIRST, 2, status="open"),
                said(SECOND, 0, status="open"),
                said(SECOND, 1, status="growing"),
                said(SECOND, 2, status="resolved"),
            ],
        }
    ],
    "metrics": [{"name": "delay", "unit": "ms", "values": [said(FIRST, 1, value="480"), said(SECOND, 1, value="410")]}],
}


def test_questions_disagreements_risks_and_metrics_are_items_too(tmp_path: Path) -> None:
    first, second = read_ledger_series(series(tmp_path, **OTHERS, decisions=[], commitments=[COMMITMENT])).meetings
    told = [(item.id, item.kind.value, item.event, item.lines) for item in first.gold if item.id != "C1"]
    assert told == [
        ("Q1", "question", "raised", (0,)),
        ("X1", "question", "raised", (1,)),
        ("R1", "risk", "open", (2,)),
        ("delay", "metric", "measured", (1,)),
    ]
    later = [(item.id, item.event, item.lines, item.stated) for item in second.gold if item.id != "C1"]
    assert later == [
        ("Q1", "again", (0,), False),
        ("Q1", "answered", (1,), False),
        ("Q2", "raised", (2,), True),
        ("X1", "again", (2,), False),
        ("R1", "again", (0,), False),
        ("R1", "growing", (1,), True),
        ("R1", "resolved", (2,), False),
        ("delay", "measured", (1,), True),
    ]
    assert (second.gold[-1].value, second.gold[-1].unit) == ("410", "ms")


def test_kinds_are_those_of_the_fields_that_are_there(tmp_path: Path) -> None:
    read = read_ledger_series(series(tmp_path, risks=[]))
    assert read.kinds == {ItemKind.DECISION, ItemKind.COMMITMENT, ItemKind.RISK}


def test_what_changed_is_read_as_sections_and_ids(tmp_path: Path) -> None:
    week = {"from": FIRST, "to": SECOND, "new": [], "changed": ["C1"], "closed": [], "carried": ["D1"], "dropped": []}
    (read,) = read_ledger_series(series(tmp_path, week_over_week=[week])).weeks
    assert (read.earlier, read.later) == (date(2026, 3, 2), date(2026, 3, 9))
    assert read.entries == {("changed", "C1"), ("carried", "D1")}


@pytest.mark.parametrize(
    ("truth", "said"),
    [
        ({"week_over_week": [{"from": FIRST, "to": SECOND, "new": ["D7"]}]}, "of 2026-03-09 names 'D7'"),
        ({"week_over_week": [{"from": FIRST, "to": "2026-04-01"}]}, "names 2026-04-01, of which there is no"),
        ({"decisions": [], "commitments": []}, "its truth has no decision and no commitment"),
        ({"commitments": [{**COMMITMENT, "due": "2026-02-30"}]}, r"truth.json: commitments.0.due: "),
        (
            {"decisions": [{**DECISION, "history": [{"date": FIRST, "utterances": [3], "change": "made"}]}]},
            "utterance 3",
        ),
        (
            {"commitments": [{**COMMITMENT, "made": {"date": "2026-04-01", "utterances": [0]}}]},
            "'C1' stands on 2026-04",
        ),
        ({"commitments": [{**COMMITMENT, "events": [{**DECISION["history"][0], "event": "lost"}]}]}, "events.0.event"),  # pyright: ignore[reportIndexIssue]
    ],
)
def test_wrong_truth_of_a_series_is_named(tmp_path: Path, truth: dict[str, Any], said: str) -> None:
    with pytest.raises(BadInputError, match=said) as raised:
        read_ledger_series(series(tmp_path, **truth))
    assert "\n" not in raised.value.message
