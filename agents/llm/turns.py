"""Turns at one model: each who asks gets an equal share, and those for whom somebody waits go first."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TypeVar

AGED_SECONDS = 60.0
"""After so long, work for which nobody waits takes its turn like any other: it is late, but never starved."""

TellAhead = Callable[[int], None]
"""Called in the event loop with how many turns come before, the running one included, each time that this changes."""

_T = TypeVar("_T")


@dataclass(eq=False, slots=True)
class _Call:
    caller: str
    waiting: bool
    since: float
    granted: asyncio.Future[None]
    tell_ahead: TellAhead | None
    told: int | None = None


@dataclass(slots=True)
class _Ring:
    """Callers in the order of their next turns, each with the calls that it has waiting."""

    calls: dict[str, deque[_Call]] = field(default_factory=dict[str, deque[_Call]])
    served: str | None = None
    """Whose turn it is; this caller's other calls come after one of everybody else."""

    def add(self, call: _Call) -> None:
        self.calls.setdefault(call.caller, deque()).append(call)

    def remove(self, call: _Call) -> None:
        """Take out a call that may have been taken out before."""
        own = self.calls.get(call.caller, deque())
        if call in own:
            own.remove(call)
            if not own:
                del self.calls[call.caller]

    def pop(self) -> _Call | None:
        caller = next(iter(self.calls), None)
        if caller is None:
            return None
        call = self.calls[caller][0]
        self.remove(call)
        return call

    def turn_over(self, *, used: bool) -> None:
        """The turn has ended; who has used it goes to the end."""
        caller, self.served = self.served, None
        if used and caller is not None and caller in self.calls:
            self.calls[caller] = self.calls.pop(caller)

    def order(self) -> Iterator[_Call]:
        """The calls in the order of their turns, if nobody else comes."""
        callers = sorted(self.calls, key=lambda caller: caller == self.served)
        left = [iter(self.calls[caller]) for caller in callers]
        while left:
            round_of = [(calls, next(calls, None)) for calls in left]
            yield from (call for _, call in round_of if call is not None)
            left = [calls for calls, call in round_of if call is not None]


class Turns:
    """One turn at a time. Callers take turns round robin, so that one with ten calls holds nobody up more than one with
    a single call does: whoever comes waits for the running turn and for one of each who came before. A caller's own
    calls come in their order. Used within one event loop; a call that is cancelled while it waits leaves no trace."""

    def __init__(self, now: Callable[[], float] | None = None) -> None:
        """`now` is a clock that is never set back, in seconds, by default the event loop's."""
        self._now = now or (lambda: asyncio.get_running_loop().time())
        self._people, self._background = _Ring(), _Ring()
        self._taken = False
        self._person_came = asyncio.Event()
        self._telling = False

    @property
    def waiting(self) -> int:
        """How many calls wait for a turn."""
        return sum(len(calls) for ring in self._rings for calls in ring.calls.values())

    @asynccontextmanager
    async def take(
        self, caller: str = "", *, waiting: bool = True, tell_ahead: TellAhead | None = None
    ) -> AsyncGenerator[None]:
        """Wait for a turn and hold it. `waiting` says that a person waits for it."""
        await self._wait(caller, waiting, tell_ahead)
        try:
            yield
        finally:
            self._pass_on()

    async def background(self, caller: str, work: Callable[[], Awaitable[_T]], may_stop: Callable[[], bool]) -> _T:
        """Do work for which nobody waits, in a turn of its own.

        A person who comes meanwhile would wait for the whole of it, so it is cancelled, if `may_stop` says so, and done
        again later; but only once, so that at most half of the time is lost and a busy day stops nothing for good.
        """
        async with self.take(caller, waiting=False):
            done = await _unless(self._person_came, work, may_stop)
        if done is not None:
            return done.result()
        async with self.take(caller, waiting=False):
            return await work()

    async def _wait(self, caller: str, waiting: bool, tell_ahead: TellAhead | None) -> None:
        if not self._taken:
            self._taken = True
            self._serve(self._ring(waiting), caller)
            return
        call = _Call(caller, waiting, self._now(), asyncio.get_running_loop().create_future(), tell_ahead)
        self._ring(waiting).add(call)
        if waiting:
            self._person_came.set()
        self._tell_soon()
        try:
            await call.granted
        except asyncio.CancelledError:
            if call.granted.cancelled():
                self._ring(call.waiting).remove(call)
                self._tell_soon()
            else:  # the turn was given in the same moment
                self._pass_on(used=False)
            raise

    def _pass_on(self, *, used: bool = True) -> None:
        self._promote()
        for ring in self._rings:
            ring.turn_over(used=used)
        for ring in self._rings:
            while call := ring.pop():
                # one that was cancelled, but does not know it yet, takes nobody's turn
                if not call.granted.done():
                    self._serve(ring, call.caller)
                    call.granted.set_result(None)
                    self._tell_soon()
                    return
        self._taken = False

    def _serve(self, ring: _Ring, caller: str) -> None:
        ring.served = caller
        self._person_came.clear()

    def _promote(self) -> None:
        """Let late work take its turn like any other."""
        aged_before = self._now() - AGED_SECONDS
        for call in [call for call in self._background.order() if call.since <= aged_before]:
            self._background.remove(call)
            call.waiting = True
            self._people.add(call)

    @property
    def _rings(self) -> tuple[_Ring, _Ring]:
        return self._people, self._background

    def _ring(self, waiting: bool) -> _Ring:
        return self._people if waiting else self._background

    def _tell_soon(self) -> None:
        """Not within the change itself: what hears of it may fail or ask for a turn, and many changes are told once."""
        if not self._telling:
            self._telling = True
            asyncio.get_running_loop().call_soon(self._tell)

    def _tell(self) -> None:
        self._telling = False
        calls = [call for ring in self._rings for call in ring.order() if not call.granted.done()]
        for ahead, call in enumerate(calls, 1):
            if call.tell_ahead is not None and call.told != ahead:
                call.told = ahead
                call.tell_ahead(ahead)


async def _unless(
    stop: asyncio.Event, work: Callable[[], Awaitable[_T]], may_stop: Callable[[], bool]
) -> asyncio.Future[_T] | None:
    """The work, done; None where it was cancelled for `stop`."""
    doing, stopping = asyncio.ensure_future(work()), asyncio.create_task(stop.wait())
    try:
        await asyncio.wait((doing, stopping), return_when=asyncio.FIRST_COMPLETED)
        if not may_stop():
            await asyncio.wait((doing,))
    finally:
        doing.cancel()
        stopping.cancel()
        # the turn is held until the model has really let go
        await asyncio.wait((doing, stopping))
    return None if doing.cancelled() else doing
