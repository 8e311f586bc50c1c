"""Log records on stderr, one line each: a traceback reaches a user only with --debug."""

from __future__ import annotations

import copy
import logging
import sys


class _Lines(logging.Formatter):
    def __init__(self, debug: bool) -> None:
        super().__init__("%(levelname)s %(name)s: %(message)s")
        self.debug = debug

    def format(self, record: logging.LogRecord) -> str:
        """One line, unless debugging."""
        if self.debug:
            return super().format(record)
        plain = copy.copy(record)
        plain.exc_info = plain.exc_text = plain.stack_info = None
        return super().format(plain).partition("\n")[0]


def configure(level: str, debug: bool) -> None:
    """Send records of `level` and above to stderr."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Lines(debug))
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    # uvicorn writes the traceback of a failed start into the message itself; the command reports that failure
    logging.getLogger("uvicorn.error").setLevel(logging.DEBUG if debug else logging.CRITICAL)
    for noisy in ("httpx", "httpcore", "asyncio", "filelock"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
