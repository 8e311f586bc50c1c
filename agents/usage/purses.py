"""What the running month has cost, in memory, with what calls under way may cost. Not safe for threads by itself."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import count

from agents.llm.domain import Money
from agents.usage.budgets import Purses
from agents.usage.domain import to_micros


class RunningPurses:
    """Money spent and money reserved, by project and currency. A reservation counts in whatever month it is while the
    call is under way; what was spent is that of one month."""

    def __init__(self) -> None:
        self._spent: defaultdict[str | None, defaultdict[str, int]] = _none()
        self._reserved: defaultdict[str | None, defaultdict[str, int]] = _none()
        self._held: dict[int, tuple[str | None, str, int]] = {}
        self._tokens = count(1)

    def begin(self, spent: Iterable[tuple[str | None, str, int]]) -> None:
        """Begin a month in which so much, in millionths, has been spent already; what is reserved stays reserved."""
        self._spent = _none()
        for project, currency, micros in spent:
            self.spend(project, currency, micros)

    def spend(self, project: str | None, currency: str, micros: int) -> None:
        """Count money as spent."""
        _add(self._spent, project, currency, micros)

    def reserve(self, project: str | None, cost: Money | None) -> int:
        """Count money as spent until it is released by the token that is returned."""
        currency, micros = (cost.currency, to_micros(cost)) if cost else ("", 0)
        token = next(self._tokens)
        self._held[token] = (project, currency, micros)
        _add(self._reserved, project, currency, micros)
        return token

    def release(self, token: int) -> bool:
        """Give back what was reserved; whether anything was still held by that token."""
        held = self._held.pop(token, None)
        if held is None:
            return False
        project, currency, micros = held
        _add(self._reserved, project, currency, -micros)
        return True

    def of(self, project: str | None) -> Purses:
        """What is spent or reserved: of everything, and of that project."""
        return {whose: self._sum(whose) for whose in {None, project}}

    def reserved(self, project: str | None) -> dict[str, int]:
        """What calls under way may cost, by currency, in millionths: those of a project, or under null all."""
        if project not in self._reserved:
            return {}
        return {currency: micros for currency, micros in self._reserved[project].items() if micros}

    def _sum(self, whose: str | None) -> dict[str, int]:
        total: Counter[str] = Counter()
        for purses in (self._spent, self._reserved):
            # not made by looking
            if whose in purses:
                total.update(purses[whose])
        return total


def _none() -> defaultdict[str | None, defaultdict[str, int]]:
    return defaultdict(lambda: defaultdict(int))


def _add(
    purses: defaultdict[str | None, defaultdict[str, int]], project: str | None, currency: str, micros: int
) -> None:
    if micros:
        for whose in {None, project}:
            purses[whose][currency] += micros
