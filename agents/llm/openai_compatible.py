"""Chat through any server that speaks the OpenAI chat-completions protocol: vLLM, llama.cpp, Ollama, DashScope.

Protocol: POST /chat/completions with `stream: true`, answered by server-sent events; https://platform.openai.com/docs/api-reference/chat.
Thinking arrives as `reasoning` (vLLM), `reasoning_content` (llama.cpp, DashScope) or inside <think> tags.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import openai
from openai.types.chat import ChatCompletionChunk
from pydantic import JsonValue, SecretStr

from agents.llm.failures import cut_short, explain, garbled, silent
from agents.llm.thinking import Parts, ThinkingSplitter
from agents.ports import ChatCard, Completion, JsonSchema, Message, TextSink

SchemaBinding = Callable[[JsonSchema], Mapping[str, Any]]
"""The request fields that bind an answer to a schema."""


def bind_schema(schema: JsonSchema) -> Mapping[str, Any]:
    """Structured outputs: the server itself holds the answer to the schema."""
    name = str(schema.get("title", "answer"))
    return {"response_format": {"type": "json_schema", "json_schema": {"name": name, "schema": schema}}}


def bind_json_object(_: JsonSchema) -> Mapping[str, Any]:
    """JSON mode: the server promises some JSON object; the prompt must say JSON and show the schema."""
    return {"response_format": {"type": "json_object"}}


@dataclass(frozen=True, slots=True)
class TimeLimits:
    """Seconds to wait: for a connection, for the first word, between words, and for the whole answer."""

    connect: float = 10.0
    first_token: float = 120.0
    between_tokens: float = 60.0
    total: float = 600.0


class OpenAICompatible:
    """A chat model behind an OpenAI-compatible server."""

    def __init__(
        self,
        card: ChatCard,
        *,
        base_url: str,
        api_key: SecretStr | None = None,
        limits: TimeLimits | None = None,
        retries: int = 2,
        extra_body: Mapping[str, JsonValue] | None = None,
        binding: SchemaBinding | None = None,
        label: str = "",
    ) -> None:
        """`label` names the server in messages; by default its host and port do.

        `binding` overrides how a schema is asked for, `extra_body` is added to every request.
        """
        self._card = card
        self._base_url = base_url
        self._api_key = api_key or SecretStr("")
        self._limits = limits or TimeLimits()
        self._retries = retries
        self._extra_body = dict(extra_body or {})
        self._bind = binding or (bind_schema if card.json_schema else bind_json_object)
        self._label = label or f"the chat server at {urlsplit(base_url).netloc}"
        self._client: openai.AsyncOpenAI | None = None

    @property
    def card(self) -> ChatCard:
        """What the model can do."""
        return self._card

    async def complete(
        self,
        messages: Sequence[Message],
        *,
        max_tokens: int,
        temperature: float = 0.0,
        schema: JsonSchema | None = None,
        on_text: TextSink | None = None,
        on_reasoning: TextSink | None = None,
    ) -> Completion:
        """Answer by streaming. Raises ModelFailedError; cancelling closes the connection."""
        request = self._request(messages, max_tokens, temperature, schema)
        answer = _Answer(on_text, on_reasoning)
        clock = _Clock(self._limits)
        try:
            async with clock.running():
                await self._stream(request, answer, clock)
        except TimeoutError as error:
            raise silent(self._label, *clock.verdict()) from error
        except (openai.OpenAIError, json.JSONDecodeError) as error:
            raise explain(
                error,
                server=self._label,
                model=self._card.name,
                answering=answer.open,
                secret=self._api_key.get_secret_value(),
            ) from None
        if not answer.finish_reason:
            raise cut_short(self._label)
        return answer.completion(self._card.name)

    async def close(self) -> None:
        """Close the connections."""
        client, self._client = self._client, None
        if client is not None:
            await client.close()

    async def _stream(self, request: dict[str, Any], answer: _Answer, clock: _Clock) -> None:
        completions: Any = self._connected().chat.completions
        stream: openai.AsyncStream[object] = await completions.create(**request)
        answer.open = True
        async with stream:
            async for chunk in stream:
                if not isinstance(chunk, ChatCompletionChunk):
                    raise garbled(self._label)
                if answer.add(chunk):
                    clock.heard()
        answer.finish()

    def _request(
        self, messages: Sequence[Message], max_tokens: int, temperature: float, schema: JsonSchema | None
    ) -> dict[str, Any]:
        bound = dict(self._bind(schema)) if schema is not None else {}
        return {
            "model": self._card.name,
            "messages": [{"role": message.role, "content": message.content} for message in messages],
            "max_tokens": max_tokens,
            "temperature": temperature,
            "stream": True,
            "stream_options": {"include_usage": True},
            "extra_body": {**self._extra_body, **bound},
        }

    def _connected(self) -> openai.AsyncOpenAI:
        if self._client is None:
            self._client = openai.AsyncOpenAI(
                base_url=self._base_url,
                # a given key, even a meaningless one, keeps the client from sending the one in OPENAI_API_KEY
                api_key=self._api_key.get_secret_value() or "none",
                max_retries=self._retries,
                timeout=openai.Timeout(None, connect=self._limits.connect),
                # proxies of the environment lead out of the machine
                http_client=openai.DefaultAsyncHttpxClient(trust_env=self._card.remote),
            )
        return self._client


class _Clock:
    """One deadline that moves: first to the first word, then on with each word, never past the total."""

    def __init__(self, limits: TimeLimits) -> None:
        self._limits = limits
        self._loop = asyncio.get_running_loop()
        self._end = self._loop.time() + limits.total
        self._deadline = asyncio.timeout_at(min(self._loop.time() + limits.first_token, self._end))
        self._heard = False

    def running(self) -> asyncio.Timeout:
        """The context that the deadline cancels with TimeoutError."""
        return self._deadline

    def heard(self) -> None:
        """A word came; the wait for the next begins."""
        self._heard = True
        self._deadline.reschedule(min(self._loop.time() + self._limits.between_tokens, self._end))

    def verdict(self) -> tuple[float, str]:
        """The limit that passed, in seconds, and what was waited for."""
        if self._loop.time() >= self._end:
            return self._limits.total, "the end"
        if self._heard:
            return self._limits.between_tokens, "the next word"
        return self._limits.first_token, "the first word"


@dataclass(slots=True)
class _Answer:
    """An answer while it arrives."""

    on_text: TextSink | None
    on_reasoning: TextSink | None
    open: bool = False
    finish_reason: str = ""
    _text: list[str] = field(default_factory=list[str])
    _reasoning: list[str] = field(default_factory=list[str])
    _splitter: ThinkingSplitter = field(default_factory=ThinkingSplitter)
    _prompt_tokens: int = 0
    _completion_tokens: int = 0

    def add(self, chunk: ChatCompletionChunk) -> bool:
        """Take one event; True when it carried words."""
        if chunk.usage is not None:
            self._prompt_tokens = chunk.usage.prompt_tokens
            self._completion_tokens = chunk.usage.completion_tokens
        if not chunk.choices:
            return False
        choice = chunk.choices[0]
        self.finish_reason = choice.finish_reason or self.finish_reason
        reasoning = getattr(choice.delta, "reasoning", None) or getattr(choice.delta, "reasoning_content", None) or ""
        text = choice.delta.content or ""
        self._take(Parts(reasoning, ""))
        self._take(self._splitter.feed(text))
        return bool(text or reasoning)

    def finish(self) -> None:
        """The stream has ended."""
        self._take(self._splitter.finish())

    def completion(self, model: str) -> Completion:
        """The whole answer."""
        return Completion(
            text="".join(self._text),
            reasoning="".join(self._reasoning),
            prompt_tokens=self._prompt_tokens,
            completion_tokens=self._completion_tokens,
            model=model,
            finish_reason=self.finish_reason,
        )

    def _take(self, parts: Parts) -> None:
        if parts.reasoning:
            self._reasoning.append(parts.reasoning)
            if self.on_reasoning is not None:
                self.on_reasoning(parts.reasoning)
        if parts.answer:
            self._text.append(parts.answer)
            if self.on_text is not None:
                self.on_text(parts.answer)
