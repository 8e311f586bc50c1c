from dataclasses import dataclass
from itertools import pairwise

import pytest

from ingestion.chunking import chunk, chunk_id, surroundings


@dataclass(frozen=True)
class Said:
    index: int
    speaker: str | None
    text: str


def said(*lines: tuple[str | None, str]) -> list[Said]:
    return [Said(i, speaker, text) for i, (speaker, text) in enumerate(lines)]


def ranges(lines: list[Said], target: int) -> list[tuple[int, int]]:
    return [(draft.first, draft.last) for draft in chunk(lines, target)]


def test_every_utterance_lies_in_exactly_one_chunk_in_order() -> None:
    lines = said(*((f"S{i % 3}", "word " * (i * 7 % 23)) for i in range(200)))
    drafts = chunk(lines, 40)
    assert drafts[0].first == 0
    assert drafts[-1].last == 199
    assert all(a.last + 1 == b.first for a, b in pairwise(drafts))
    assert all(draft.words <= 40 for draft in drafts)


def test_text_names_the_speaker_and_leaves_empty_lines_out() -> None:
    (draft,) = chunk(said(("Ann", "yes"), ("Bo", ""), (None, "no names here"), ("王芳", "延期到周五")), 50)
    assert draft.text == "Ann: yes\nno names here\n王芳: 延期到周五"
    assert (draft.first, draft.last) == (0, 3)


def test_a_huge_utterance_is_a_chunk_of_its_own() -> None:
    assert ranges(said(("A", "a b c"), ("B", "word " * 500), ("A", "d e f")), 20) == [(0, 0), (1, 1), (2, 2)]


def test_the_cut_falls_where_the_speaker_changes() -> None:
    lines = said(("A", "w " * 6), ("A", "w " * 6), ("B", "w " * 4), ("B", "w " * 6), ("B", "w " * 3))
    assert ranges(lines, 20) == [(0, 1), (2, 4)]


def test_a_turn_too_early_is_no_place_to_cut() -> None:
    lines = said(("A", "w " * 2), ("B", "w " * 8), ("B", "w " * 8), ("B", "w " * 8))
    assert ranges(lines, 20) == [(0, 2), (3, 3)]


def test_chinese_characters_count_as_part_of_a_word() -> None:
    lines = said(*((None, "会" * 33) for _ in range(4)))
    assert ranges(lines, 40) == [(0, 1), (2, 3)]


@pytest.mark.parametrize("lines", [[], said(("A", ""), ("B", ""))])
def test_nothing_said_makes_no_chunk(lines: list[Said]) -> None:
    assert chunk(lines, 40) == []


def test_trailing_empty_lines_belong_to_the_last_chunk() -> None:
    assert ranges(said(("A", "w " * 10), ("B", "w " * 10), ("B", ""), ("A", "")), 10) == [(0, 0), (1, 3)]


def test_surroundings_end_with_the_meeting() -> None:
    texts = ["one", "two", "three"]
    assert [surroundings(texts, at) for at in range(3)] == ["one\ntwo", "one\ntwo\nthree", "two\nthree"]


def test_chunk_id_is_stable_and_tells_runs_apart() -> None:
    assert chunk_id("m1", 0, 3) == chunk_id("m1", 0, 3)
    assert len({chunk_id("m1", 0, 3), chunk_id("m1", 0, 4), chunk_id("m2", 0, 3), chunk_id("m10", 3, 3)}) == 4
