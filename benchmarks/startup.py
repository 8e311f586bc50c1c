"""Server start to /readyz and idle memory, no model loaded."""

from __future__ import annotations

import os
import subprocess
import time

import psutil

from benchmarks.measure import HUIMAI, free_port, is_ready, percentile, report, throwaway_home, tree_memory, wait_until

STARTS = 5
SETTLE_SECONDS = 3.0


def main() -> None:
    """Start the server several times on one home and look at it once it has settled."""
    seconds: list[float] = []
    memory: list[int] = []
    with throwaway_home() as home:
        for _ in range(STARTS):
            port = free_port()
            server = subprocess.Popen(
                [str(HUIMAI), "serve", "--port", str(port)],
                env={**os.environ, "HUIMAI_HOME": str(home)},
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            try:
                seconds.append(wait_until(lambda port=port: is_ready(f"http://127.0.0.1:{port}")))
                time.sleep(SETTLE_SECONDS)
                memory.append(tree_memory(psutil.Process(server.pid)))
            finally:
                server.terminate()
                server.wait()
    report(
        "startup",
        first_start_s=round(seconds[0], 2),
        ready_s_median=round(percentile(seconds[1:], 0.5), 2),
        idle_mb=round(max(memory) / 1e6),
    )


if __name__ == "__main__":
    main()
