"""People who correct at once do not lose each other's work."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from ingestion.corrections.domain import Reach
from ingestion.corrections.service import Corrector
from ingestion.errors import ConflictError, HuimaiError, ModelFailedError, NotFoundError
from ingestion.settings import IngestionSettings
from tests.ingestion.corrections.conftest import CountingEmbedder, House


def together(*works: Callable[[], None]) -> list[Exception]:
    """Run these at once; returns what was raised."""
    failures: list[Exception] = []
    start = threading.Barrier(len(works))

    def run(work: Callable[[], None]) -> None:
        start.wait()
        try:
            work()
        except Exception as failure:
            failures.append(failure)

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failures


def test_corrections_of_different_lines_all_stand_and_search_knows_them(house: House) -> None:
    house.read("weekly", *[("Mina", f"Line {n}.") for n in range(16)])

    def correct(lines: range) -> Callable[[], None]:
        def work() -> None:
            for n in lines:
                house.corrector.correct_text("weekly", n, f"Corrected {n}.")

        return work

    assert together(*(correct(range(first, 16, 4)) for first in range(4))) == []
    assert house.said("weekly") == [("Mina", f"Corrected {n}.") for n in range(16)]
    assert sorted(event.number for event in house.corrector.list("weekly")) == list(range(1, 17))
    chunks = house.chunks("weekly")
    assert "".join(one.text + "\n" for one in chunks) == "".join(f"Mina: Corrected {n}.\n" for n in range(16))
    assert not any(one.behind for one in chunks)
    assert house.nearness("weekly") == pytest.approx([1.0] * len(house.nearness("weekly")), abs=1e-2)


def test_a_text_and_a_name_for_one_line_both_stand(house: House) -> None:
    house.read("weekly", *[("Speaker 1", f"Line {n}.") for n in range(6)])
    failures = together(
        lambda: [house.corrector.correct_text("weekly", n, f"Corrected {n}.") for n in range(6)] and None,
        lambda: house.corrector.give_speaker("weekly", 0, "Mina", Reach.MEETING) and None,
    )
    assert failures == []
    assert house.said("weekly") == [("Mina", f"Corrected {n}.") for n in range(6)]


def test_of_two_who_saw_the_same_text_one_is_told(house: House) -> None:
    house.read("weekly", ("Mina", "Line."))

    def correct(text: str) -> Callable[[], None]:
        return lambda: house.corrector.correct_text("weekly", 0, text, expected="Line.") and None

    (failure,) = together(correct("Mine."), correct("Yours."))
    assert isinstance(failure, ConflictError)
    assert failure.message.endswith(house.said("weekly")[0][1])


def test_one_of_two_who_undo_at_once_is_told(house: House) -> None:
    house.read("weekly", ("Mina", "Line."))
    event = house.corrector.correct_text("weekly", 0, "Mine.")
    undo = lambda: house.corrector.undo(event.correction_id) and None  # noqa: E731
    (failure,) = together(undo, undo)
    assert isinstance(failure, ConflictError)
    assert house.said("weekly") == [("Mina", "Line.")]


def during_the_first_embedding(house: House, work: Callable[[], object]) -> None:
    """Do something in the middle of the next correction, after its rows and before its vectors are stored."""
    embed = house.embedder.embed_passages

    def interrupted(texts: Sequence[str]) -> NDArray[np.float32]:
        house.embedder.embed_passages = embed
        work()
        return embed(texts)

    house.embedder.embed_passages = interrupted


def test_the_vectors_of_the_later_of_two_corrections_are_the_ones_that_stay(house: House) -> None:
    house.read("weekly", ("Mina", "One."), ("Jon", "Two."))
    second = threading.Thread(target=lambda: house.corrector.correct_text("weekly", 1, "Nothing that was said before."))

    def second_is_quicker() -> None:
        second.start()
        second.join(1.0)

    during_the_first_embedding(house, second_is_quicker)
    house.corrector.correct_text("weekly", 0, "First.")
    second.join()
    assert house.said("weekly") == [("Mina", "First."), ("Jon", "Nothing that was said before.")]
    assert house.nearness("weekly") == pytest.approx([1.0], abs=1e-2)


def test_what_changes_while_it_is_embedded_still_counts_as_behind(house: House) -> None:
    house.read("weekly", ("Mina", "One."), ("Jon", "Two."))
    failing = CountingEmbedder()
    failing.failure = ModelFailedError("the model broke")
    other = Corrector(house.database, house.vectors, failing, IngestionSettings(chunk_words=20))

    def correct_elsewhere() -> None:
        with pytest.raises(HuimaiError):
            other.correct_text("weekly", 1, "Zwei.")

    during_the_first_embedding(house, correct_elsewhere)
    house.corrector.correct_text("weekly", 0, "Uno.")
    assert [one.behind for one in house.chunks("weekly")] == [2]


def test_who_was_renamed_while_everywhere_was_looked_up_is_told(house: House) -> None:
    for id in ("one", "two"):
        house.read(id, ("Minna", "Hello."))

    class Interrupted(Corrector):
        def _everywhere(self, meeting_id: str, line: int) -> tuple[str, Sequence[str]]:
            found = super()._everywhere(meeting_id, line)
            self.give_speaker(meeting_id, line, "Jon")
            return found

    corrector = Interrupted(house.database, house.vectors, house.embedder, IngestionSettings())
    with pytest.raises(ConflictError, match="is spoken by Jon"):
        corrector.give_speaker("one", 0, "Mina", Reach.EVERYWHERE)
    assert (house.said("one"), house.said("two")) == ([("Jon", "Hello.")], [("Minna", "Hello.")])


def test_a_meeting_that_is_deleted_while_it_is_embedded_leaves_no_vectors(house: House) -> None:
    house.read("weekly", ("Mina", "One."))
    during_the_first_embedding(house, lambda: house.pipeline.remove("weekly"))
    with pytest.raises(NotFoundError):
        house.corrector.correct_text("weekly", 0, "Uno.")
    assert house.vectors.ids("weekly") == []
