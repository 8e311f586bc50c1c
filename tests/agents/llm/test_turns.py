"""Turns at one model: who goes next, what is told meanwhile, and that no turn is ever lost."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agents.llm.turns import AGED_SECONDS, Turns

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


async def settle() -> None:
    for _ in range(8):
        await asyncio.sleep(0)


@dataclass
class Call:
    """One who asks: `task` holds the turn until `over` is set."""

    caller: str
    waiting: bool
    ahead_of_own: int
    """How many earlier calls of the same caller and kind were waiting when it came."""
    task: asyncio.Task[None]
    over: asyncio.Event
    told: list[int] = field(default_factory=list)


class Room:
    """Turns with a clock that is set by hand, and a book of who had which turn."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.turns = Turns(lambda: self.seconds)
        self.calls: list[Call] = []
        self.served: list[Call] = []
        self.holding: list[Call] = []

    def come(self, caller: str, *, waiting: bool = True) -> Call:
        own = sum(
            (call.caller, call.waiting) == (caller, waiting) and call not in self.served and not call.task.done()
            for call in self.calls
        )
        over = asyncio.Event()
        told: list[int] = []

        async def hold() -> None:
            async with self.turns.take(caller, waiting=waiting, tell_ahead=told.append):
                assert not self.holding, "two at once"
                self.holding.append(call)
                self.served.append(call)
                try:
                    await over.wait()
                finally:
                    self.holding.remove(call)

        call = Call(caller, waiting, own, asyncio.create_task(hold()), over, told)
        self.calls.append(call)
        return call

    async def end(self) -> None:
        self.holding[0].over.set()
        await settle()

    async def drain(self) -> str:
        """End one turn after another; the callers in the order of the turns they had."""
        await settle()
        while self.holding:
            await self.end()
        return " ".join(call.caller for call in self.served)


async def test_one_with_many_calls_does_not_hold_up_one_with_a_single_call():
    room = Room()
    for _ in range(10):
        room.come("greedy")
    await settle()
    room.come("modest")
    assert (await room.drain()).split()[:3] == ["greedy", "modest", "greedy"]


async def test_callers_take_turns():
    room = Room()
    for caller in "aaabbc":
        room.come(caller)
    assert await room.drain() == "a b c a b a"


async def test_the_calls_of_one_caller_come_in_their_order():
    room = Room()
    calls = [room.come("a") for _ in range(5)]
    await room.drain()
    assert room.served == calls


async def test_new_callers_do_not_starve_one_who_has_been_served():
    room = Room()
    room.come("old")
    await settle()
    room.come("old")
    for number in range(10):
        room.come(f"new {number}")
        await settle()
        await room.end()
    assert [call.caller for call in room.served].index("old", 1) == 2


async def test_a_person_goes_before_work_that_nobody_waits_for():
    room = Room()
    for caller, waiting in (("running", True), ("reading", False), ("reading", False), ("ann", True), ("bob", True)):
        room.come(caller, waiting=waiting)
    assert await room.drain() == "running ann bob reading reading"


async def test_work_that_nobody_waits_for_is_not_starved():
    room = Room()
    room.come("ann")
    late = room.come("reading", waiting=False)
    await settle()
    served_at = None
    for _ in range(30):
        room.come("bob")
        room.seconds += AGED_SECONDS / 10
        await settle()
        await room.end()
        if served_at is None and late in room.served:
            served_at = room.seconds
    assert served_at is not None
    assert AGED_SECONDS <= served_at <= AGED_SECONDS + 2 * AGED_SECONDS / 10


async def test_what_is_late_takes_a_fair_share_only():
    room = Room()
    room.come("ann")
    for _ in range(5):
        room.come("reading", waiting=False)
    await settle()
    room.seconds += AGED_SECONDS
    for _ in range(3):
        room.come("ann")
    assert await room.drain() == "ann reading ann reading ann reading ann reading reading"


async def test_a_call_that_is_cancelled_while_it_waits_leaves_no_trace():
    room = Room()
    for caller in "abc":
        room.come(caller)
    await settle()
    room.calls[1].task.cancel()
    await settle()
    assert room.turns.waiting == 1
    assert await room.drain() == "a c"


async def test_a_turn_given_to_a_call_that_is_being_cancelled_goes_on():
    room = Room()
    for caller in "abc":
        room.come(caller)
    await settle()
    room.calls[0].over.set()
    await asyncio.sleep(0)  # the first lets go, the second is granted, and has not woken up
    room.calls[1].task.cancel()
    assert await room.drain() == "a c"
    assert room.calls[1].task.cancelled()


async def test_a_turn_that_was_given_and_not_used_is_not_counted():
    room = Room()
    for caller in "abbc":
        room.come(caller)
    await settle()
    room.calls[0].over.set()
    await asyncio.sleep(0)
    room.calls[1].task.cancel()
    assert await room.drain() == "a b c"


async def test_a_call_cancelled_just_before_it_would_be_chosen_takes_no_turn():
    room = Room()
    for caller in "abbc":
        room.come(caller)
    await settle()
    room.calls[0].over.set()
    room.calls[1].task.cancel()
    assert await room.drain() == "a b c"


async def test_a_turn_is_passed_on_by_who_fails_or_is_cancelled_within_it():
    turns = Turns()
    with pytest.raises(ValueError, match="no"):
        async with turns.take("a"):
            raise ValueError("no")
    async with asyncio.timeout(1), turns.take("b"):
        pass


async def test_those_who_wait_are_told_how_many_turns_come_before_and_only_when_it_changes():
    room = Room()
    for caller in "aaab":
        room.come(caller)
    await settle()
    assert [call.told for call in room.calls] == [[], [2], [3], [1]]
    room.come("c")
    await settle()
    assert [call.told for call in room.calls] == [[], [2, 3], [3, 4], [1], [2]]
    room.calls[3].task.cancel()
    await settle()
    assert [call.told for call in room.calls] == [[], [2, 3, 2], [3, 4, 3], [1], [2, 1]]
    await room.drain()
    assert [call.told for call in room.calls] == [[], [2, 3, 2, 1], [3, 4, 3, 2, 1], [1], [2, 1]]


async def test_many_who_come_at_once_are_told_once():
    room = Room()
    for number in range(201):
        room.come(f"caller {number}")
    await settle()
    assert [call.told for call in room.calls] == [[], *([number] for number in range(1, 201))]


async def test_who_cannot_be_told_harms_nobody():
    turns, failures = Turns(), []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: failures.append(context["exception"]))

    def fail(_: int) -> None:
        raise RuntimeError("gone")

    async def ask(tell_ahead=None) -> None:
        async with turns.take("a", tell_ahead=tell_ahead):
            await settle()

    async with asyncio.timeout(1):
        await asyncio.gather(ask(), ask(fail), ask())
    assert [str(failure) for failure in failures] == ["gone"]


class Reading:
    """Work for which nobody waits, and how often it was begun."""

    def __init__(self) -> None:
        self.begun = 0
        self.stopped = 0
        self.over = asyncio.Event()

    async def work(self) -> str:
        self.begun += 1
        try:
            await self.over.wait()
        except asyncio.CancelledError:
            self.stopped += 1
            raise
        return "read"


async def test_reading_gives_way_to_a_person_once_and_is_done_again_later():
    room, reading = Room(), Reading()
    task = asyncio.create_task(room.turns.background("reading", reading.work, lambda: True))
    await settle()
    room.come("ann")
    await settle()
    assert (reading.stopped, [call.caller for call in room.holding]) == (1, ["ann"])
    await room.end()
    room.come("bob")
    await settle()
    assert (reading.begun, reading.stopped, room.holding) == (2, 1, [])
    reading.over.set()
    await settle()
    assert await task == "read"
    assert [call.caller for call in room.holding] == ["bob"]


async def test_reading_does_not_give_way_to_a_person_who_was_served_before():
    room, reading = Room(), Reading()
    for caller in ("ann", "bob"):
        room.come(caller)
    await settle()
    task = asyncio.create_task(room.turns.background("reading", reading.work, lambda: True))
    await room.drain()
    reading.over.set()
    assert (await task, reading.begun) == ("read", 1)


async def test_reading_that_may_not_stop_is_waited_for():
    room, reading = Room(), Reading()
    task = asyncio.create_task(room.turns.background("reading", reading.work, lambda: False))
    await settle()
    room.come("ann")
    await settle()
    assert (reading.stopped, room.holding) == (0, [])
    reading.over.set()
    await settle()
    assert (await task, [call.caller for call in room.holding]) == ("read", ["ann"])


async def test_reading_does_not_give_way_to_other_reading():
    room, reading = Room(), Reading()
    task = asyncio.create_task(room.turns.background("reading", reading.work, lambda: True))
    await settle()
    room.come("reading", waiting=False)
    await settle()
    reading.over.set()
    assert (await task, reading.begun) == ("read", 1)


async def test_reading_that_is_cancelled_lets_go_before_the_turn_passes_on():
    room, let_go = Room(), asyncio.Event()

    async def work() -> None:
        try:
            await asyncio.sleep(3600)
        finally:
            await let_go.wait()

    task = asyncio.create_task(room.turns.background("reading", work, lambda: True))
    await settle()
    room.come("ann")
    task.cancel()
    await settle()
    assert room.holding == []
    let_go.set()
    await settle()
    assert task.cancelled()
    assert [call.caller for call in room.holding] == ["ann"]


async def test_reading_that_fails_raises_and_passes_on():
    turns = Turns()

    async def work() -> None:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        await turns.background("reading", work, lambda: True)
    async with asyncio.timeout(1), turns.take("ann"):
        pass


COMING = st.tuples(st.just("come"), st.sampled_from("abcd"), st.booleans())
CANCELLING = st.tuples(st.just("cancel"), st.integers(0, 30), st.booleans())
ENDING = st.tuples(st.just("end"), st.just(0), st.booleans())
STORY = st.lists(st.one_of(COMING, COMING, CANCELLING, ENDING), max_size=40)


async def play(room: Room, story: list[tuple[str, str | int, bool]]) -> None:
    """What happens in the story; its last values of cancelling and ending say whether the loop runs on in between."""
    for what, which, flag in story:
        if what == "come":
            room.come(str(which), waiting=flag)
        elif what == "cancel" and room.calls:
            room.calls[int(which) % len(room.calls)].task.cancel()
        elif what == "end" and room.holding:
            room.holding[0].over.set()
        if what == "come" or flag:
            await settle()


@settings(derandomize=True, deadline=None, max_examples=300)
@given(STORY)
def test_whatever_happens_everybody_is_served_once_in_order_and_nothing_is_left(story):
    async def tell() -> None:
        room = Room()
        await play(room, story)
        await room.drain()
        assert all(call.task.done() for call in room.calls)
        assert all(call.task.cancelled() or call in room.served for call in room.calls)
        assert len(set(map(id, room.served))) == len(room.served)
        for caller in "abcd":
            for waiting in (True, False):
                own = [call for call in room.served if (call.caller, call.waiting) == (caller, waiting)]
                assert own == sorted(own, key=room.calls.index)
        assert room.turns.waiting == 0
        async with asyncio.timeout(1), room.turns.take("anybody"):
            pass

    asyncio.run(tell())


@settings(derandomize=True, deadline=None, max_examples=300)
@given(STORY, st.sampled_from("abcd"))
def test_whatever_happened_a_person_waits_for_one_turn_of_each_other_caller(story, caller):
    """And for as many of each as the person has calls of their own waiting."""

    async def tell() -> None:
        room = Room()
        await play(room, story)
        await settle()
        served, running = len(room.served), len(room.holding)
        call = room.come(caller)
        await settle()
        for other in "abcd" * 3:
            room.come(other)
        await room.drain()
        before = room.served[served : room.served.index(call)]
        assert all(other.waiting for other in before)
        most = max(Counter(other.caller for other in before if other.caller != caller).values(), default=0)
        assert most <= call.ahead_of_own + 1
        assert running or not before

    asyncio.run(tell())


@settings(derandomize=True, deadline=None, max_examples=300)
@given(STORY)
def test_what_was_told_last_is_what_comes_if_nobody_else_does(story):
    async def tell() -> None:
        room = Room()
        await play(room, story)
        await settle()
        left = {call.told[-1]: call for call in room.calls if not call.task.done() and call not in room.holding}
        assert sorted(left) == list(range(1, len(left) + 1))
        served = len(room.served)
        await room.drain()
        assert room.served[served:] == [left[ahead] for ahead in sorted(left)]

    asyncio.run(tell())


@pytest.mark.parametrize("seed", range(5))
async def test_a_storm_of_cancellations_among_200_loses_no_turn(seed):
    chance = random.Random(seed)
    turns, done = Turns(), 0

    async def ask(number: int) -> None:
        nonlocal done
        async with turns.take(f"caller {number % 20}", waiting=number % 3 > 0, tell_ahead=lambda _: None):
            for _ in range(chance.randrange(3)):
                await asyncio.sleep(0)
            done += 1

    tasks = [asyncio.create_task(ask(number)) for number in range(200)]
    while not all(task.done() for task in tasks):
        await asyncio.sleep(0)
        chance.choice(tasks).cancel()
    assert done == sum(not task.cancelled() for task in tasks) > 0
    assert turns.waiting == 0
    async with asyncio.timeout(1), turns.take("anybody"):
        pass
