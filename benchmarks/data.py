"""Where the public data lies that some benchmarks read."""

from __future__ import annotations

import os
import sys
from pathlib import Path

VARIABLE = "HUIMAI_BENCH_DATA"
_BESIDE = Path(__file__).parents[2] / "shared" / "data"


def data_file(name: str) -> Path:
    """A file or folder of the data. Ends the program with one line when it is not there."""
    folder = Path(os.environ[VARIABLE]) if VARIABLE in os.environ else _BESIDE
    path = folder / name
    if not path.exists():
        sys.exit(f"{path} is not there; set {VARIABLE} to the folder of the data, or name the files (--help)")
    return path
