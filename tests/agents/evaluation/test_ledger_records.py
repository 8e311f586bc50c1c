"""The truth of the ledger, of a series and of a ledger file, and what is wrong with it told in one line."""

from __future__ import annotations

import gzip
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from agents.evaluation.ledger_records import GoldItem, LeftOut, read_ledger, read_ledger_series
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
    first, second = read_ledger_series(series(tmp_path))
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
        for meeting in read_ledger_series(series(tmp_path))
        for item in meeting.gold
        if item.kind is ItemKind.COMMITMENT
    ]
    assert held == [
        ("made", "Ann", 6, True),
        ("redated", "Ann", 13, True),
        ("handed_over", "Bo", 13, True),
        ("done", "Bo", 13, False),
    ]


@pytest.mark.parametrize(
    ("truth", "said"),
    [
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


MEETINGS = [
    {"id": f"m{n}", "project": "P", "date": FIRST, "utterances": [{"text": "we take the yellow one"}, {"text": "yes"}]}
    for n in range(2)
]
ITEM = {"id": "x", "meeting": "m0", "kind": "decision", "text": "It is yellow.", "evidence": [0]}


def files(folder: Path, *items: dict[str, Any], meetings: list[dict[str, Any]] = MEETINGS) -> tuple[Path, Path]:
    written = folder / "m.jsonl", folder / "l.jsonl.gz"
    written[0].write_text("".join(json.dumps(one) + "\n" for one in meetings), encoding="utf-8")
    written[1].write_bytes(gzip.compress("".join(json.dumps(one) + "\n" for one in items).encode()))
    return written


def test_actions_are_commitments_and_what_cannot_be_scored_is_counted(tmp_path: Path) -> None:
    action = {**ITEM, "id": "y", "kind": "action", "evidence": [1, 0]}
    problem = {**ITEM, "id": "p", "kind": "problem"}
    unlinked = {**ITEM, "id": "z", "evidence": []}
    (meeting,), left_out = read_ledger(*files(tmp_path, ITEM, action, problem, unlinked))
    assert meeting.gold == (
        GoldItem("x", ItemKind.DECISION, "made", (0,), "It is yellow."),
        GoldItem("y", ItemKind.COMMITMENT, "made", (1, 0), "It is yellow."),
    )
    assert (meeting.name, meeting.language, meeting.day) == ("m0", "en", date(2026, 3, 2))
    assert left_out == LeftOut(items=1, meetings=1)


@pytest.mark.parametrize(
    ("item", "said"),
    [
        ({**ITEM, "meeting": "m7"}, "l.jsonl.gz line 1: the meeting 'm7' is not in m.jsonl"),
        ({**ITEM, "evidence": [2]}, "line 1 points at utterance 2 of 'm0', which has 2"),
        ({**ITEM, "evidence": ["0"]}, r"line 1: evidence.0: .*integer"),
        ({**ITEM, "evidence": []}, "has no decision and no action with evidence"),
    ],
)
def test_a_wrong_ledger_is_told(tmp_path: Path, item: dict[str, Any], said: str) -> None:
    with pytest.raises(BadInputError, match=said):
        read_ledger(*files(tmp_path, item))


def test_a_meeting_without_a_date_is_named(tmp_path: Path) -> None:
    undated = [{**MEETINGS[0], "date": ""}]
    with pytest.raises(BadInputError, match="the meeting 'm0' has no date"):
        read_ledger(*files(tmp_path, ITEM, meetings=undated))
