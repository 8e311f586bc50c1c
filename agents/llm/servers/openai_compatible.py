"""Chat through any server that speaks the OpenAI chat-completions protocol: vLLM, llama.cpp, Ollama, SGLang, DashScope.

Protocol: POST /chat/completions with `stream: true`, answered by server-sent events; https://platform.openai.com/docs/api-reference/chat.
"""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any
from urllib.parse import urlsplit

import httpx
import openai
from pydantic import JsonValue, SecretStr

from agents.llm.servers.breaker import Breaker
from agents.llm.servers.chunks import NOTHING_USED, Piece, Usage, pieces, require_events
from agents.llm.servers.dialects import DIALECTS, JSON_OBJECT, Dialect, merged
from agents.llm.servers.failures import (
    AttemptError,
    GarbledError,
    NotAStreamError,
    Server,
    SettingNames,
    cut_short,
    explain,
    silent,
    unusable_key,
    withheld,
)
from agents.llm.servers.rate_limits import RateLimits
from agents.llm.servers.retrying import Patience
from agents.llm.servers.thinking import Parts, ThinkingSplitter
from agents.llm.servers.time_limits import Clock, TimeLimits
from agents.ports import ChatCard, Completion, JsonSchema, Message, TextSink
from ingestion.errors import ModelFailedError
from ingestion.outbound import Outbound

__all__ = ["OpenAICompatible", "SchemaBinding", "SettingNames", "TimeLimits"]

SchemaBinding = Callable[[JsonSchema], Mapping[str, Any]]
"""The request fields that bind an answer to a schema."""

_LIST_SECONDS = 5.0
_SAY_JSON = "\n\nAnswer with one JSON object."


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
        dialect: Dialect = DIALECTS["openai"],
        thinking: bool | None = None,
        outbound: Outbound | None = None,
        breaker: Breaker | None = None,
        names: SettingNames | None = None,
    ) -> None:
        """`label` names the server in messages; by default its host and port do.

        `dialect` is how the server wants to be asked, `thinking` whether the model is let think; None leaves the switch
        alone, and the card says whether the model thinks. `binding` overrides how a schema is asked for, `extra_body`
        is added to every request and wins over the dialect. `breaker` is shared by the models of one server; by default
        it never opens. `names` says where the settings stand that hints point to.
        """
        self._thinks = card.thinking if thinking is None else thinking
        bound = card.json_schema and (dialect.binds_thinkers or not self._thinks)
        self._card = dataclasses.replace(card, thinking=self._thinks, json_schema=bound)
        self._base_url = base_url
        self._limits = limits or TimeLimits()
        self._extra_body = dict(extra_body or {})
        self._bind = binding
        self._dialect = dialect
        self._thinking = thinking
        self._outbound = outbound or Outbound()
        label = label or f"the chat server at {urlsplit(base_url).netloc}"
        key = api_key.get_secret_value() if api_key else ""
        self._server = Server(label, card.name, names or SettingNames(), key)
        self._breaker = breaker or Breaker(label, failures=None)
        # sellers count each model apart
        self._patience = Patience(label, retries, self._breaker, RateLimits())
        self._limit = "max_tokens"
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
        """Answer by streaming. Raises ModelFailedError, PrivacyError; cancelling closes the connection."""
        unusable = unusable_key(self._server)
        if unusable is not None:
            raise unusable
        request = self._request(messages, max_tokens, temperature, schema)
        tries = self._breaker.admit()
        clock = Clock(self._limits)
        try:
            async with clock.running():
                return await self._patience.call(lambda: self._attempt(request, on_text, on_reasoning, clock), clock)
        except TimeoutError as error:
            if not clock.passed():
                raise
            seconds, waiting_for = clock.verdict()
            failed = silent(self._server, seconds, waiting_for)
            if waiting_for != "the end":
                # whoever talks on and on is well
                self._breaker.failed(failed.message)
            raise failed from error
        except AttemptError as failure:
            raise (await self._with_names(failure.error) if failure.no_model else failure.error) from None
        finally:
            if tries:
                self._breaker.gave_up()

    async def close(self) -> None:
        """Close the connections."""
        client, self._client = self._client, None
        if client is not None:
            await client.close()

    async def _attempt(
        self, request: dict[str, Any], on_text: TextSink | None, on_reasoning: TextSink | None, clock: Clock
    ) -> Completion:
        opened = self._thinks and self._dialect.opens
        answer = _Answer(on_text, on_reasoning, ThinkingSplitter(opened=opened))
        try:
            await self._stream(request, answer, clock)
        except (openai.OpenAIError, NotAStreamError, GarbledError) as error:
            raise explain(error, self._server, answering=answer.open, heard=answer.heard) from None
        if answer.finish_reason == "content_filter":
            raise AttemptError(withheld(self._server))
        if not answer.finish_reason:
            raise AttemptError(cut_short(self._server), passing=not answer.heard, fault=True)
        return answer.completion(self._card.name)

    async def _stream(self, request: dict[str, Any], answer: _Answer, clock: Clock) -> None:
        stream = await self._begun(request)
        async with stream:
            self._patience.rates.note(stream.response.headers)
            await require_events(stream)
            answer.open = True
            async with aclosing(pieces(stream)) as arriving:
                async for piece in arriving:
                    if answer.add(piece):
                        clock.heard()
        answer.finish()

    async def _begun(self, request: dict[str, Any]) -> openai.AsyncStream[Any]:
        completions: Any = self._connected().chat.completions
        try:
            return await completions.create(**request)
        except openai.BadRequestError as error:
            if error.code != "unsupported_parameter" or error.param != "max_tokens":
                raise
        # OpenAI's reasoning models know the longest answer by this name alone; other servers by the other, and where
        # they do not know a name, they answer at any length
        self._limit = "max_completion_tokens"
        request[self._limit] = request.pop("max_tokens")
        return await completions.create(**request)

    def _request(
        self, messages: Sequence[Message], max_tokens: int, temperature: float, schema: JsonSchema | None
    ) -> dict[str, Any]:
        said: list[dict[str, str]] = [{"role": one.role, "content": one.content} for one in messages]
        bound: Mapping[str, Any] = {} if schema is None else self._bound(schema)
        if bound is JSON_OBJECT and not any("json" in message.content.lower() for message in messages):
            # servers refuse to promise JSON to a prompt that does not ask for it
            said[0]["content"] += _SAY_JSON
        heat = self._dialect.temperature if self._thinks and not temperature else temperature
        asked = merged(self._dialect.switched(self._thinking, max_tokens), self._extra_body)
        return {
            "model": self._card.name,
            "messages": said,
            self._limit: max_tokens,
            **({} if heat is None else {"temperature": heat}),
            "stream": True,
            "stream_options": {"include_usage": True},
            "extra_body": {**asked, **bound},
        }

    def _bound(self, schema: JsonSchema) -> Mapping[str, Any]:
        if self._bind is not None:
            return self._bind(schema)
        return self._dialect.bound(schema, by_schema=self._card.json_schema, thinks=self._thinks)

    async def _with_names(self, failure: ModelFailedError) -> ModelFailedError:
        """The failure to find the model, with the names that the server does know and that are most like it."""
        try:
            async with asyncio.timeout(_LIST_SECONDS):
                known = [model.id for model in (await self._connected().models.list()).data]
        except (openai.OpenAIError, TimeoutError, ValueError, TypeError, AttributeError):
            return failure
        near = get_close_matches(self._card.name, known, cutoff=0.4) or known[:3]
        if not near or self._card.name in known:
            return failure
        names = ", ".join(f"'{name}'" for name in near)
        return ModelFailedError(f"{failure.message}; it has {names}", failure.hint)

    def _connected(self) -> openai.AsyncOpenAI:
        if self._client is None:
            # the client takes what its annotations do not name: one of httpx as well as one of httpx2
            http: Any = self._outbound.async_client(
                self._base_url, remote=self._card.remote, timeout=httpx.Timeout(None, connect=self._limits.connect)
            )
            self._client = openai.AsyncOpenAI(
                base_url=self._base_url,
                # a given key, even a meaningless one, keeps the client from sending the one in OPENAI_API_KEY
                api_key=self._server.secret or "none",
                max_retries=0,
                http_client=http,
            )
        return self._client


@dataclass(slots=True)
class _Answer:
    """An answer while it arrives."""

    on_text: TextSink | None
    on_reasoning: TextSink | None
    splitter: ThinkingSplitter
    open: bool = False
    heard: bool = False
    finish_reason: str = ""
    _text: list[str] = field(default_factory=list[str])
    _reasoning: list[str] = field(default_factory=list[str])
    _usage: Usage = NOTHING_USED

    def add(self, piece: Piece) -> bool:
        """Take one event; True when it carried words."""
        self._usage = piece.usage or self._usage
        self.finish_reason = piece.finish_reason or self.finish_reason
        if not (piece.text or piece.reasoning):
            return False
        self.heard = True
        if piece.reasoning:
            self.splitter.apart()
            self._take(Parts(piece.reasoning, ""))
        self._take(self.splitter.feed(piece.text))
        return True

    def finish(self) -> None:
        """The stream has ended."""
        self._take(self.splitter.finish())

    def completion(self, model: str) -> Completion:
        """The whole answer."""
        return Completion(
            text="".join(self._text),
            reasoning="".join(self._reasoning),
            prompt_tokens=self._usage.prompt,
            completion_tokens=self._usage.completion,
            model=model,
            finish_reason=self.finish_reason,
            cached_tokens=self._usage.cached,
            reasoning_tokens=self._usage.reasoning,
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
