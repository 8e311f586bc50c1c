"""The yardstick of waiting: equal shares at every moment."""

from __future__ import annotations

import pytest

from benchmarks.fair_shares import Asked, first_come, services, shared


def test_alike_users_end_together_and_one_alone_has_everything():
    calls = [Asked("a", 0, 1), Asked("b", 0, 2)]
    assert shared(calls, [1, 1]) == [2, 2]
    assert shared([Asked("a", 5, 7)], [2]) == [2]


def test_who_asks_much_gets_no_more_at_a_time():
    calls = [Asked("greedy", 0, 0), Asked("greedy", 0, 0), Asked("greedy", 0, 0), Asked("modest", 0, 0)]
    assert shared(calls, [1, 1, 1, 1]) == [2, 3, 4, 2]
    assert first_come(calls, [1, 1, 1, 1]) == [1, 2, 3, 4]


def test_who_comes_later_shares_what_is_left():
    calls = [Asked("a", 0, 0), Asked("b", 1, 0), Asked("c", 9, 0)]
    assert shared(calls, [2, 2, 1]) == pytest.approx([3, 3, 1])
    assert first_come(calls, [2, 2, 1]) == [2, 3, 1]


def test_the_work_for_a_call_begins_when_the_one_before_has_ended():
    assert services([Asked("b", 0, 5), Asked("a", 0, 2), Asked("c", 7, 8)]) == [3, 2, 1]
