"""When calls would have ended if everybody had an equal share of the model at every moment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_NOTHING = 1e-9


@dataclass(frozen=True, slots=True)
class Asked:
    """A call: who asked, when it came, when its answer ended; seconds."""

    user: str
    came: float
    ended: float

    @property
    def waited(self) -> float:
        """From asking to the end of the answer."""
        return self.ended - self.came


def services(calls: Sequence[Asked]) -> list[float]:
    """How long a model that serves one call at a time, and is never idle while somebody waits, worked for each."""
    work, free = [0.0] * len(calls), float("-inf")
    for number in sorted(range(len(calls)), key=lambda number: calls[number].ended):
        call = calls[number]
        work[number] = call.ended - max(call.came, free)
        free = call.ended
    return work


def shared(calls: Sequence[Asked], work: Sequence[float]) -> list[float]:
    """How long each call would have waited from asking to its end under processor sharing: whoever has calls gets an
    equal share of the model, and a user's own calls are served one after the other. (Generalized processor sharing
    with equal weights, Parekh and Gallager 1993.)"""
    left, waits = list(work), [0.0] * len(calls)
    now = min(call.came for call in calls)
    while open_calls := [number for number in range(len(calls)) if left[number] > _NOTHING]:
        heads = _heads(calls, (number for number in open_calls if calls[number].came <= now))
        until = min((calls[number].came for number in open_calls if calls[number].came > now), default=float("inf"))
        if not heads:
            now = until
            continue
        step = min(min(left[head] for head in heads) * len(heads), until - now)
        now += step
        for head in heads:
            left[head] -= step / len(heads)
            waits[head] = now - calls[head].came
    return waits


def _heads(calls: Sequence[Asked], there: Iterable[int]) -> list[int]:
    """The call of each user that is worked on."""
    heads: dict[str, int] = {}
    for number in sorted(there, key=lambda number: calls[number].came):
        heads.setdefault(calls[number].user, number)
    return list(heads.values())


def first_come(calls: Sequence[Asked], work: Sequence[float]) -> list[float]:
    """How long each would have waited if all were served in the order in which they came."""
    free, waits = float("-inf"), [0.0] * len(calls)
    for number in sorted(range(len(calls)), key=lambda number: calls[number].came):
        free = max(free, calls[number].came) + work[number]
        waits[number] = free - calls[number].came
    return waits
