"""Addresses of servers that a user sets: what they may look like, and whether they lead out of this machine."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit


def plain_address(value: str | None, key_setting: str) -> str | None:
    """An address without its trailing slash; null for an empty one.

    `key_setting` names the setting that a key belongs in. Raises ValueError for what is no http or https address, and
    for one that carries a name, password or query.
    """
    if not value:
        return None
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("must be an http or https address such as http://127.0.0.1:8001/v1")
    if parts.username or parts.password or parts.query:
        raise ValueError(f"must not carry a name, password or query; the key belongs in {key_setting}")
    return value.rstrip("/")


def is_remote(base_url: str) -> bool:
    """Whether an address leads out of this machine. A name that is not this machine's own counts as remote."""
    host = urlsplit(base_url).hostname or ""
    if host == "localhost":
        return False
    try:
        return not ipaddress.ip_address(host).is_loopback
    except ValueError:
        return True
