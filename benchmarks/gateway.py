"""The model gateway: what it costs, what it loses under load (nothing), what it keeps, and who waits how long.

`python -m benchmarks.gateway` measures everything, `... overhead streams calls shares health` some of it. `shares` and
`health` need the embedded model: `huimai models pull qwen2.5-coder-1.5b-instruct`.
"""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from benchmarks import gateway_calls, gateway_overhead, gateway_streams, gateway_users
from benchmarks.measure import report, throwaway_home

_Measure = Callable[[Path, argparse.Namespace], Coroutine[Any, Any, dict[str, Any]]]
_PARTS: dict[str, _Measure] = {
    "overhead": lambda home, arguments: gateway_overhead.measure(home, arguments.rounds),
    "streams": lambda home, arguments: gateway_streams.measure(home, arguments.streams),
    "calls": lambda home, arguments: gateway_calls.measure(home, arguments.calls),
    "shares": lambda home, arguments: gateway_users.measure_shares(),
    "health": lambda home, arguments: gateway_users.measure_server(home),
}


def main() -> None:
    """Measure the parts one after the other, each over a data home of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="part", help=f"some of {', '.join(_PARTS)}; all without one")
    parser.add_argument("--rounds", type=int, default=200, help="of the overhead")
    parser.add_argument("--streams", type=int, default=200, help="at once")
    parser.add_argument("--calls", type=int, default=10_000, help="one after the other")
    arguments = parser.parse_args()
    if unknown := set(arguments.parts) - set(_PARTS):
        parser.error(f"there is no part {', '.join(sorted(unknown))}")
    for part in arguments.parts or _PARTS:
        with throwaway_home() as home:
            report(f"gateway: {part}", **asyncio.run(_PARTS[part](home, arguments)))


if __name__ == "__main__":
    main()
