from __future__ import annotations

import pytest

from agents.llm.servers.breaker import Breaker, Health
from ingestion.errors import ModelFailedError


class Time:
    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def breaker(time) -> Breaker:
    return Breaker("the server", failures=2, seconds=10, now=time, jitter=lambda low, high: high)


def opened(breaker: Breaker) -> Breaker:
    breaker.failed("it broke")
    breaker.failed("it broke again")
    return breaker


def test_opens_after_failures_in_a_row(breaker):
    breaker.failed("it broke")
    breaker.worked()
    breaker.failed("it broke")
    assert not breaker.health.open
    assert breaker.admit() is False
    breaker.failed("it broke again")
    assert breaker.health == Health(True, 12.5, "it broke again")
    with pytest.raises(ModelFailedError, match=r"for another 12 s: it failed 2 times in a row; it broke again"):
        breaker.admit()


def test_one_call_tries_when_the_time_is_over(breaker, time):
    opened(breaker)
    time.now += 12.5
    assert not breaker.health.open
    assert breaker.admit() is True
    assert breaker.health.open
    with pytest.raises(ModelFailedError, match="until the call that tries it again"):
        breaker.admit()


def test_the_trial_closes_or_opens_it(breaker, time):
    opened(breaker)
    time.now += 12.5
    breaker.admit()
    breaker.failed("still")
    assert breaker.health == Health(True, 12.5, "still")
    time.now += 12.5
    breaker.admit()
    breaker.worked()
    assert breaker.health == Health(False)
    breaker.failed("once")
    assert not breaker.health.open


def test_a_trial_without_a_verdict_makes_room_for_the_next(breaker, time):
    opened(breaker)
    time.now += 12.5
    breaker.admit()
    breaker.gave_up()
    assert breaker.admit() is True


def test_calls_that_began_before_do_not_prolong_it(breaker, time):
    opened(breaker)
    time.now += 5
    breaker.failed("a late one")
    assert breaker.health.seconds == 7.5


def test_may_never_open():
    breaker = Breaker("the server", failures=None)
    for _ in range(100):
        breaker.failed("it broke")
    assert not breaker.health.open


def test_comes_back_at_a_time_of_its_own():
    breakers = [opened(Breaker("s", failures=2, seconds=10, now=lambda: 0.0)) for _ in range(50)]
    waits = {breaker.health.seconds for breaker in breakers}
    assert len(waits) > 40
    assert all(10 <= wait <= 12.5 for wait in waits)
