"""A circuit breaker: a server that fails again and again is left alone for a while, then tried by one call.

The pattern: https://learn.microsoft.com/en-us/azure/architecture/patterns/circuit-breaker.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass

from ingestion.errors import ModelFailedError


@dataclass(frozen=True, slots=True)
class Health:
    """Whether a server is asked at all. `seconds` is how long it is still left alone, `reason` what it last did."""

    open: bool
    seconds: float = 0.0
    reason: str = ""


class Breaker:
    """Watches one server, for all the models that it serves.

    It opens after `failures` failures in a row that were the server's, stays open for about `seconds` (up to a quarter
    longer, so that several who watch the same server do not come back together), then lets one call through: that call
    closes it or opens it again. `now` is a clock that is never set back.
    """

    def __init__(
        self,
        server: str,
        *,
        failures: int | None = 5,
        seconds: float = 30.0,
        now: Callable[[], float] = time.monotonic,
        jitter: Callable[[float, float], float] = random.uniform,
    ) -> None:
        """`server` names the server in messages; with `failures` None it never opens."""
        self._server = server
        self._most = failures
        self._seconds = seconds
        self._now = now
        self._jitter = jitter
        self._failures = 0
        self._until: float | None = None
        self._probing = False
        self._reason = ""

    @property
    def health(self) -> Health:
        """The state now. When the time is over but no call has tried the server yet, it counts as healthy."""
        if self._until is None:
            return Health(False, reason=self._reason)
        left = self._until - self._now()
        return Health(left > 0 or self._probing, max(left, 0.0), self._reason)

    def admit(self) -> bool:
        """Let a call through: True when it is the one that tries an open server. Raises ModelFailedError when open."""
        if self._until is None:
            return False
        if self.health.open:
            raise self._refusal()
        self._probing = True
        return True

    def worked(self) -> None:
        """A call was answered."""
        self._failures, self._until, self._probing, self._reason = 0, None, False, ""

    def failed(self, reason: str) -> None:
        """A call failed, and the server is to blame. `reason` is one line."""
        self._failures += 1
        self._reason = reason
        tried, self._probing = self._probing, False
        worn_out = self._most is not None and self._failures >= self._most
        if tried or (self._until is None and worn_out):
            self._until = self._now() + self._jitter(self._seconds, 1.25 * self._seconds)

    def gave_up(self) -> None:
        """The call that tried an open server ended without a verdict; the next one may try."""
        self._probing = False

    def _refusal(self) -> ModelFailedError:
        left = self.health.seconds
        when = f"for another {left:.0f} s" if left else "until the call that tries it again is answered"
        return ModelFailedError(
            f"{self._server} is left alone {when}: it failed {self._failures} times in a row; {self._reason}",
            "Wait, or look at the server's own log.",
        )
