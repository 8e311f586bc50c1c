"""How long a chat server is waited for."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TimeLimits:
    """Seconds to wait: for a connection, for the first word (retries included), between words, for the whole answer."""

    connect: float = 10.0
    first_token: float = 120.0
    between_tokens: float = 60.0
    total: float = 600.0


class Clock:
    """One deadline that moves: first to the first word, then on with each word, never past the total."""

    def __init__(self, limits: TimeLimits) -> None:
        self._limits = limits
        self._loop = asyncio.get_running_loop()
        self._end = self._loop.time() + limits.total
        self._deadline = asyncio.timeout_at(min(self._loop.time() + limits.first_token, self._end))
        self._heard = False

    def running(self) -> asyncio.Timeout:
        """The context that the deadline cancels with TimeoutError."""
        return self._deadline

    def passed(self) -> bool:
        """Whether the deadline ended the call."""
        return self._deadline.expired()

    def left(self) -> float:
        """Seconds until the deadline."""
        when = self._deadline.when()
        return 0.0 if when is None else when - self._loop.time()

    def heard(self) -> None:
        """A word came; the wait for the next begins."""
        self._heard = True
        self._deadline.reschedule(min(self._loop.time() + self._limits.between_tokens, self._end))

    def verdict(self) -> tuple[float, str]:
        """The limit that passed, in seconds, and what was waited for."""
        if self._loop.time() >= self._end:
            return self._limits.total, "the end"
        if self._heard:
            return self._limits.between_tokens, "the next word"
        return self._limits.first_token, "the first word"
