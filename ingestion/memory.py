"""Memory that is handed back."""

from __future__ import annotations

import ctypes
import gc
import sys


def give_back_memory() -> None:
    """Return memory that was freed to the system.

    glibc keeps most of what a large model held for later use, so without this an unloaded model still counts against
    the process. Does nothing where the C library has no `malloc_trim`.
    """
    gc.collect()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
    if trim is not None:
        trim(0)
