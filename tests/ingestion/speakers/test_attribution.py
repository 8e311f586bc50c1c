"""Which speaker is given which words."""

from __future__ import annotations

import pytest

from ingestion.domain import SpokenSegment, Word
from ingestion.speakers.attribution import Attributed, attribute
from ingestion.speakers.domain import SpeakerTurn

Spoken = tuple[str, float, float]


def segment(*words: Spoken) -> SpokenSegment:
    """A segment of English words, each written with a blank before it as recognisers do."""
    made = tuple(Word(f" {text}", start, end, 0.5 + 0.1 * index) for index, (text, start, end) in enumerate(words))
    text = "".join(word.text for word in made).strip()
    return SpokenSegment(made[0].start, made[-1].end, text, "en", 0.7, made)


def every_second(*texts: str, start: float = 0.0) -> SpokenSegment:
    return segment(*((text, start + index, start + index + 0.9) for index, text in enumerate(texts)))


def given(found: list[Attributed]) -> list[tuple[int | None, str]]:
    return [(one.speaker, one.segment.text) for one in found]


def test_a_segment_is_cut_where_the_speaker_changes() -> None:
    turns = [SpeakerTurn(1, 0.0, 2.0), SpeakerTurn(2, 2.0, 4.0), SpeakerTurn(1, 4.0, 6.0)]
    found = attribute([every_second("we", "ship", "on", "Friday", "not", "Monday")], turns)
    assert given(found) == [(1, "we ship"), (2, "on Friday"), (1, "not Monday")]
    parts = [one.segment for one in found]
    assert [(part.start, part.end) for part in parts] == [(0.0, 1.9), (2.0, 3.9), (4.0, 5.9)]
    assert [part.confidence for part in parts] == pytest.approx([0.55, 0.75, 0.95])
    assert [len(part.words) for part in parts] == [2, 2, 2]
    assert {part.language for part in parts} == {"en"}
    assert all(one.sure for one in found)


def test_a_segment_of_one_speaker_stays_as_it_is() -> None:
    whole = every_second("nothing", "changes", "here")
    assert attribute([whole], [SpeakerTurn(4, 0.0, 3.0)]) == [Attributed(whole, 4, True)]


@pytest.mark.parametrize("at", [0, 2, 4])
def test_a_change_that_only_passes_is_a_slip(at: int) -> None:
    words = [(f"w{index}", index * 0.5, index * 0.5 + (0.15 if index == at else 0.45)) for index in range(5)]
    begins = at * 0.5
    turns = [
        SpeakerTurn(1, 0.0, begins),
        SpeakerTurn(2, begins, begins + 0.15),
        SpeakerTurn(1, begins + 0.15, 3.0),
    ]
    found = attribute([segment(*words)], [turn for turn in turns if turn.end > turn.start])
    assert given(found) == [(1, "w0 w1 w2 w3 w4")]


def test_a_short_answer_in_a_segment_of_its_own_is_no_slip() -> None:
    turns = [SpeakerTurn(1, 0.0, 3.0), SpeakerTurn(2, 3.0, 3.3), SpeakerTurn(1, 3.4, 6.0)]
    segments = [every_second("is", "it", "done"), segment(("Yes", 3.0, 3.3)), every_second("good", "then", start=3.5)]
    assert given(attribute(segments, turns)) == [(1, "is it done"), (2, "Yes"), (1, "good then")]


def test_words_in_no_turn_belong_to_the_nearest_one_if_it_is_near() -> None:
    turns = [SpeakerTurn(1, 0.0, 2.0), SpeakerTurn(2, 20.0, 22.0)]
    (near,) = attribute([segment(("right", 2.05, 2.25))], turns)
    assert (near.speaker, near.sure) == (1, False)
    (before,) = attribute([segment(("well", 19.75, 19.95))], turns)
    assert before.speaker == 2
    (far,) = attribute([every_second("far", "from", "everybody", start=8.0)], turns)
    assert (far.speaker, far.segment.text) == (None, "far from everybody")


def test_words_far_from_every_turn_are_cut_off() -> None:
    found = attribute([every_second("here", "and", "who", "says", "this")], [SpeakerTurn(1, 0.0, 2.0)])
    assert given(found)[0][0] == 1
    assert given(found)[-1][0] is None


def test_overlap_is_not_sure() -> None:
    turns = [SpeakerTurn(1, 0.0, 6.0), SpeakerTurn(2, 0.0, 2.5), SpeakerTurn(3, 30.0, 31.0)]
    together, alone = every_second("both", "at", "once"), every_second("only", "one", start=4.0)
    found = attribute([together, alone], turns)
    assert [(one.speaker, one.sure) for one in found] == [(1, False), (1, True)]


def test_a_segment_without_words_is_given_whole_to_who_speaks_longest() -> None:
    turns = [SpeakerTurn(1, 0.0, 1.0), SpeakerTurn(2, 1.0, 5.0), SpeakerTurn(1, 5.0, 9.0)]
    wordless = SpokenSegment(0.0, 5.0, "整句话没有逐词时间", "zh", 0.8)
    lone = SpokenSegment(40.0, 45.0, "没有人", "zh", 0.8)
    assert attribute([wordless, lone], turns) == [Attributed(wordless, 2, True), Attributed(lone, None, True)]


def test_several_turns_of_one_speaker_count_together() -> None:
    turns = [SpeakerTurn(1, 0.0, 1.5), SpeakerTurn(2, 1.5, 3.5), SpeakerTurn(1, 3.5, 5.0)]
    (found,) = attribute([SpokenSegment(0.0, 5.0, "back and forth", "en", 0.8)], turns)
    assert (found.speaker, found.sure) == (1, False)


def test_a_turn_that_began_long_before_is_found() -> None:
    turns = [SpeakerTurn(1, 0.0, 600.0), *(SpeakerTurn(2, 10.0 * n, 10.0 * n + 1) for n in range(1, 50))]
    assert given(attribute([every_second("still", "me", start=595.0)], turns)) == [(1, "still me")]


def test_without_turns_nothing_changes() -> None:
    segments = [every_second("as", "it", "was"), SpokenSegment(5.0, 6.0, "没有词", "zh", 0.8)]
    assert attribute(segments, []) == [Attributed(one, None, True) for one in segments]


def test_a_word_without_length_is_given_a_speaker() -> None:
    (found,) = attribute([segment(("uh", 1.0, 1.0))], [SpeakerTurn(1, 0.0, 2.0)])
    assert found.speaker == 1


def test_no_word_is_lost_and_none_comes_twice() -> None:
    turns = [SpeakerTurn(n % 3 + 1, n * 0.7, n * 0.7 + 1.1) for n in range(40)]
    whole = every_second(*(f"w{n}" for n in range(27)))
    found = attribute([whole], turns)
    assert [word for one in found for word in one.segment.words] == list(whole.words)
    assert " ".join(one.segment.text for one in found) == whole.text
