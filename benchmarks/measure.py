"""Small tools for honest measurements: a throw-away data home, peak memory of a process tree, percentiles."""

from __future__ import annotations

import json
import os
import platform
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import psutil

HUIMAI = Path(sys.executable).with_name("huimai")


@contextmanager
def throwaway_home() -> Generator[Path]:
    """An empty data home, removed at the end. The models of this machine are used."""
    with tempfile.TemporaryDirectory(prefix="huimai-bench-") as folder:
        yield Path(folder)


def huimai(home: Path, *arguments: str) -> Any:
    """Run a command of huimai and return its JSON document."""
    done = subprocess.run(
        [str(HUIMAI), *arguments, "--json"],
        env={**os.environ, "HUIMAI_HOME": str(home)},
        stdout=subprocess.PIPE,
        check=True,
    )
    return json.loads(done.stdout)


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which `share` of the values lie (nearest rank)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(share * (len(ordered) - 1)))]


_WARM_UP = 10


def timed(questions: Sequence[str], ask: Callable[[str], object]) -> list[float]:
    """Milliseconds of each call, after some that warm up."""
    for question in questions[:_WARM_UP]:
        ask(question)
    times: list[float] = []
    for question in questions:
        began = time.perf_counter()
        ask(question)
        times.append((time.perf_counter() - began) * 1000)
    return times


class PeakMemory:
    """Samples the resident memory of a process and its children every 50 ms."""

    def __init__(self, pid: int) -> None:
        self._process = psutil.Process(pid)
        self.peak_bytes = 0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> PeakMemory:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._stop.wait(0.05):
            self.peak_bytes = max(self.peak_bytes, tree_memory(self._process))


def tree_memory(process: psutil.Process) -> int:
    """Resident bytes of a process and its children; 0 once it is gone."""
    total = 0
    try:
        for one in (process, *process.children(recursive=True)):
            total += one.memory_info().rss
    except psutil.NoSuchProcess:
        pass
    return total


def free_port() -> int:
    """A TCP port of the loopback address that nobody uses right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_ready(url: str) -> bool:
    """Whether a server answers that its data home is open."""
    try:
        return httpx.get(f"{url}/readyz", timeout=1).status_code == 200
    except httpx.TransportError:
        return False


def wait_until(ready: Any, seconds: float = 30.0) -> float:
    """Seconds until `ready()` is true. Raises TimeoutError."""
    began = time.monotonic()
    while time.monotonic() - began < seconds:
        if ready():
            return time.monotonic() - began
        time.sleep(0.01)
    raise TimeoutError(f"not ready after {seconds} s")


@dataclass(frozen=True, slots=True)
class Served:
    """A running server."""

    url: str
    pid: int


@contextmanager
def serving(home: Path, settings: Mapping[str, str]) -> Generator[Served]:
    """`huimai serve` on a data home, ready, with settings of the environment; ended at the end."""
    port = free_port()
    server = subprocess.Popen(
        [str(HUIMAI), "serve", "--port", str(port)],
        env={**os.environ, "HUIMAI_HOME": str(home), **settings},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        wait_until(lambda: is_ready(url), seconds=120.0)
        yield Served(url, server.pid)
    finally:
        server.terminate()
        server.wait()


def report(name: str, **figures: Any) -> None:
    """Print the result with the machine it came from."""
    machine = {"cores": os.cpu_count(), "machine": platform.machine(), "python": platform.python_version()}
    print(json.dumps({"benchmark": name, **figures, **machine}, ensure_ascii=False, indent=1))
