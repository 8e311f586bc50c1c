"""Words are spelled as the cleaned text has them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ingestion.text.fitting import fitted


def test_words_that_were_not_changed_are_themselves() -> None:
    assert fitted("We ship.", [" We", " ship."]) == [("We", 0, 1), (" ship.", 1, 2)]


def test_marks_spaces_and_script_do_not_part_a_word_from_its_time() -> None:
    heard = ["拋", "人", "差不多", "了,", " 我", "们", "开始", "吧"]
    pieces = ["抛", "人", "差不多", "了，", "我", "们", "开始", "吧。"]
    assert fitted("抛人差不多了，我们开始吧。", heard) == [(piece, n, n + 1) for n, piece in enumerate(pieces)]


def test_words_that_became_a_number_are_one() -> None:
    heard = [" It", " rose", " ninety", " five", " percent", " in", " May."]
    assert fitted("It rose 95% in May.", heard) == [
        ("It", 0, 1),
        (" rose", 1, 2),
        (" 95%", 2, 5),
        (" in", 5, 6),
        (" May.", 6, 7),
    ]
    assert ("28", 3, 6) in fitted("就在3月28号晚上", ["就在", "三", "月", "二", "十", "八", "号", "晚上"])


def test_a_name_that_the_glossary_wrote_as_one_keeps_the_time_of_its_parts() -> None:
    pieces = fitted("ask Quillgate now", ["ask", " quill", " gate", " now"])
    assert [(piece, first) for piece, first, _ in pieces] == [("ask", 0), (" Quill", 1), ("gate", 2), (" now", 3)]


def test_a_word_of_which_nothing_is_left_has_no_piece() -> None:
    assert fitted("We ship.", [" um,", " We", " ship."]) == [("We", 1, 2), (" ship.", 2, 3)]


def test_nothing_gives_nothing() -> None:
    assert fitted("", ["a"]) == fitted("a", []) == fitted("a", [" ", ""]) == []


@given(st.text(alphabet="ab ，1\n", max_size=12), st.lists(st.text(alphabet="ab ,1", max_size=4), max_size=6))
def test_the_pieces_are_the_text_and_their_words_in_order(text: str, heard: list[str]) -> None:
    pieces = fitted(text, heard)
    if pieces:
        assert "".join(piece for piece, _, _ in pieces) == text
    places = [place for _, first, last in pieces for place in (first, last - 1)]
    assert places == sorted(places)
    assert all(0 <= first < last <= len(heard) for _, first, last in pieces)
