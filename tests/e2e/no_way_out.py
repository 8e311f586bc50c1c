"""Sees, and stops, every attempt of this process to leave the machine.

CPython raises an audit event before each connect, datagram and look-up of a name, wherever the call comes from: the
standard library's sockets, event loops, and extensions that use Python's sockets (PEP 578).
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from ingestion.addresses import is_remote_host

_LOOK_UPS = ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr")
_SENDS = ("socket.connect", "socket.sendto", "socket.sendmsg")


@dataclass
class Watch:
    """What was tried: hosts that were looked up or connected to, and pip or curl where they were started."""

    attempts: list[str] = field(default_factory=list[str])


_watching: list[Watch] = []


def _audit(event: str, given: tuple[Any, ...]) -> None:
    if not _watching:
        return
    host = _host(event, given)
    if host is not None and is_remote_host(host):
        _watching[-1].attempts.append(host)
        raise OSError(f"there is no way out to {host}")


def _host(event: str, given: tuple[Any, ...]) -> str | None:
    """The host that an event is about; null where it is none of a network."""
    if event in _LOOK_UPS:
        # no host means this machine
        return _text(given[0]) or "localhost"
    if event in _SENDS and isinstance(given[1], tuple):
        return _text(given[1][0]) or "localhost"
    if event == "subprocess.Popen" and any(word in str(given[1]) for word in ("pip", "curl", "wget")):
        return "a process"
    return None


def _text(value: Any) -> str:
    return value.decode() if isinstance(value, bytes) else str(value or "")


# an audit hook cannot be taken away again
sys.addaudithook(_audit)


@contextmanager
def no_way_out() -> Iterator[Watch]:
    """Stop everything that would leave the machine while this lasts."""
    watch = Watch()
    _watching.append(watch)
    try:
        yield watch
    finally:
        _watching.remove(watch)
