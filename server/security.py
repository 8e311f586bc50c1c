"""What keeps other sites and other machines out while there is no authentication.

Only loopback addresses are bound; only loopback names are accepted as Host, which stops DNS rebinding; a page of
another origin can neither change nor embed anything; and pages run no script but their own.
"""

from __future__ import annotations

import contextlib
import ipaddress
import logging
from collections.abc import AsyncIterator, Mapping
from urllib.parse import urlsplit

import anyio
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ingestion.errors import BadInputError, HuimaiError, TooLargeError
from ingestion.storage import storage_full
from server.problems import ForbiddenError, problem_response

UPLOADS = "/api/v1/uploads"
RESUMABLE_UPLOADS = "/api/v1/resumable-uploads"

MAX_BODY_BYTES = 1024 * 1024
"""Largest request body outside of uploads, which limit themselves."""

DRAIN_SECONDS = 5.0

_TOO_LARGE = f"the request's body is larger than {MAX_BODY_BYTES // 1024} KiB"
_SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
_POLICY = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}

logger = logging.getLogger(__name__)


def content_policy(nonce: str) -> str:
    """The policy of a page whose own style elements carry this nonce."""
    return f"{_POLICY}; style-src 'self' 'nonce-{nonce}'"


def check_host(host: str) -> str:
    """The address to bind, if it is this machine's own. Raises BadInputError for any other."""
    if _is_loopback(host.strip("[]")):
        return host
    raise BadInputError(
        f"the server does not bind {host}: anyone who reaches that address could read every meeting",
        "other addresses need sign-in, which does not exist yet; use 127.0.0.1, and an SSH tunnel from elsewhere",
    )


class SecurityHeaders:
    """Adds the security headers to every response, and answers what nobody expected with a plain 500 problem."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False

        async def send_with_headers(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(raw=message["headers"])
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        try:
            await self.app(scope, receive, send_with_headers)
        except Exception as error:
            if started:
                raise
            if storage_full(error) is None:
                logger.exception("%s %s failed", scope["method"], scope["path"])
            await problem_response(error, scope["path"])(scope, receive, send_with_headers)


class Guard:
    """Refuses foreign hosts and foreign origins before a route sees them."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        refusal = refuse(scope["method"], scope["path"], Headers(scope=scope))
        if refusal is not None:
            await drain(Request(scope, receive).stream())
            await problem_response(refusal, scope["path"])(scope, receive, send)
            return
        unlimited = _limits_itself(scope["method"], scope["path"])
        await self.app(scope, receive if unlimited else _limited(scope, receive), send)


def refuse(method: str, path: str, headers: Mapping[str, str]) -> HuimaiError | None:
    """Why a request is refused, or None. `headers` have lower-case names."""
    host = headers.get("host", "")
    if not _is_loopback(_hostname(host)):
        return ForbiddenError(
            f"this server answers for this machine only, not for '{host}'", "open it as http://127.0.0.1 or localhost"
        )
    origin = headers.get("origin")
    foreign = origin is not None and urlsplit(origin).netloc != host
    cross_site = headers.get("sec-fetch-site") == "cross-site" and path.startswith("/api/")
    if cross_site or (foreign and method not in _SAFE_METHODS):
        return ForbiddenError("requests from other sites are refused", "open Huimai's own page and do it there")
    if not _limits_itself(method, path) and int(headers.get("content-length", "0")) > MAX_BODY_BYTES:
        return TooLargeError(_TOO_LARGE, f"files go to POST {UPLOADS}")
    return None


def _limits_itself(method: str, path: str) -> bool:
    return path == UPLOADS or (method == "PATCH" and path.startswith(f"{RESUMABLE_UPLOADS}/"))


def _limited(scope: Scope, receive: Receive) -> Receive:
    """For bodies that come without a length. HTTPException is what the framework lets through while it reads."""
    size = 0

    async def counted() -> Message:
        nonlocal size
        message = await receive()
        size += len(message.get("body", b""))
        if size > MAX_BODY_BYTES:
            if message.get("more_body"):
                await drain(Request(scope, receive).stream())
            raise HTTPException(413, _TOO_LARGE)
        return message

    return counted


async def drain(body: AsyncIterator[object]) -> None:
    """Read on for a moment, so that a client that is still sending gets to see the answer."""
    with anyio.move_on_after(DRAIN_SECONDS), contextlib.suppress(ClientDisconnect):
        async for _ in body:
            pass


def _hostname(host: str) -> str:
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def _is_loopback(host: str) -> bool:
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
