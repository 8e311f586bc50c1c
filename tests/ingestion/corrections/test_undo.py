"""Undoing in any order: what was made since stands."""

from __future__ import annotations

from itertools import permutations

import pytest

from ingestion.corrections.domain import Reach
from ingestion.errors import ConflictError, NotFoundError
from tests.ingestion.corrections.conftest import House

LINES = (("Speaker 1", "One."), ("Speaker 2", "Two."), ("Speaker 1", "Three."))


def test_an_undone_correction_leaves_no_trace_in_the_lines_and_stays_in_the_list(house: House) -> None:
    house.read("weekly", *LINES)
    event = house.corrector.correct_text("weekly", 0, "Uno.")
    assert house.utterances("weekly")[0].uncorrected == {"speaker": "Speaker 1", "text": "One.", "sure": True}
    (undone,) = house.corrector.undo(event.correction_id)
    assert undone.undone_at is not None
    assert house.said("weekly") == list(LINES)
    assert house.utterances("weekly")[0].uncorrected is None
    assert house.chunks("weekly")[0].text == "Speaker 1: One.\nSpeaker 2: Two.\nSpeaker 1: Three."
    assert [e.correction_id for e in house.corrector.list("weekly")] == [event.correction_id]
    with pytest.raises(ConflictError, match="undone already"):
        house.corrector.undo(event.correction_id)
    with pytest.raises(NotFoundError):
        house.corrector.undo("nothing")


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_the_latest_that_stands_is_what_a_line_says(house: House, order: tuple[int, ...]) -> None:
    house.read("weekly", *LINES)
    texts = ["first", "second", "third"]
    made = [house.corrector.correct_text("weekly", 0, text) for text in texts]
    standing = list(range(3))
    for index in order:
        house.corrector.undo(made[index].correction_id)
        standing.remove(index)
        assert house.said("weekly")[0][1] == (texts[standing[-1]] if standing else "One.")
    assert house.said("weekly") == list(LINES)


def test_undoing_a_rename_leaves_lines_that_were_corrected_since(house: House) -> None:
    house.read("weekly", *LINES)
    (rename,) = house.corrector.give_speaker("weekly", 0, "Mina", Reach.MEETING)
    house.corrector.correct_text("weekly", 0, "Uno.")
    house.corrector.give_speaker("weekly", 2, "Jon")
    house.corrector.undo(rename.correction_id)
    assert house.said("weekly") == [("Speaker 1", "Uno."), ("Speaker 2", "Two."), ("Jon", "Three.")]


def test_the_list_is_newest_first(house: House) -> None:
    house.read("weekly", *LINES)
    made = [house.corrector.correct_text("weekly", 0, str(n)).correction_id for n in range(5)]
    assert [event.correction_id for event in house.corrector.list("weekly")] == made[::-1]


def test_undo_embeds_only_what_it_touches(house: House) -> None:
    filler = " ".join(f"word{n}" for n in range(18))
    house.read("long", *[("Mina", f"{filler} number{n}") for n in range(12)])
    event = house.corrector.correct_text("long", 11, f"{filler} corrected")
    house.embedder.embedded.clear()
    house.corrector.undo(event.correction_id)
    assert [text.split()[-1] for text in house.embedder.embedded] == ["number10", "number11"]
