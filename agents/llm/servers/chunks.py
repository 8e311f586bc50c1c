"""The events of a streamed chat answer, as far as they matter here.

Thinking arrives as `reasoning` (vLLM, Ollama) or `reasoning_content` (llama.cpp, SGLang, DashScope, older vLLM); what
is left inside the text is for `thinking.ThinkingSplitter`. Tokens that had been evaluated before are told as
`usage.prompt_tokens_details.cached_tokens`, by llama.cpp also as `timings.cache_n`; those of thinking as
`usage.completion_tokens_details.reasoning_tokens`, by SGLang as `usage.reasoning_tokens`.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import Any, NamedTuple, cast

import openai
from openai.types.chat import ChatCompletionChunk

from agents.llm.servers.failures import GarbledError, NotAStreamError

_LONGEST_BODY = 100_000


class Usage(NamedTuple):
    """Tokens of a call."""

    prompt: int = 0
    completion: int = 0
    cached: int = 0
    reasoning: int = 0


NOTHING_USED = Usage()


class Piece(NamedTuple):
    """What one event carried."""

    text: str = ""
    reasoning: str = ""
    finish_reason: str = ""
    usage: Usage | None = None


async def require_events(stream: openai.AsyncStream[Any]) -> None:
    """Raises NotAStreamError when the server answered with a page or a document."""
    content_type = stream.response.headers.get("content-type", "")
    if "html" in content_type or "json" in content_type:
        body = await stream.response.aread()
        raise NotAStreamError(content_type.partition(";")[0], body[:_LONGEST_BODY].decode(errors="replace"))


async def pieces(stream: openai.AsyncStream[Any]) -> AsyncGenerator[Piece, None]:
    """What the events carry, one by one. Raises openai.OpenAIError, GarbledError."""
    try:
        async for chunk in stream:
            yield _piece(chunk)
    except ValueError as error:
        raise GarbledError from error


def _piece(chunk: object) -> Piece:
    # the client does not validate events
    try:
        event = cast(ChatCompletionChunk, chunk)
        usage = _usage(event)
        if not event.choices:
            return Piece(usage=usage)
        choice = event.choices[0]
        delta: Any = choice.delta
        reasoning = getattr(delta, "reasoning", None) or getattr(delta, "reasoning_content", None) or ""
        text = delta.content or ""
    except (AttributeError, TypeError, KeyError, IndexError) as error:
        raise ValueError("not an event of the protocol") from error
    if not (isinstance(text, str) and isinstance(reasoning, str)):
        raise ValueError("text that is none")
    return Piece(text, reasoning, choice.finish_reason or "", usage)


def _usage(event: ChatCompletionChunk) -> Usage | None:
    usage: Any = event.usage
    if usage is None:
        return None
    timings: Any = getattr(event, "timings", None) or {}
    return Usage(
        usage.prompt_tokens,
        usage.completion_tokens,
        _count(usage.prompt_tokens_details, "cached_tokens") or timings.get("cache_n") or 0,
        _count(usage.completion_tokens_details, "reasoning_tokens") or getattr(usage, "reasoning_tokens", None) or 0,
    )


def _count(details: object, name: str) -> int:
    return getattr(details, name, None) or 0
