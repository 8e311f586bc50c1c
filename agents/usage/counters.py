"""Running counts of calls since the process began, for a monitor."""

from __future__ import annotations

from dataclasses import dataclass, replace

from agents.usage.domain import ModelCallRecord, from_micros

_Key = tuple[str, str, str]


@dataclass(slots=True)
class Counted:
    """Calls of one task on one tier with one outcome. `cost` has units of money by currency."""

    task: str
    tier: str
    outcome: str
    calls: int
    prompt_tokens: int
    completion_tokens: int
    seconds: float
    cost: dict[str, float]


class CallCounters:
    """Counts that only grow. Not safe for threads by itself."""

    def __init__(self) -> None:
        self._counted: dict[_Key, Counted] = {}

    def add(self, call: ModelCallRecord) -> None:
        """Count a call."""
        key = (call.task, call.tier, call.outcome.value)
        counted = self._counted.setdefault(key, Counted(*key, 0, 0, 0, 0.0, {}))
        counted.calls += 1
        counted.prompt_tokens += call.prompt_tokens
        counted.completion_tokens += call.completion_tokens
        counted.seconds += call.seconds
        if call.cost is not None:
            spent = float(from_micros(call.cost_micros or 0))
            counted.cost[call.cost.currency] = counted.cost.get(call.cost.currency, 0.0) + spent

    def all(self) -> list[Counted]:
        """Every count as it is now."""
        return [replace(one, cost=dict(one.cost)) for one in self._counted.values()]
