"""Writing files that appear whole or not at all."""

from __future__ import annotations

import contextlib
from collections.abc import Generator
from pathlib import Path
from uuid import uuid4


@contextlib.contextmanager
def temporary(target: Path) -> Generator[Path]:
    """A path beside `target` to write to: renamed to `target` on success, removed on any failure."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{uuid4().hex}.part")
    try:
        yield part
        part.replace(target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
