"""What servers say about how often they may be asked, in the headers of their answers.

`x-ratelimit-*`: https://platform.openai.com/docs/guides/rate-limits (durations such as 6m0s; others send seconds or
Unix time). For `Retry-After` see `ingestion.retry_after`.
"""

from __future__ import annotations

import math
import re
import time
from collections.abc import Callable, Mapping

from ingestion.retry_after import asked_to_wait, clamped, number, servers_time

_UNITS = {"h": 3600.0, "m": 60.0, "s": 1.0, "ms": 0.001, "us": 1e-6, "µs": 1e-6, "ns": 1e-9}
_DURATION = re.compile(r"(\d+(?:\.\d+)?)(h|ms|us|µs|ns|m|s)")
_UNIX_TIME = 1e9
"""Larger numbers are points in time, not durations; a thousand times larger ones are in milliseconds."""


class RateLimits:
    """Remembers until when a model of a server is not to be asked."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        """`now` is a clock that is never set back."""
        self._now = now
        self._until = -math.inf

    def wait(self) -> float:
        """Seconds to wait before the next call."""
        return max(self._until - self._now(), 0.0)

    def note(self, headers: Mapping[str, str]) -> None:
        """Read the headers of an answer or of a refusal."""
        self.hold(max(asked_to_wait(headers) or 0.0, _used_up(headers)))

    def hold(self, seconds: float) -> None:
        """Ask nothing for so long; never shortens what was held before."""
        if seconds > 0:
            self._until = max(self._until, self._now() + seconds)


def _used_up(headers: Mapping[str, str]) -> float:
    """Seconds until something of which nothing is left is there again."""
    waits = [0.0]
    for what in ("-requests", "-tokens", ""):
        left = number(headers.get(f"x-ratelimit-remaining{what}", ""))
        # some send -1 for what they do not count
        if left == 0:
            waits.append(_until_reset(headers.get(f"x-ratelimit-reset{what}", ""), headers))
    return max(waits)


def _until_reset(said: str, headers: Mapping[str, str]) -> float:
    reset = number(said)
    if reset is None:
        return clamped(sum(float(amount) * _UNITS[unit] for amount, unit in _DURATION.findall(said)))
    if reset < _UNIX_TIME:
        return clamped(reset)
    return clamped((reset / 1000 if reset > 1000 * _UNIX_TIME else reset) - servers_time(headers))
