from __future__ import annotations

from email.utils import formatdate

import pytest

from agents.llm.servers.rate_limits import RateLimits
from agents.llm.servers.retrying import random_pause

AT = 1_795_400_000.0
SERVER = formatdate(AT, usegmt=True)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"x-ratelimit-remaining-requests": "1", "x-ratelimit-reset-requests": "6m0s"}, 0.0),
        ({"x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-requests": "6m0s"}, 360.0),
        ({"x-ratelimit-remaining-tokens": "0", "x-ratelimit-reset-tokens": "12ms"}, 0.012),
        ({"x-ratelimit-remaining-tokens": "0", "x-ratelimit-reset-tokens": "1h2m3.5s"}, 3723.5),
        ({"x-ratelimit-remaining-tokens": "-1", "x-ratelimit-reset-tokens": "60"}, 0.0),
        ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": "17"}, 17.0),
        ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": str(AT + 9), "date": SERVER}, 9.0),
        ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": str(1000 * (AT + 9)), "date": SERVER}, 9.0),
        ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": "whenever"}, 0.0),
        ({"x-ratelimit-remaining": "0"}, 0.0),
        ({"x-ratelimit-remaining": "none"}, 0.0),
        (
            {
                "x-ratelimit-remaining-requests": "0",
                "x-ratelimit-reset-requests": "1s",
                "x-ratelimit-remaining-tokens": "0",
                "x-ratelimit-reset-tokens": "2s",
            },
            2.0,
        ),
        ({"retry-after": "5", "x-ratelimit-remaining": "0", "x-ratelimit-reset": "3"}, 5.0),
    ],
)
def test_what_is_used_up_is_waited_for(headers, seconds):
    rates = RateLimits(now=lambda: 1000.0)
    rates.note(headers)
    assert rates.wait() == pytest.approx(seconds)


def test_a_wait_passes_and_is_never_made_shorter():
    now = [0.0]
    rates = RateLimits(now=lambda: now[0])
    rates.hold(10)
    rates.hold(2)
    now[0] = 4.0
    assert rates.wait() == 6.0
    now[0] = 11.0
    assert rates.wait() == 0.0


def test_pauses_grow_and_are_spread():
    for tried, most in ((0, 0.5), (1, 1.0), (3, 4.0), (20, 8.0)):
        pauses = [random_pause(tried) for _ in range(500)]
        assert 0.9 * most < max(pauses) <= most
        assert min(pauses) < 0.1 * most
