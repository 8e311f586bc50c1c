"""What servers heard, placed in time."""

from __future__ import annotations

import pytest

from ingestion.domain import Span, Word
from ingestion.speech.servers.heard import UNKNOWN_CONFIDENCE, Heard, Passage
from ingestion.speech.servers.names import language_code
from ingestion.speech.servers.placing import placed, settled, spelled
from ingestion.speech.servers.transcriber import stretches
from ingestion.speech.windows import Window

WHOLE = Window((Span(100.0, 110.0),))
PARTS = Window((Span(100.0, 104.0), Span(120.0, 126.0)))
"""Ten seconds of sound, with silence left out in between."""


def times(heard: Heard, window: Window = WHOLE, language: str | None = None) -> list[tuple[float, float, str]]:
    return [(round(one.start, 2), round(one.end, 2), one.text) for one in placed(heard, window, language)]


def test_without_times_sentences_share_the_stretch_by_how_long_they_take_to_say() -> None:
    assert times(Heard("一二三四。五六。")) == [(100.0, 106.67, "一二三四。"), (106.67, 110.0, "五六。")]
    (one,) = placed(Heard("一二三四"), WHOLE, None)
    assert (one.words, one.confidence, one.language) == ((), UNKNOWN_CONFIDENCE, "zh")


def test_an_estimated_sentence_begins_and_ends_where_somebody_speaks() -> None:
    assert times(Heard("一二三四。五六七八九十。"), PARTS) == [
        (100.0, 104.0, "一二三四。"),
        (120.0, 126.0, "五六七八九十。"),
    ]
    assert times(Heard("一二三四五六七八九十"), PARTS) == [(100.0, 126.0, "一二三四五六七八九十")]


def test_english_and_numbers_are_cut_at_sentences_alone() -> None:
    text = "We ship version 3.5 at 9 a.m. on Monday. Fine, said Mr. smith."
    assert [text for _, _, text in times(Heard(text))] == [
        "We ship version 3.5 at 9 a.m. on Monday.",
        "Fine, said Mr. smith.",
    ]


def test_times_of_a_server_are_taken_in_the_recordings_time() -> None:
    heard = Heard("好的。开始吧。", passages=(Passage("好的。", 0.5, 2.0, 0.9), Passage("开始吧。", 4.5, 9.0, 0.7)))
    assert times(heard, PARTS) == [(100.5, 102.0, "好的。"), (120.5, 125.0, "开始吧。")]
    assert [one.confidence for one in placed(heard, PARTS, None)] == pytest.approx([0.9, 0.7])


@pytest.mark.parametrize(
    "wrong",
    [
        [(0.0, 4.0), (9.0, 12.0)],
        [(5.0, 6.0), (1.0, 2.0)],
        [(3.0, 1.0), (4.0, 5.0)],
        [(-2.0, 1.0), (4.0, 5.0)],
        [(0.0, 0.0), (0.0, 0.0)],
        [(0.0, float("nan")), (1.0, 2.0)],
    ],
    ids=["beyond the sound", "out of order", "backwards", "before it", "all at once", "no number"],
)
def test_times_that_cannot_be_are_dropped(wrong: list[tuple[float, float]]) -> None:
    passages = tuple(Passage(text, *span) for text, span in zip(("一二三四。", "五六。"), wrong, strict=True))
    assert times(Heard("一二三四。五六。", passages=passages)) == [
        (100.0, 106.67, "一二三四。"),
        (106.67, 110.0, "五六。"),
    ]


def test_words_that_are_timed_are_kept_with_the_texts_own_spaces_and_marks() -> None:
    words = tuple(Word(text, at, at + 0.8, 0.9) for at, text in enumerate(("Hello", "world", "All", "good")))
    one, other = placed(
        Heard("Hello, world. All good!", passages=(Passage("Hello, world. All good!", 0, 4, None, None, words),)),
        WHOLE,
        "en",
    )
    assert [word.text for word in (*one.words, *other.words)] == ["Hello,", " world.", " All", " good!"]
    assert (one.start, one.end, other.text) == (100.0, 101.8, "All good!")


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("你好，世界。", ["你", "好", "世", "界"], ["你", "好，", "世", "界。"]),
        ("他说“好”。走！", ["他", "说", "好", "走"], ["他", "说", "“好”。", "走！"]),
        ("a (b) c", ["a", "b", "c"], ["a", " (b)", " c"]),
        (" Hi there", [" Hi", " there"], [" Hi", " there"]),
        ("one two", ["one"], None),
        ("one two", ["one", "three"], None),
        ("one two", ["two", "one"], None),
        ("one", ["one", ""], None),
        ("one", [], None),
    ],
)
def test_words_spell_the_text_or_are_not_taken(text: str, words: list[str], found: list[str] | None) -> None:
    got = spelled(text, [Word(one, 0.0, 1.0, 0.5) for one in words])
    assert (None if got is None else [one.text for one in got]) == found


def test_word_times_that_cannot_be_leave_the_passage_its_own() -> None:
    words = (Word("一", 3.0, 4.0, 0.9), Word("二", 1.0, 2.0, 0.9))
    (one,) = placed(Heard("一二", passages=(Passage("一二", 2.0, 5.0, None, None, words),)), WHOLE, None)
    assert (one.start, one.end, one.words) == (102.0, 105.0, ())


def test_stretches_do_not_reach_across_a_long_silence() -> None:
    speech = [Span(0.0, 5.0), Span(6.0, 10.0), Span(20.0, 25.0), Span(25.5, 50.0)]
    found = stretches(speech, 60.0)
    assert [(one.parts[0].start, one.parts[-1].end) for one in found] == [(0.0, 10.2), (19.8, 25.2), (25.3, 50.2)]


def test_nothing_said_is_no_segment() -> None:
    assert placed(Heard(""), WHOLE, "zh") == []


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("zh", "zh"),
        ("zh-CN", "zh"),
        ("Chinese", "zh"),
        ("yue", "zh"),
        ("english", "en"),
        ("Klingon", None),
        (None, None),
    ],
)
def test_languages_by_name(name: str | None, code: str | None) -> None:
    assert language_code(name) == code


def test_the_language_is_the_one_told_then_the_servers_then_the_scripts() -> None:
    assert placed(Heard("hola", "Spanish"), WHOLE, "en")[0].language == "en"
    assert placed(Heard("hola", "Spanish"), WHOLE, None)[0].language == "es"
    assert placed(Heard("网关"), WHOLE, None)[0].language == "zh"
    numbers = placed(Heard("15%"), WHOLE, None)
    assert [one.language for one in settled([*numbers, *placed(Heard("网关"), WHOLE, None)])] == ["zh", "zh"]
    assert [one.language for one in settled(numbers)] == ["en"]
    mixed = Heard("好 ok", "zh", (Passage("好", 0, 1), Passage("ok", 2, 3, None, "en")))
    assert [one.language for one in placed(mixed, WHOLE, None)] == ["zh", "en"]
