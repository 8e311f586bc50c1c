"""The truth of a ledger file, and what is wrong with it told in one line."""

from __future__ import annotations

import gzip
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from agents.evaluation.ledger_records import GoldItem, LeftOut, read_ledger
from agents.ledger.domain import ItemKind
from ingestion.errors import BadInputError

FIRST = "2026-03-02"
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
