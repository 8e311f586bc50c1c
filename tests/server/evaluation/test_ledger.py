"""The run of `huimai eval ledger`, with an extractor and a linker that find what they are told to."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from agents.evaluation import ledger_reading
from agents.ledger.domain import ItemDraft, ItemKind, Link, LinkType
from agents.ledger.threads import Thread
from agents.link.domain import Linked, Meaning, ReadMeeting
from ingestion.errors import BadInputError
from retrieval.domain import Line
from server.evaluation import ledger as run

DAY = "2026-03-02"


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[tuple[date, int]]:
    """The meetings that were read; in each, the first line is found to be a decision."""
    seen: list[tuple[date, int]] = []

    def find(lines: Sequence[Line], day: date, _meaning: object, **_given: object) -> list[ItemDraft]:
        seen.append((day, len(lines)))
        return [ItemDraft(ItemKind.DECISION, (0,), lines[0].text, 0.9)]

    monkeypatch.setattr(ledger_reading, "find_drafts", find)
    return seen


def refine(known: Sequence[Thread], meeting: ReadMeeting, meaning: Meaning) -> Linked:
    """Every item refines the first thread; the vectors of the texts are asked for, as a real linker does."""
    assert meaning.vectors([item.said.text for item in meeting.items]).shape[0] == len(meeting.items)
    return Linked(tuple(Link(item.id, known[0].id, LinkType.REFINES, 0.9, "") for item in meeting.items if known), ())


def series(folder: Path) -> Path:
    folder.mkdir(parents=True)
    lines = [{"speaker": "Ann", "text": text} for text in ("So it is yellow.", "We agreed on it, yellow.")]
    (folder / f"{DAY}.truth.json").write_text(json.dumps({"utterances": lines}), encoding="utf-8")
    history = [{"date": DAY, "utterances": [1], "change": "made"}]
    truth = {"project": "P", "language": "en", "decisions": [{"id": "D", "text": "yellow", "history": history}]}
    (folder / "truth.json").write_text(json.dumps(truth), encoding="utf-8")
    return folder


def test_a_series_is_scored_by_the_same_lines(tmp_path: Path, read: list[Any], opened: Any) -> None:
    shares: list[float] = []
    document, scored = run.evaluate_series(
        [series(tmp_path / "s")], "transcript", opened, lambda _what, share: shares.append(share), refine
    )
    assert read == [(date(2026, 3, 2), 2)]
    assert document["decisions"]["f1"] == 0.0  # the neighbour of the line
    assert document["cue_baseline"]["decisions"]["f1"] == 1.0
    assert (document["n"], document["meetings"], document["uncited_claims"]) == (1, 1, 0)
    setup = {"series": ["s"], "source": "transcript", "embedding_model": "hash-embedder", "chat_model": None}
    assert document["setup"] == setup
    assert shares == [1.0]
    assert len(scored) == 1


def test_meetings_are_linked_and_what_changed_is_scored(tmp_path: Path, read: list[Any], opened: Any) -> None:
    folder = series(tmp_path / "s")
    lines = {"utterances": [{"text": "It is blue now."}, {"text": "Yes."}]}
    (folder / "2026-03-09.truth.json").write_text(json.dumps(lines), encoding="utf-8")
    history = [
        {"date": DAY, "utterances": [0], "change": "made"},
        {"date": "2026-03-09", "utterances": [0], "change": "refined"},
    ]
    week = {"from": DAY, "to": "2026-03-09", "changed": ["D"]}
    truth = {
        "project": "P",
        "language": "en",
        "decisions": [{"id": "D", "text": "colour", "history": history}],
        "week_over_week": [week],
    }
    (folder / "truth.json").write_text(json.dumps(truth), encoding="utf-8")
    document, scored = run.evaluate_series([folder], "transcript", opened, link=refine)
    assert len(read) == 2
    right = ("delta_f1", "delta_f1_strict", "link_f1", "current_value_exact")
    assert [document[key] for key in right] == [1.0, 1.0, 1.0, 1.0]
    assert document["delta_f1_ci"] == [1.0, 1.0]
    assert [row["what"] for row in scored[1].rows() if row["kind"] == "delta"] == ["changed", "changed"]


def test_recordings_are_scored_by_time(
    tmp_path: Path, read: list[Any], opened: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = series(tmp_path / "s")
    heard = (Line(0, "Ann", 4.2, 7.0, "We agreed on it, yellow."), Line(1, "Ann", 8.0, 9.0, "Bye."))
    spoken = [{"text": "Hi.", "start": 0, "end": 4}, {"text": "We agreed on it, yellow.", "start": 4, "end": 7}]
    (folder / f"{DAY}.truth.json").write_text(json.dumps({"utterances": spoken}), encoding="utf-8")
    (folder / f"{DAY}.m4a").write_bytes(b"")
    monkeypatch.setattr(run, "heard_lines", lambda *_: ({f"s/{DAY}": heard}, {"speech_model": "ears"}))
    document, _ = run.evaluate_series([folder], "audio", opened, link=refine)
    # what is heard first is the second thing that was said
    assert (document["decisions"]["f1"], document["cue_baseline"]["decisions"]["f1"]) == (1.0, 1.0)
    assert (document["uncited_claims"], document["setup"]["source"]) == (0, "audio")
    assert document["setup"]["speech_model"] == "ears"


def test_two_series_of_one_name_are_refused(tmp_path: Path, read: list[Any], opened: Any) -> None:
    with pytest.raises(BadInputError, match="two series are called 's'"):
        run.evaluate_series([series(tmp_path / "a" / "s"), series(tmp_path / "b" / "s")], "transcript", opened)
    assert not read


def test_a_ledger_is_scored_by_neighbours_too(tmp_path: Path, read: list[Any], opened: Any) -> None:
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
    document, scored = run.evaluate_ledger(meetings, ledger, opened)
    assert (document["decision"]["p"], document["decision"]["r"]) == (0.5, 1.0)
    assert (document["left_out"], document["left_out_meetings"], document["meetings"]) == (1, 1, 2)
    assert [one.meeting.name for one in scored] == ["m0", "m1"]
    assert document["setup"]["near_lines"] == 5
