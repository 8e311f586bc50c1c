"""Calls that are tried again: when, how often, and with what patience."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from itertools import count
from typing import TypeVar

from agents.llm.servers.breaker import Breaker
from agents.llm.servers.failures import AttemptError
from agents.llm.servers.rate_limits import RateLimits
from agents.llm.servers.time_limits import Clock
from ingestion.errors import ModelFailedError

T = TypeVar("T")

_log = logging.getLogger(__name__)

_FIRST_PAUSE = 0.5
_LONGEST_PAUSE = 8.0


@dataclass(frozen=True, slots=True)
class Patience:
    """What a server is granted: new attempts after a passing trouble, and the peace that it asks for."""

    server: str
    retries: int
    breaker: Breaker
    rates: RateLimits

    async def call(self, attempt: Callable[[], Awaitable[T]], clock: Clock) -> T:
        """Make attempts until one works. Raises AttemptError for the last one, and ModelFailedError at once where the
        server wants to be left alone for longer than the clock allows."""
        pause = 0.0
        for tried in count():
            await self._rest(pause, clock)
            try:
                result = await attempt()
            except AttemptError as failure:
                self._judge(failure)
                pause = random_pause(tried)
                if tried >= self.retries or not self._may_try_again(failure, pause, clock):
                    raise
                _log.info("%s; it is asked again", failure.error.message)
            else:
                self.breaker.worked()
                return result
        raise AssertionError("count() has no end")

    def _judge(self, failure: AttemptError) -> None:
        if failure.fault:
            self.breaker.failed(failure.error.message)
        elif failure.answered:
            self.breaker.worked()
        self.rates.note(failure.headers)

    def _may_try_again(self, failure: AttemptError, pause: float, clock: Clock) -> bool:
        """Whether it makes sense, and before the clock runs out; what the server asks for is looked at afterwards."""
        return failure.passing and not self.breaker.health.open and pause < clock.left()

    async def _rest(self, pause: float, clock: Clock) -> None:
        wish = self.rates.wait()
        if wish and wish >= clock.left():
            raise ModelFailedError(
                f"{self.server} asks to be left alone for {wish:.0f} s, longer than an answer is waited for",
                f"Ask again in {wish:.0f} s, or use another model meanwhile.",
            )
        # those who wait for the same moment do not come back at once
        spread = random.uniform(0.0, min(0.1 * wish, clock.left() - wish)) if wish else 0.0
        if pause or wish:
            await asyncio.sleep(max(pause, wish + spread))


def random_pause(tried: int) -> float:
    """Seconds before the next attempt after `tried` (from 0): exponential backoff with full jitter, which spreads those
    who failed together; https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/."""
    return random.uniform(0.0, min(_LONGEST_PAUSE, _FIRST_PAUSE * 2**tried))
