"""What one look of `huimai doctor` found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Literal

Status = Literal["ok", "warn", "fail"]

_WORSE: list[Status] = ["ok", "warn", "fail"]


@dataclass(frozen=True, slots=True)
class Check:
    """What one look found. `fail` means that Huimai cannot work, `warn` that a part of it cannot."""

    name: str
    status: Status
    text: str
    hint: str = ""

    def to_json(self) -> dict[str, Any]:
        """The check as the JSON report has it."""
        return asdict(self)


def worst(statuses: Iterable[Status]) -> Status:
    """The worst of some, at least one."""
    return max(statuses, key=_WORSE.index)
