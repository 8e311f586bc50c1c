"""What our layers add to the provider's own client, for a call and for each streamed word.

Wall time is what somebody waits, and hears everything else that the machine does; processor time is what the layers
themselves take, the thread that writes the ledger included.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.gateway_provider import provider
from benchmarks.gateway_stack import Ask, stack
from benchmarks.measure import percentile

SHORT, LONG = 1, 401
"""Words of an answer."""
_WARM_UP = 20


@dataclass(frozen=True, slots=True)
class _Taken:
    """Milliseconds of a short and of a long answer."""

    wall: tuple[float, float]
    cpu: tuple[float, float]


_Side = Callable[[_Taken], tuple[float, float]]
_SIDES: dict[str, _Side] = {"wall": lambda taken: taken.wall, "cpu": lambda taken: taken.cpu}


async def measure(home: Path, rounds: int) -> dict[str, Any]:
    """Milliseconds over the bare client, each layer and length in turn: the median over rounds, and its quartiles."""
    with provider() as url:
        async with stack(url, home) as layers:
            heights: dict[str, Ask] = {
                "bare": layers.bare,
                "openai_compatible": layers.compatible,
                "routed_and_metered": layers.routed,
            }
            for ask in heights.values():
                for _ in range(_WARM_UP):
                    await ask(SHORT)
            taken = [{name: await _round(ask) for name, ask in heights.items()} for _ in range(rounds)]
    figures: dict[str, Any] = {"rounds": rounds}
    for side, times in _SIDES.items():
        bare = [times(one["bare"]) for one in taken]
        figures[f"bare_{side}_ms"] = _figures(bare)
        for name in ("openai_compatible", "routed_and_metered"):
            pairs = zip(bare, (times(one[name]) for one in taken), strict=True)
            over = [(ours[0] - its[0], ours[1] - its[1]) for its, ours in pairs]
            figures[f"{name}_over_bare_{side}_ms"] = _figures(over)
    return figures


async def _round(ask: Ask) -> _Taken:
    short, long = await _milliseconds(ask, SHORT), await _milliseconds(ask, LONG)
    return _Taken((short[0], long[0]), (short[1], long[1]))


async def _milliseconds(ask: Ask, words: int) -> tuple[float, float]:
    began, worked = time.perf_counter(), time.process_time()
    text = await ask(words)
    took = (time.perf_counter() - began) * 1000, (time.process_time() - worked) * 1000
    if text != "word " * words:
        raise RuntimeError("words were lost")
    return took


def _figures(times: Sequence[tuple[float, float]]) -> dict[str, Any]:
    return {
        "a_call": _spread([short for short, _ in times]),
        "a_word": _spread([(long - short) / (LONG - SHORT) for short, long in times]),
    }


def _spread(values: Sequence[float]) -> dict[str, float]:
    return {name: round(percentile(values, at), 4) for name, at in (("q1", 0.25), ("median", 0.5), ("q3", 0.75))}
