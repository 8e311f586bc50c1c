"""Names that deserve a listen."""

from __future__ import annotations

import pytest

from ingestion.domain import GlossaryEntry, Word
from ingestion.review.domain import FlagReason, ReviewLine
from ingestion.review.flags import flags
from ingestion.review.names import name_flags, names_of

ENTRIES = [
    GlossaryEntry("恩沛通", (), "company"),
    GlossaryEntry("Kestovia", (), "company"),
    GlossaryEntry("高兴", (), "person"),
    GlossaryEntry("灰度", (), "term"),
]
NAMES = names_of(ENTRIES, ["Tess Lindqvist", "逯鸣"])


def heard(text: str, probability: float, raw: str | None = None) -> ReviewLine:
    said = raw or text
    pieces = said.split(" ") if said.isascii() else list(said)
    words = tuple(
        Word(f" {piece}" if said.isascii() else piece, at, at + 1.0, probability) for at, piece in enumerate(pieces)
    )
    return ReviewLine(3, None, text, said, 0.0, float(len(words)), words)


def test_names_to_look_for() -> None:
    assert NAMES == ["恩沛通", "Kestovia", "高兴", "Tess Lindqvist", "逯鸣", "Tess", "Lindqvist"]


def test_a_name_heard_with_doubt() -> None:
    (flag,) = name_flags([heard("找恩沛通谈", 0.2)], NAMES)
    assert (flag.line, flag.text, flag.why, flag.start, flag.end) == (3, "恩沛通", FlagReason.UNCLEAR, 1.0, 4.0)
    assert flag.probability == pytest.approx(0.2)
    assert name_flags([heard("找恩沛通谈", 0.5)], NAMES) == []


def test_the_words_of_a_corrected_name_are_found() -> None:
    (flag,) = name_flags([heard("那么恩沛通的证书", 0.2, raw="那么恩配同的证书")], NAMES)
    assert (flag.text, flag.start, flag.end) == ("恩沛通", 2.0, 5.0)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("跟恩配东那边说", None),
        ("让逯民去看", "逯鸣"),
        ("跟恩沛同那边", "恩沛通"),
        ("we asked Kestrovia", "Kestovia"),
    ],
)
def test_what_is_near_a_name(text: str, name: str | None) -> None:
    found = [(flag.why, flag.other) for flag in name_flags([heard(text, 0.5)], NAMES)]
    assert found == ([(FlagReason.NEAR_NAME, name)] if name else [])
    assert name_flags([heard(text, 0.9)], NAMES) == []


@pytest.mark.parametrize("text", ["今天很高兴", "灰度开关", "the test is fine", "Then we go", "沛县通车"])
def test_ordinary_words_are_left_alone(text: str) -> None:
    assert name_flags([heard(text, 0.5)], NAMES) == []


def test_a_word_written_like_a_name_in_doubt() -> None:
    assert [flag.text for flag in name_flags([heard("就直接Roba不用", 0.2)], NAMES)] == ["Roba"]
    assert name_flags([heard("Hamed said so. Right", 0.2)], NAMES) == []


def test_without_words_or_settled_nothing_is_flagged() -> None:
    assert name_flags([ReviewLine(0, None, "找恩沛同谈", "找恩沛同谈")], NAMES) == []
    settled = heard("找恩沛通谈", 0.1)
    assert (
        name_flags([ReviewLine(0, None, settled.text, settled.raw_text, words=settled.words, settled=True)], NAMES)
        == []
    )


def test_a_speaker_who_is_a_guess_is_flagged_until_somebody_says_who_it_is() -> None:
    lines = [ReviewLine(0, "Jon", "Fine.", "Fine.", 1.0, 2.0, sure=False), ReviewLine(1, "Jon", "Yes.", "Yes.")]
    (flag,) = flags(lines, [])
    assert (flag.line, flag.kind, flag.text, flag.start, flag.end) == (0, "speaker", "Jon", 1.0, 2.0)
