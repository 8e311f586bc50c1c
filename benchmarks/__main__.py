"""Every benchmark that needs no data of its own, one after another. `bulk` needs a file: run it by itself."""

from __future__ import annotations

import subprocess
import sys

ALL = ("startup", "ask", "search", "ingest", "gateway")

for name in ALL:
    subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=True)
