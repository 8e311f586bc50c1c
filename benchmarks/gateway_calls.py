"""Thousands of calls through one model: memory and connections must not grow."""

from __future__ import annotations

import asyncio
import gc
import time
from pathlib import Path
from typing import Any

import psutil

from benchmarks.gateway_provider import provider
from benchmarks.gateway_stack import Stack, stack

AT_ONCE = 8
WORDS = 20
FIRST = 1000
"""Calls after which what libraries keep has settled."""


async def measure(home: Path, calls: int) -> dict[str, Any]:
    """This process after the first thousand calls and after all of them."""
    with provider() as url:
        async with stack(url, home) as layers:
            began = time.monotonic()
            await _ask(layers, FIRST)
            before = _seen()
            await _ask(layers, calls - FIRST)
            after = _seen()
            seconds = time.monotonic() - began
    return {"calls": calls, "seconds": round(seconds, 1), f"after_{FIRST}": before, f"after_{calls}": after}


async def _ask(layers: Stack, calls: int) -> None:
    left = iter(range(calls))

    async def one_after_another() -> None:
        for _ in left:
            await layers.routed(WORDS)

    await asyncio.gather(*(one_after_another() for _ in range(AT_ONCE)))


def _seen() -> dict[str, float]:
    gc.collect()
    process = psutil.Process()
    with process.oneshot():
        return {
            "rss_mb": round(process.memory_info().rss / 1e6, 1),
            "open_files": process.num_fds(),
            "connections": len(process.net_connections()),
        }
