"""Addresses and keys of servers that a user sets: what they may look like, whether they lead out of this machine."""

from __future__ import annotations

import ipaddress
import re
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import BeforeValidator, SecretStr


def _stripped(value: object) -> object:
    return value.strip() if isinstance(value, str) else value


ApiKey = Annotated[SecretStr, BeforeValidator(_stripped)]
"""The key of a server, without the spaces and line breaks that copies and files end in."""


def plain_address(value: str | None, key_setting: str) -> str | None:
    """An address without its trailing slash; null for an empty one.

    `key_setting` names the setting that a key belongs in. Raises ValueError for what is no http or https address, and
    for one that carries a name, password, query or fragment.
    """
    if not value:
        return None
    parts = urlsplit(value)
    # the port is read only when it is asked for
    told = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    if not told or not value.isprintable() or " " in value or not _is_host(parts.hostname or ""):
        raise ValueError("must be an http or https address such as http://127.0.0.1:8001/v1")
    if parts.username or parts.password or parts.query or parts.fragment:
        raise ValueError(f"must not carry a name, password, query or fragment; the key belongs in {key_setting}")
    return value.rstrip("/")


def _is_host(host: str) -> bool:
    """Whether a client can look up a host, without brackets or port."""
    if host.isascii() and "xn--" not in host:
        return re.fullmatch(r"[A-Za-z0-9._\-:%]+", host) is not None
    import httpx

    try:
        return bool(httpx.URL(f"http://{host}").host)
    except (httpx.InvalidURL, UnicodeError):
        return False


def is_outside(base_url: str | None, told: bool | None) -> bool:
    """Whether a server is outside the user's control: as they have told, else as its address says."""
    return is_remote(base_url or "") if told is None else told


def is_remote(base_url: str) -> bool:
    """Whether an address leads out of this machine. A name that is not this machine's own counts as remote."""
    return is_remote_host(urlsplit(base_url).hostname or "")


def is_remote_host(host: str) -> bool:
    """Whether a host, without brackets or port, is another machine.

    Only `localhost` and loopback addresses in their usual form are this one. Names are never resolved, since what they
    resolve to may change; spellings of addresses that programs read differently (127.1, 0x7f000001, ::ffff:127.0.0.1)
    count as remote.
    """
    if host.lower() == "localhost":
        return False
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return True
    # later Pythons see through addresses of IPv4 within IPv6, earlier ones do not
    return not address.is_loopback or getattr(address, "ipv4_mapped", None) is not None
