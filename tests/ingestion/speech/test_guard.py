from __future__ import annotations

import pytest

from ingestion.domain import Span, SpokenSegment, Word
from ingestion.speech.decoding import STYLE_PROMPTS
from ingestion.speech.guard import guard, speech_share, units

TALK = [Span(0.0, 60.0)]


def said(text: str, start: float = 10.0, end: float = 13.0, confidence: float = 0.9) -> SpokenSegment:
    return SpokenSegment(start, end, text, "zh", confidence)


def around(segment: SpokenSegment) -> list[SpokenSegment]:
    """The segment in the middle of fluent talk."""
    return [
        said("那我们先看一下上周的进度。", segment.start - 3.2, segment.start - 0.2),
        segment,
        said("好，下一个议题。", segment.end + 0.2, segment.end + 2.2),
    ]


CREDITS = [
    "请不吝点赞 订阅 转发 打赏支持明镜与点点栏目",
    "字幕由志愿者提供",
    "谢谢观看",
    "感謝您的觀看",
    "Thanks for watching!",
    "Subtitles by the Amara.org community",
]


@pytest.mark.parametrize("text", CREDITS)
def test_credits_go_when_nobody_speaks(text):
    kept, dropped = guard([said(text, 100, 103, 0.95)], TALK)
    assert kept == []
    assert dropped[0].reason == "outside speech"


@pytest.mark.parametrize("text", CREDITS)
def test_credits_go_when_badly_heard_or_alone(text):
    for segments in (around(said(text, confidence=0.4)), [said(text, confidence=0.75)]):
        _, dropped = guard(segments, TALK)
        assert [item.segment.text for item in dropped] == [text]
        assert "credit" in dropped[0].reason


@pytest.mark.parametrize(
    "text",
    [
        *CREDITS,
        "谢谢大家",
        "谢谢观看我们的演示，下面是提问。",
        "这个视频要加字幕，字幕由设计组提供，周五前给。",
        "我们要让用户订阅，再转发给朋友。",
        "I'll write the captions by Tuesday.",
    ],
)
def test_what_is_said_clearly_among_talk_stays(text):
    segments = around(said(text, confidence=0.9))
    assert guard(segments, TALK) == (segments, [])


@pytest.mark.parametrize("text", ["谢谢大家", "谢谢大家，辛苦了。", "I'll write the captions by Tuesday the 10th."])
def test_ordinary_lines_stay_though_doubtful_and_alone(text):
    segments = [said(text, confidence=0.5)]
    assert guard(segments, TALK) == (segments, [])


def test_sign_offs_go_on_silence_and_stay_in_speech():
    speech = [Span(0.0, 10.5)]
    assert guard([said("谢谢", 10, 13, 0.4)], speech)[0] == []
    assert guard([said("谢谢", 9, 10.4, 0.4)], speech)[1] == []


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("我们开始吧" + "好的谢谢" * 8, "我们开始吧好的谢谢"),
        ("and then " + "we go to the " * 6 + "end", "and then we go to the end"),
    ],
)
def test_a_loop_in_a_line_is_said_once(text, left):
    kept, dropped = guard([said(text, 0, 20)], TALK)
    assert dropped == []
    assert kept[0].text.strip() == left


@pytest.mark.parametrize("text", ["请" * 12, "go " * 9, "谢谢你" * 7])
def test_a_line_that_is_only_a_loop_goes(text):
    assert [item.reason for item in guard([said(text, 0, 20)], TALK)[1]] == ["a loop"]


@pytest.mark.parametrize(
    "text",
    [
        "对对对对对",
        "No, no, no, no, no.",
        "哈哈哈哈哈哈",
        "等等，等等，等等。",
        "编号是 0000000001",
        "我们看看看看看。",
    ],
)
def test_how_people_repeat_themselves_stays(text):
    segments = [said(text)]
    assert guard(segments, TALK) == (segments, [])


def test_words_follow_a_shortened_text():
    spelled = ["我", "们", "说", *(["好", "的"] * 6), "吧"]
    words = tuple(Word(text, i * 0.2, i * 0.2 + 0.2, 0.9) for i, text in enumerate(spelled))
    segment = SpokenSegment(0.0, 3.2, "".join(spelled), "zh", 0.9, words)
    kept, _ = guard([segment], TALK)
    assert kept[0].text == "我们说好的吧"
    assert "".join(word.text for word in kept[0].words) == "我们说好的吧"


def test_a_long_line_again_and_again_is_kept_once():
    segments = [said("这个我们下次再讨论一下。", i * 3.0, i * 3.0 + 2.5) for i in range(5)]
    kept, dropped = guard(segments, TALK)
    assert kept == segments[:1]
    assert {item.reason for item in dropped} == {"repeated"}


@pytest.mark.parametrize("text", ["好的。", "谢谢大家。", "Okay."])
def test_courtesies_in_turn_stay(text):
    segments = [said(text, i * 2.0, i * 2.0 + 1.0) for i in range(6)]
    assert guard(segments, TALK) == (segments, [])


def test_impossible_rates_go_and_fast_talk_stays():
    fast = said("这个事情我们今天就先定下来吧大家没意见", 0, 2.0, 0.7)
    impossible = said("这个事情我们今天就先定下来吧大家没意见", 5, 5.4, 0.7)
    kept, dropped = guard([fast, impossible], TALK)
    assert kept == [fast]
    assert dropped[0].reason == "faster than anyone speaks"


def test_marks_without_words_go():
    assert guard([said("……")], TALK)[1][0].reason == "no words"


def test_speech_share_counts_every_stretch():
    speech = [Span(0, 5), Span(6, 7), Span(9, 20)]
    assert speech_share(said("x", 4, 10), speech) == pytest.approx(3 / 6)
    assert speech_share(said("x", 30, 31), speech) == 0
    assert speech_share(said("x", 30, 31), []) == 0


def test_units_count_characters_and_words():
    assert units("把 p95 延迟降到 400 ms 以内") == 10


@pytest.mark.parametrize("prompt", STYLE_PROMPTS.values())
def test_the_recognisers_prompt_goes_when_badly_heard(prompt: str):
    _, dropped = guard(around(said(prompt, confidence=0.13)), TALK)
    assert [(one.segment.text, one.reason) for one in dropped] == [(prompt, "the recogniser's own prompt")]
    assert guard(around(said(prompt)), TALK)[1] == [], "said clearly it stays"
