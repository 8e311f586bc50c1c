"""Correcting lines: what follows, what is left alone, what is refused."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from ingestion.corrections.domain import Reach
from ingestion.corrections.following import VectorFollower
from ingestion.domain import SearchFilter, Stage
from ingestion.errors import (
    BadInputError,
    ConflictError,
    HuimaiError,
    ModelFailedError,
    ModelMissingError,
    NotFoundError,
)
from ingestion.tables import CorrectionEvent
from retrieval.service import RetrievalService
from retrieval.settings import RetrievalSettings
from tests.ingestion.corrections.conftest import House, until

LINES = (
    ("Speaker 1", "Good morning everyone."),
    ("Speaker 2", "We ship on April seven."),
    ("Speaker 1", "Who tells the customers?"),
    ("Speaker 2", "I will write the note."),
    ("Speaker 3", "The budget is fine."),
)
FILLER = " ".join(f"word{n}" for n in range(18))
"""Nearly a chunk of its own."""


@pytest.fixture
def meeting(house: House) -> str:
    house.read("weekly", *LINES)
    house.embedder.embedded.clear()
    return "weekly"


def speakers(house: House, id: str) -> list[str | None]:
    return [speaker for speaker, _ in house.said(id)]


def test_a_text_is_corrected_everywhere_it_stands(house: House, meeting: str) -> None:
    event = house.corrector.correct_text(meeting, 1, "  We ship on April 17. ", made_by="Jon")
    assert (event.kind, event.before, event.after) == (
        "text",
        {"text": "We ship on April seven."},
        {"text": "We ship on April 17."},
    )
    assert (event.made_by, event.undone_at, event.lines) == ("Jon", None, [[1, None, None]])
    line = house.utterances(meeting)[1]
    assert (line.text, line.raw_text) == ("We ship on April 17.", "We ship on April seven.")
    assert "Speaker 2: We ship on April 17." in house.chunks(meeting)[0].text
    assert "April seven" not in "".join(one.text for one in house.chunks(meeting))
    search = RetrievalService(house.database, house.vectors, house.embedder, RetrievalSettings())
    assert "April 17" in search.search("17 April").results[0].lines[1].text


def test_only_the_touched_chunk_and_those_beside_it_are_embedded(house: House) -> None:
    lines = [("Mina", f"{FILLER} number{n}") for n in range(12)]
    house.read("long", *lines)
    assert len(house.chunks("long")) == 12
    ids = house.vectors.ids("long")
    house.embedder.embedded.clear()
    house.corrector.correct_text("long", 6, f"{FILLER} corrected")
    assert len(house.embedder.embedded) == 3
    assert [text.split()[-1] for text in house.embedder.embedded] == ["number5", "corrected", "number7"]
    assert house.vectors.ids("long") == ids
    assert not any(one.behind for one in house.chunks("long"))
    beside = house.vectors.search_sparse(house.query("corrected"), SearchFilter(), 10)
    assert sorted(hit.id for hit in beside) == sorted(ids[5:8])


def test_a_correction_of_two_distant_lines_embeds_two_runs(house: House) -> None:
    lines = [("Mina" if n in (1, 8) else "Jon", f"{FILLER} number{n}") for n in range(12)]
    house.read("long", *lines)
    house.embedder.embedded.clear()
    house.corrector.give_speaker("long", 1, "Ada", Reach.MEETING)
    assert [text.split()[-1] for text in house.embedder.embedded] == [f"number{n}" for n in (0, 1, 2, 7, 8, 9)]


@pytest.mark.parametrize(
    ("reach", "expected"),
    [
        (Reach.LINE, ["Speaker 1", "Mina", "Speaker 1", "Speaker 2", "Speaker 3"]),
        (Reach.MEETING, ["Speaker 1", "Mina", "Speaker 1", "Mina", "Speaker 3"]),
    ],
)
def test_a_speaker_is_named(house: House, meeting: str, reach: Reach, expected: list[str]) -> None:
    (event,) = house.corrector.give_speaker(meeting, 1, "Mina", reach)
    assert speakers(house, meeting) == expected
    assert (event.reach, event.before, event.after) == (reach, {"speaker": "Speaker 2"}, {"speaker": "Mina"})
    assert house.vectors.count(SearchFilter(speakers=("Mina",))) > 0


def test_a_speaker_is_split_from_a_line_on(house: House, meeting: str) -> None:
    house.corrector.give_speaker(meeting, 2, "Ada", Reach.FOLLOWING)
    assert speakers(house, meeting) == ["Speaker 1", "Speaker 2", "Ada", "Speaker 2", "Speaker 3"]


def test_the_name_of_another_speaker_merges_the_two_and_undoing_parts_them(house: House, meeting: str) -> None:
    (event,) = house.corrector.give_speaker(meeting, 4, "Speaker 2", Reach.MEETING)
    assert speakers(house, meeting).count("Speaker 2") == 3
    house.corrector.undo(event.correction_id)
    assert house.said(meeting) == list(LINES)


def test_a_speaker_becomes_unknown_again(house: House, meeting: str) -> None:
    house.corrector.give_speaker(meeting, 1, None, Reach.MEETING)
    assert speakers(house, meeting) == ["Speaker 1", None, "Speaker 1", None, "Speaker 3"]
    assert house.vectors.count(SearchFilter(speakers=("Speaker 2",))) == 0
    house.corrector.give_speaker(meeting, 3, "Mina", Reach.MEETING)
    assert speakers(house, meeting)[1] == "Mina"


def test_everywhere_reaches_the_project_and_one_undo_takes_it_back(house: House) -> None:
    lines = (("Minna", "Hello."), ("Jon", "Hi."))
    for id, project in (("one", "Atlas"), ("two", "Atlas"), ("other", "Zephyr")):
        house.read(id, *lines, project=project)
    house.read("none", ("Jon", "Only me."))
    house.read("busy", *lines)
    house.set("busy", stage=Stage.TRANSCRIBE)
    events = house.corrector.give_speaker("two", 0, "Mina", Reach.EVERYWHERE)
    assert sorted(event.meeting_id for event in events) == ["one", "two"]
    assert len({event.correction_id for event in events}) == 1
    assert [speakers(house, id)[0] for id in ("one", "two", "other", "busy")] == ["Mina", "Mina", "Minna", "Minna"]
    until(lambda: house.vectors.count(SearchFilter(speakers=("Mina",))) == 2)
    undone = house.corrector.undo(events[0].correction_id)
    assert sorted(event.meeting_id for event in undone) == ["one", "two"]
    assert [house.said(id) for id in ("one", "two")] == [list(lines)] * 2
    until(lambda: house.vectors.count(SearchFilter(speakers=("Mina",))) == 0)


THREE = ("one", "two", "three")


def behind_after_a_correction_everywhere(house: House) -> list[list[int]]:
    """How far behind the chunks of each of three meetings are, once the corrector has ended."""
    for id in THREE:
        house.read(id, ("Minna", "Hello."))
    assert len(house.corrector.give_speaker("two", 0, "Mina", Reach.EVERYWHERE)) == 3
    house.corrector.close()
    return [[one.behind for one in house.chunks(id)] for id in THREE]


def in_the_background() -> bool:
    return threading.current_thread() is not threading.main_thread()


def test_search_knows_a_correction_in_every_meeting_when_the_corrector_has_ended(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    follow = VectorFollower.follow

    def late(self: VectorFollower, meeting_id: str) -> None:
        if in_the_background():
            time.sleep(0.1)
        follow(self, meeting_id)

    monkeypatch.setattr(VectorFollower, "follow", late)
    assert behind_after_a_correction_everywhere(house) == [[0], [0], [0]]
    assert house.vectors.count(SearchFilter(speakers=("Mina",))) == 3
    assert [house.nearness(id) for id in THREE] == [[pytest.approx(1.0, abs=1e-2)]] * 3


def test_a_failure_in_another_meeting_is_counted_and_does_not_fail_the_correction(house: House) -> None:
    embed, failed = house.embedder.embed_passages, list[Sequence[str]]()

    def fail_elsewhere(texts: Sequence[str]) -> NDArray[np.float32]:
        if in_the_background():
            failed.append(texts)
            raise ModelMissingError("the model is gone", "fetch it")
        return embed(texts)

    house.embedder.embed_passages = fail_elsewhere
    assert behind_after_a_correction_everywhere(house) == [[1], [0], [1]]
    assert len(failed) == 2, "one failure keeps no other meeting from being tried"


@pytest.mark.parametrize("line", [0, 1])
def test_who_has_no_name_is_somebody_else_in_every_meeting(house: House, line: int) -> None:
    house.read("one", (None, "Hello."), ("Speaker 2", "Hi."))
    with pytest.raises(BadInputError, match="somebody else in another meeting"):
        house.corrector.give_speaker("one", line, "Mina", Reach.EVERYWHERE)


@pytest.mark.parametrize("name", [".*", "Speaker .", "'; DROP TABLE utterance; --", "<b>Mina</b>", "高兴"])
def test_a_name_is_never_a_pattern_or_markup(house: House, meeting: str, name: str) -> None:
    house.corrector.give_speaker(meeting, 1, name)
    assert speakers(house, meeting) == ["Speaker 1", name, "Speaker 1", "Speaker 2", "Speaker 3"]
    house.corrector.give_speaker(meeting, 1, "Mina", Reach.MEETING)
    assert speakers(house, meeting) == ["Speaker 1", "Mina", "Speaker 1", "Speaker 2", "Speaker 3"]


@pytest.mark.parametrize("text", ["'; DROP TABLE utterance; --", "<script>alert(1)</script>", "%s {0} \\1 \\n"])
def test_text_is_stored_as_it_is(house: House, meeting: str, text: str) -> None:
    house.corrector.correct_text(meeting, 0, text)
    assert house.said(meeting)[0][1] == text


def test_what_was_changed_meanwhile_is_not_overwritten(house: House, meeting: str) -> None:
    house.corrector.correct_text(meeting, 1, "We ship on May 1.", expected="We ship on April seven.")
    with pytest.raises(ConflictError, match=r"now reads: We ship on May 1\."):
        house.corrector.correct_text(meeting, 1, "We ship on April 17.", expected="We ship on April seven.")
    house.corrector.give_speaker(meeting, 1, None, expected="Speaker 2")
    with pytest.raises(ConflictError, match="nobody known"):
        house.corrector.give_speaker(meeting, 1, "Mina", expected="Speaker 2")
    house.corrector.give_speaker(meeting, 1, "Mina", expected="")
    assert house.said(meeting)[1] == ("Mina", "We ship on May 1.")
    assert len(house.corrector.list(meeting)) == 3


def test_a_correction_that_changes_nothing_is_refused(house: House, meeting: str) -> None:
    with pytest.raises(ConflictError, match="reads so already"):
        house.corrector.correct_text(meeting, 0, " Good morning everyone. ")
    with pytest.raises(ConflictError, match="spoken by Speaker 1 already"):
        house.corrector.give_speaker(meeting, 0, "Speaker 1", Reach.MEETING)
    assert house.corrector.list(meeting) == []


@pytest.mark.parametrize("line", [-1, 5, 10**30])
def test_a_line_that_does_not_exist(house: House, meeting: str, line: int) -> None:
    with pytest.raises(NotFoundError, match="has no line"):
        house.corrector.correct_text(meeting, line, "x")
    with pytest.raises(NotFoundError, match="has no line"):
        house.corrector.give_speaker(meeting, line, "Mina", Reach.EVERYWHERE)


def test_a_deleted_meeting_is_not_corrected_and_takes_its_corrections_along(house: House, meeting: str) -> None:
    event = house.corrector.correct_text(meeting, 0, "Hello.")
    house.pipeline.remove(meeting)
    for correct in (
        lambda: house.corrector.correct_text(meeting, 0, "Hi."),
        lambda: house.corrector.give_speaker(meeting, 0, "Mina", Reach.EVERYWHERE),
        lambda: house.corrector.list(meeting),
        lambda: house.corrector.undo(event.correction_id),
    ):
        with pytest.raises(NotFoundError):
            correct()
    with house.database.session() as session:
        assert session.get(CorrectionEvent, (event.correction_id, meeting)) is None


@pytest.mark.parametrize("stage", [Stage.QUEUED, Stage.CLEAN, Stage.INDEX, Stage.FAILED])
def test_a_meeting_that_is_not_ready_is_left_alone(house: House, meeting: str, stage: Stage) -> None:
    event = house.corrector.correct_text(meeting, 0, "Hello.")
    house.set(meeting, stage=stage)
    for correct in (
        lambda: house.corrector.correct_text(meeting, 0, "Hi."),
        lambda: house.corrector.give_speaker(meeting, 0, "Mina"),
        lambda: house.corrector.undo(event.correction_id),
    ):
        with pytest.raises(ConflictError) as refused:
            correct()
        assert "huimai jobs" in refused.value.hint


def test_a_line_without_text_gets_one_and_loses_it_again(house: House) -> None:
    house.read("silent", ("Mina", ""), ("Jon", ""))
    assert house.chunks("silent") == []
    event = house.corrector.correct_text("silent", 1, "Now there is something.")
    assert [one.text for one in house.chunks("silent")] == ["Jon: Now there is something."]
    assert len(house.vectors.ids("silent")) == 1
    house.corrector.undo(event.correction_id)
    assert (house.chunks("silent"), house.vectors.ids("silent")) == ([], [])


def test_what_could_not_be_embedded_is_counted_and_follows_with_the_next(house: House, meeting: str) -> None:
    house.embedder.failure = ModelFailedError("the model broke", "look at it")
    with pytest.raises(HuimaiError, match="the correction is stored, but search does not know it yet: the model broke"):
        house.corrector.correct_text(meeting, 0, "Hello.")
    assert house.said(meeting)[0][1] == "Hello."
    assert any(one.behind for one in house.chunks(meeting))
    house.embedder.failure = None
    house.corrector.correct_text(meeting, 1, "Hi.")
    assert not any(one.behind for one in house.chunks(meeting))
    assert house.vectors.search_sparse(house.query("hello"), SearchFilter(), 5)
