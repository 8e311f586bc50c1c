"""Bootstrap intervals by meeting."""

from __future__ import annotations

import random

import pytest

from ingestion.evaluation.intervals import FEWEST_GROUPS, Grouped, bootstrap, figures, ratio


def sample(groups: int, per_group: int = 5, share: float = 0.6) -> list[Grouped]:
    draw = random.Random(7)
    return [Grouped(str(g), float(draw.random() < share)) for g in range(groups) for _ in range(per_group)]


@pytest.mark.parametrize("groups", [FEWEST_GROUPS, 20, 80])
@pytest.mark.parametrize("by", ["meeting", "question"])
def test_an_interval_contains_the_mean(groups: int, by: str) -> None:
    values = sample(groups)
    low, high = bootstrap(values, "meeting" if by == "meeting" else "question")
    assert 0 <= low < ratio(values) < high <= 1


def test_more_meetings_make_a_narrower_interval() -> None:
    widths = [high - low for low, high in (bootstrap(sample(groups), "meeting") for groups in (10, 40, 160))]
    assert widths == sorted(widths, reverse=True)
    assert widths[2] < widths[0] / 2


def test_meetings_that_stand_or_fall_together_widen_the_interval() -> None:
    together = [Grouped(str(g), float(g % 2)) for g in range(10) for _ in range(20)]
    by_meeting, by_question = bootstrap(together, "meeting"), bootstrap(together, "question")
    assert by_meeting[1] - by_meeting[0] > 3 * (by_question[1] - by_question[0])


def test_the_same_values_have_the_same_interval() -> None:
    assert bootstrap(sample(12), "meeting") == bootstrap(sample(12), "meeting")


def test_a_rate_weighs_its_groups_by_their_words() -> None:
    long_and_good = [Grouped("a", 0, 1000), Grouped("b", 10, 10)]
    assert ratio(long_and_good) == pytest.approx(10 / 1010)
    assert bootstrap(long_and_good, "meeting") == (0, 1)


def test_a_recording_without_words_is_no_division_by_zero() -> None:
    low, high = bootstrap([Grouped("silent", 0, 0), Grouped("spoken", 3, 10)], "meeting")
    assert (low, high) == pytest.approx((0.3, 0.3))


def test_the_interval_is_that_of_the_normal_limit_for_many_independent_values() -> None:
    values = [Grouped(str(i), float(i % 2)) for i in range(400)]
    assert bootstrap(values, "meeting") == pytest.approx((0.5 - 1.96 * 0.025, 0.5 + 1.96 * 0.025), abs=0.006)


def test_a_block_names_figures_intervals_and_what_was_drawn() -> None:
    block = figures({"hit": sample(FEWEST_GROUPS), "none": []})
    assert list(block) == ["hit", "hit_ci", "none", "none_ci", "ci_by"]
    assert block["ci_by"] == "meeting"
    assert block["none"] is block["none_ci"] is None
    assert block["hit_ci"][0] < block["hit"] < block["hit_ci"][1]


def test_with_few_meetings_questions_are_drawn_and_the_block_says_so() -> None:
    assert figures({"hit": sample(FEWEST_GROUPS - 1), "more": sample(FEWEST_GROUPS)})["ci_by"] == "question"


def test_values_that_are_each_their_own_group_ask_for_no_more_groups() -> None:
    alone = [Grouped(str(i), float(i)) for i in range(3)]
    assert figures({"hit": sample(FEWEST_GROUPS), "unanswerable": alone})["ci_by"] == "meeting"
    assert figures({"unanswerable": alone})["ci_by"] == "question"
