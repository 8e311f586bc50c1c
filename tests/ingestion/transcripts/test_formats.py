"""What each format's small parser makes of its text."""

from datetime import date

import pytest

from ingestion.domain import Transcript
from ingestion.transcripts.dialogue import parse_dialogue
from ingestion.transcripts.minutes import parse_minutes
from ingestion.transcripts.records import parse_json, parse_jsonl
from ingestion.transcripts.srt import parse_srt
from ingestion.transcripts.vtt import parse_vtt


def rows(transcript: Transcript | None) -> list[tuple[str | None, float | None, float | None, str]]:
    assert transcript is not None
    return [(line.speaker, line.start, line.end, line.text) for line in transcript.lines]


def test_vtt_voices_tags_entities_and_comments() -> None:
    found = parse_vtt(
        """WEBVTT - Weekly sync
Kind: captions
Language: en-US

STYLE
::cue { color: red }

NOTE this is
two lines

REGION
id:fred

intro
00:01.000 --> 00:02.500 align:start position:0%
<v.loud Ana María>Q&amp;A is <i>open</i>, x <b>now</b>, 3 < 4 <maybe></v>

00:00:02.500 --> 00:00:04.000
<v Bo>One
<c.yellow>two</c> <00:00:03.000>three
"""
    )
    assert found.title == "Weekly sync"
    assert found.language == "en"
    assert rows(found) == [
        ("Ana María", 1.0, 2.5, "Q&A is open, x now, 3 < 4 <maybe>"),
        ("Bo", 2.5, 4.0, "One two three"),
    ]


def test_vtt_two_voices_in_a_cue_are_two_lines_and_an_empty_cue_keeps_its_place() -> None:
    found = parse_vtt(
        "WEBVTT\n\n00:01.000 --> 00:02.000\n<v A>yes</v><v B>no</v>\n\n00:03.000 --> 00:04.000\n\n"
        "00:05.000 --> 00:06.000\nend\n"
    )
    assert rows(found) == [("A", 1, 2, "yes"), ("B", 1, 2, "no"), (None, 3, 4, ""), (None, 5, 6, "end")]


def test_vtt_continuation_cues_stay_separate_and_keep_the_speaker() -> None:
    found = parse_vtt(
        "WEBVTT\n\nab-1/7-0\n00:01.000 --> 00:02.000\n<v 沈岚>我们先</v>\n\n"
        "ab-1/7-1\n00:02.000 --> 00:03.000\n看数据。\n\nab-1/8-0\n00:03.000 --> 00:04.000\n好。\n"
    )
    assert rows(found) == [("沈岚", 1, 2, "我们先"), ("沈岚", 2, 3, "看数据。"), (None, 3, 4, "好。")]


def test_vtt_names_as_text_carry_over_in_mid_sentence_only() -> None:
    found = parse_vtt(
        "WEBVTT\n\n1\n00:01.000 --> 00:02.000\nAna: we should\n\n2\n00:02.000 --> 00:03.000\nwait.\n\n"
        "3\n00:03.000 --> 00:04.000\nWho said this?\n\n4\n00:04.000 --> 00:05.000\nAna: me.\n"
    )
    assert [line.speaker for line in found.lines] == ["Ana", "Ana", None, "Ana"]


def test_vtt_without_blank_lines_and_with_a_cue_named_note() -> None:
    found = parse_vtt("WEBVTT\n\nNOTE 1\n00:01.000 --> 00:02.000\nfirst\n00:02.000 --> 00:03.000\nsecond\n")
    assert [line.text for line in found.lines] == ["first", "second"]


def test_srt_names_tags_blank_lines_and_numbers_inside() -> None:
    found = parse_srt(
        "1\n00:00:00,600 --> 00:00:02,000\n沈岚：好，<i>开始</i>。\n\n那个\n\n"
        "2\n00:00:02,000 --> 00:00:03,000\n{\\an8}逯鸣: 10:30 见 http://x.y\n\n"
        "3\n00:00:03,000 --> 00:00:04,000\n沈岚: 42\n"
    )
    assert rows(found) == [
        ("沈岚", 0.6, 2, "好，开始。那个"),
        ("逯鸣", 2, 3, "10:30 见 http://x.y"),
        ("沈岚", 3, 4, "42"),
    ]


def test_a_heading_is_not_a_speaker() -> None:
    text = "1\n00:00:01,000 --> 00:00:02,000\n{}\n\n"
    found = parse_srt("".join(text.format(said) for said in ["Well.", "Remember: no news.", "Fine.", "Note: x."]))
    assert [line.speaker for line in found.lines] == [None] * 4
    assert found.lines[1].text == "Remember: no news."


@pytest.mark.parametrize(
    "text",
    [
        "沈岚 00:01:23\n好的。\n开始吧\n\nLeo陈 00:01:30\n行\n",
        "沈岚(00:01:23): 好的。开始吧\nLeo陈（00:01:30）：行\n",
        "[00:01:23] 沈岚: 好的。\n开始吧\n[00:01:30] Leo陈: 行\n",
        "00:01:23 沈岚\n好的。开始吧\n\n00:01:30 Leo陈\n行\n",
        "00:01:23 - 00:01:29 沈岚：好的。开始吧\n00:01:30 Leo陈：行\n",
        "沈岚 01:23\n好的。开始吧\nLeo陈 01:30\n行\n",
    ],
)
def test_minutes_styles(text: str) -> None:
    assert rows(parse_minutes(text)) == [("沈岚", 83, 90, "好的。开始吧"), ("Leo陈", 90, None, "行")]


def test_minutes_header_and_spoken_times() -> None:
    found = parse_minutes(
        "支付周会\n2026年3月2日 下午 2:00 | 1小时 2分钟\n关键词:\n证书、回滚\n智能章节\n00:00 开场\n\n文字记录\n\n"
        "沈岚 00:00:00\n改到\n我们下午 10:30\n\n逯鸣 00:00:05\n好\n\n"
    )
    assert found is not None
    assert (found.title, found.date) == ("支付周会", date(2026, 3, 2))
    assert rows(found) == [("沈岚", 0, 5, "改到我们下午 10:30"), ("逯鸣", 5, None, "好")]


def test_minutes_lines_in_the_same_second_end_at_the_next_later_one() -> None:
    found = parse_minutes("A 00:00:01\nx\n\nB 00:00:01\ny\n\nC 00:00:04\nz\n")
    assert [(start, end) for _, start, end, _ in rows(found)] == [(1, 4), (1, 4), (4, None)]


def test_minutes_time_without_a_name() -> None:
    assert rows(parse_minutes("[00:01] 大家好\n[00:03] 开始\n"))[0] == (None, 1, 3, "大家好")


def test_dialogue_joins_lines_without_a_name_and_reads_the_header() -> None:
    found = parse_dialogue("Planning\nMarch 2, 2026\n\nAna María: hello\nand more\nBo: http://x.y: ok\n")
    assert found is not None
    assert (found.title, found.date) == ("Planning", date(2026, 3, 2))
    assert rows(found) == [("Ana María", None, None, "hello and more"), ("Bo", None, None, "http://x.y: ok")]


def test_prose_is_no_dialogue() -> None:
    assert parse_dialogue("This is a readme.\nNote: it says nothing.\nIt goes on.\n") is None


def test_own_export_keeps_empty_lines_in_place() -> None:
    found = parse_json(
        '{"title":"T","date":"2026-03-02T10:00:00+08:00","language":"zh","utterances":['
        '{"i":0,"speaker":"沈岚","text":"好","start":0.6,"end":9.95},{"i":1,"speaker":null,"text":"","start":null,"end":null}]}'
    )
    assert (found.title, found.date, found.language) == ("T", date(2026, 3, 2), "zh")
    assert rows(found) == [("沈岚", 0.6, 9.95, "好"), (None, None, None, "")]


def test_whisper_json_with_speakers_or_as_a_bare_list() -> None:
    segments = (
        '[{"id":0,"start":0.0,"end":2.0,"text":" Hello.","speaker":"SPEAKER_00"},{"start":2,"end":3,"text":"Hi"}]'
    )
    found = parse_json('{"text":" Hello. Hi","segments":' + segments + ',"language":"english"}')
    assert found.language == "en"
    assert rows(found) == [("SPEAKER_00", 0, 2, "Hello."), (None, 2, 3, "Hi")]
    assert rows(parse_json(segments)) == rows(found)


def test_jsonl_gives_many_with_their_projects() -> None:
    line = '{{"id":"m{0}","project":"P","utterances":[{{"text":"x{0}"}}]}}\n'
    found = parse_jsonl(line.format(1) + "\n" + line.format(2))
    assert [(t.id, t.project, t.lines[0].text) for t in found] == [("m1", "P", "x1"), ("m2", "P", "x2")]


def test_broken_times_are_repaired_with_one_warning_for_each_kind() -> None:
    found = parse_srt(
        "1\n00:00:05,000 --> 00:00:04,000\na\n\n2\n00:00:06,000 --> 00:00:07,000\nb\n\n"
        "3\n00:00:xx,000 --> 00:00:08,000\nc\n\n4\n--> \nd\n\n5\n00:00:01,000 --> 00:00:02,000\ne\n\n"
        "6\n00:99:99,000 --> 99999:00:00,000\nf\n\n7\n00:00:09,000 --> nonsense\ng\n"
    )
    assert rows(found) == [
        (None, 5, 6, "a"),
        (None, 6, 7, "b"),
        (None, None, None, "c"),
        (None, None, None, "d"),
        (None, 1, 2, "e"),
        (None, None, None, "f"),
        (None, 9, None, "g"),
    ]
    assert sorted(warning.split()[0] for warning in found.warnings) == ["1", "1", "3", "4"]
    assert len(set(found.warnings)) == 4


def test_json_times_of_any_type_never_crash() -> None:
    found = parse_json(
        '{"utterances":[{"text":"a","start":NaN,"end":1},{"text":"b","start":-1,"end":"x"},{"text":"c","start":"00:01:02",'
        '"end":true},{"text":"d","start":1e400,"end":[]},{"text":"e","start":"3.5","end":4},{"text":7}]}'
    )
    assert [(line.start, line.end) for line in found.lines] == [
        (None, None),
        (None, None),
        (62, None),
        (None, None),
        (3.5, 4),
        (None, None),
    ]
    assert found.lines[5].text == ""
    assert any(warning.startswith("4 lines had a time that cannot be read") for warning in found.warnings)
