"""The language of whoever asks. The server words and stores everything in English; where a text leaves it, `told` says
it in the language that the request prefers."""

from __future__ import annotations

from contextvars import ContextVar
from typing import Annotated

from pydantic import PlainSerializer
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from agents.qa.language import Language
from server.refusals import in_chinese

_asked: ContextVar[Language] = ContextVar("asked", default="en")


def told(text: str) -> str:
    """A text of the server in the language of the request that is being answered."""
    return in_chinese(text) if _asked.get() == "zh" else text


Told = Annotated[str, PlainSerializer(told)]
"""In a document: a text of the server, which leaves it in the language of the request."""


class LanguageOfRequest:
    """Has each request answered in the language that its Accept-Language prefers, and tells caches so."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_varying(message: Message) -> None:
            if message["type"] == "http.response.start" and scope["path"].startswith("/api/"):
                MutableHeaders(raw=message["headers"]).add_vary_header("Accept-Language")
            await send(message)

        before = _asked.set(preferred(Headers(scope=scope).get("accept-language", "")))
        try:
            await self.app(scope, receive, send_varying)
        finally:
            _asked.reset(before)


def preferred(accepted: str) -> Language:
    """The language that an Accept-Language header (RFC 9110, 12.5.4) prefers, the first of two that it likes alike;
    English where it names neither."""
    liked: dict[str, float] = {}
    for entry in accepted.lower().split(","):
        tag, _, weight = entry.partition(";")
        language = tag.strip().partition("-")[0]
        if language in ("zh", "en") and (quality := _quality(weight)):
            liked[language] = max(liked.get(language, 0.0), quality)
    return "zh" if max(liked, key=liked.__getitem__, default="en") == "zh" else "en"


def _quality(weight: str) -> float:
    name, _, value = weight.partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        quality = float(value)
    except ValueError:
        return 0.0
    return quality if 0 <= quality <= 1 else 0.0
