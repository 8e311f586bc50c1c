"""Calls of the past on another tier table: what they cost, and what they would have. Decimal, exact to the division."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import ROUND_CEILING, Decimal
from typing import Any

from agents.llm.cards import ModelCard, PriceList
from agents.llm.domain import Money, Spent
from agents.llm.pricing import cost
from agents.usage.domain import MICRO, PastCall
from agents.usage.plan import Hardware, Plan, TierPlan
from ingestion.errors import BadInputError

_DAYS_A_YEAR = Decimal("365.25")
_DAYS_A_MONTH = _DAYS_A_YEAR / 12
_JOULES_A_KWH = Decimal(3_600_000)
_SECONDS_A_DAY = 86_400

CAVEATS = ("other_tokens", "same_work", "cache", "throughput")
"""Codes of what no replay can know; `agents.usage.wording` says them."""


@dataclass(frozen=True, slots=True)
class PricedTier:
    """What takes the place of a tier: prices, null where none are known, or a machine by its name."""

    prices: PriceList | None = None
    thinking: bool | None = None
    machine: str | None = None


@dataclass(frozen=True, slots=True)
class PricedPlan:
    """A plan with the prices of its cards looked up."""

    tiers: Mapping[str, PricedTier]
    hardware: Mapping[str, Hardware]


@dataclass(slots=True)
class Bill:
    """Money by currency, and how many calls are not in it because their cost is not known."""

    amounts: defaultdict[str, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    unpriced: int = 0

    def add(self, money: Money | None) -> None:
        """Add what a call cost."""
        if money is None:
            self.unpriced += 1
        elif money.amount:
            self.amounts[money.currency] += money.amount

    def to_json(self) -> dict[str, Any]:
        """The bill, currencies in their order."""
        return {
            "costs": [_rounded(Money(amount, currency)) for currency, amount in sorted(self.amounts.items())],
            "unpriced": self.unpriced,
        }


@dataclass(slots=True)
class ReplayRow:
    """The calls of one task and project, under null of several or none: what they cost, and would have."""

    task: str
    project: str | None
    calls: int = 0
    now: Bill = field(default_factory=Bill)
    then: Bill = field(default_factory=Bill)
    busy: defaultdict[str, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    """Seconds that machines would work for it."""

    def to_json(self) -> dict[str, Any]:
        """The row."""
        return {
            "task": self.task,
            "project": self.project,
            "calls": self.calls,
            "now": self.now.to_json(),
            "then": self.then.to_json(),
        }


@dataclass(slots=True)
class MachineUse:
    """A machine over the days that were replayed: its share of the purchase, its electricity, how long it works, and
    from how many calls a month on it is cheaper than what these calls cost now; null where it never is, or where that
    cannot be said. A `busy_share` above 1 says that it could not do the work."""

    name: str
    purchase: Money
    electricity: Money
    busy_seconds: Decimal
    busy_share: Decimal
    calls: int
    calls_a_month: Decimal
    break_even_calls_a_month: int | None

    def to_json(self) -> dict[str, Any]:
        """The machine."""
        return {
            "name": self.name,
            "purchase": _rounded(self.purchase),
            "electricity": _rounded(self.electricity),
            "busy_hours": round(float(self.busy_seconds / 3600), 3),
            "busy_share": round(float(self.busy_share), 4),
            "calls": self.calls,
            "calls_a_month": round(float(self.calls_a_month), 1),
            "break_even_calls_a_month": self.break_even_calls_a_month,
        }


@dataclass(frozen=True, slots=True)
class Simulation:
    """The days replayed, both included, rows, machines, calls left out since no server told their tokens, and tiers of
    the plan that no call used: misspelt, it may be."""

    first: date
    last: date
    rows: tuple[ReplayRow, ...]
    machines: tuple[MachineUse, ...]
    left_out: int
    unused: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """The simulation, with the codes of what it cannot know."""
        now, then = Bill(), Bill()
        for row in self.rows:
            _join(now, row.now)
            _join(then, row.then)
        for machine in self.machines:
            if not machine.calls:
                then.add(machine.purchase)
                then.add(machine.electricity)
        return {
            "since": self.first.isoformat(),
            "until": self.last.isoformat(),
            "rows": [row.to_json() for row in self.rows],
            "now": now.to_json(),
            "then": then.to_json(),
            "machines": [machine.to_json() for machine in self.machines],
            "left_out": self.left_out,
            "unused": list(self.unused),
            "caveats": list(CAVEATS),
        }


def priced(plan: Plan, find_card: Callable[[str], ModelCard]) -> PricedPlan:
    """The plan with prices. Raises NotFoundError for a card that there is not, BadInputError for a seller that has no
    prices of it, or that is not named though there are several."""
    return PricedPlan({name: _priced(tier, find_card) for name, tier in plan.tiers.items()}, plan.hardware)


def simulate(calls: Iterable[PastCall], plan: PricedPlan, first: date, last: date) -> Simulation:
    """Replay calls of these days."""
    rows: dict[tuple[str, str | None], ReplayRow] = {}
    on_machine: Counter[str] = Counter()
    paid: defaultdict[str, Bill] = defaultdict(Bill)
    left_out = 0
    used: set[str] = set()
    for call in calls:
        used.add(call.tier)
        if not (call.spent.prompt_tokens or call.spent.completion_tokens or call.audio_seconds):
            left_out += 1
            continue
        row = rows.setdefault((call.task, call.project), ReplayRow(call.task, call.project))
        row.calls += 1
        row.now.add(call.cost)
        tier = plan.tiers.get(call.tier)
        if tier is None or tier.machine is None or call.audio_seconds:
            row.then.add(_then(call, tier))
            continue
        row.busy[tier.machine] += _busy(plan.hardware[tier.machine], call.spent)
        on_machine[tier.machine] += 1
        paid[tier.machine].add(call.cost)
    days = Decimal((last - first).days + 1)
    machines = [
        _use(name, hardware, rows.values(), on_machine[name], paid[name], days)
        for name, hardware in plan.hardware.items()
    ]
    for machine in machines:
        _share_out(machine, rows.values())
    ordered = sorted(rows.values(), key=lambda row: (row.task, row.project or ""))
    unused = tuple(name for name in plan.tiers if name not in used)
    return Simulation(first, last, tuple(ordered), tuple(machines), left_out, unused)


def _priced(tier: TierPlan, find_card: Callable[[str], ModelCard]) -> PricedTier:
    if tier.card is None:
        return PricedTier(machine=tier.hardware)
    card = find_card(tier.card)
    fitting = [one for one in card.prices if tier.seller in (None, one.seller)]
    sellers = ", ".join(one.seller for one in card.prices)
    if tier.seller is not None and not fitting:
        raise BadInputError(f"{card.name} has no prices of '{tier.seller}'", f"it has those of: {sellers or 'nobody'}")
    if len(fitting) > 1:
        raise BadInputError(f"several sell {card.name}", f"name one as `seller`: {sellers}")
    return PricedTier(prices=fitting[0] if fitting else None, thinking=tier.thinking)


def _then(call: PastCall, tier: PricedTier | None) -> Money | None:
    """What a call would cost; as it did where its tier stays. Speech is not priced by tokens."""
    if tier is None:
        return call.cost
    if call.audio_seconds:
        return None
    thinking = call.spent.thinking if tier.thinking is None else tier.thinking
    return cost(tier.prices, replace(call.spent, thinking=thinking))


def _busy(machine: Hardware, spent: Spent) -> Decimal:
    """Seconds that a machine works for a call; nothing of the prompt is taken to be cached."""
    return spent.prompt_tokens / machine.prompt_tokens_per_second + spent.completion_tokens / machine.tokens_per_second


def _use(name: str, machine: Hardware, rows: Iterable[ReplayRow], calls: int, paid: Bill, days: Decimal) -> MachineUse:
    busy = sum((row.busy[name] for row in rows if name in row.busy), Decimal(0))
    seconds = days * _SECONDS_A_DAY
    idle = max(seconds - busy, Decimal(0))
    electricity = (machine.watts * busy + machine.idle_watts * idle) / _JOULES_A_KWH * machine.price_per_kwh
    purchase = machine.price / (machine.years * _DAYS_A_YEAR) * days
    return MachineUse(
        name,
        Money(purchase, machine.currency),
        Money(electricity, machine.currency),
        busy,
        busy / seconds,
        calls,
        calls / days * _DAYS_A_MONTH,
        _break_even(machine, busy, calls, paid),
    )


def _break_even(machine: Hardware, busy: Decimal, calls: int, paid: Bill) -> int | None:
    """Calls a month from which on the machine costs less than what they cost now: its costs that do not depend on them
    by what each call saves."""
    if not calls or paid.unpriced or set(paid.amounts) != {machine.currency}:
        return None
    seconds_a_month = _DAYS_A_MONTH * _SECONDS_A_DAY
    a_second = machine.price_per_kwh / _JOULES_A_KWH
    standing = machine.price / (machine.years * 12) + machine.idle_watts * seconds_a_month * a_second
    more = max(machine.watts - machine.idle_watts, Decimal(0)) * a_second
    saved = (paid.amounts[machine.currency] - busy * more) / calls
    return int((standing / saved).to_integral_value(ROUND_CEILING)) if saved > 0 else None


def _share_out(machine: MachineUse, rows: Iterable[ReplayRow]) -> None:
    """Each row bears a machine by the time that it works for it."""
    if not machine.busy_seconds:
        return
    whole = machine.purchase.amount + machine.electricity.amount
    for row in rows:
        if machine.name in row.busy:
            share = row.busy[machine.name] / machine.busy_seconds
            row.then.add(Money(whole * share, machine.purchase.currency))


def _join(total: Bill, bill: Bill) -> None:
    for currency, amount in bill.amounts.items():
        total.amounts[currency] += amount
    total.unpriced += bill.unpriced


def _rounded(money: Money) -> dict[str, Any]:
    return Money(money.amount.quantize(MICRO), money.currency).to_json()
