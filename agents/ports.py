"""The collaborators of the agents that can be swapped, and the values that travel to and from them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

TextSink = Callable[[str], None]
"""Called in the event loop with each new piece of streamed text."""

JsonSchema = Mapping[str, Any]
"""A JSON schema document."""


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a chat."""

    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class ChatCard:
    """What a chat model can do and where it runs.

    `context_tokens` holds prompt and answer together. `json_schema` says that the server binds an answer to a
    schema by itself. `thinking` says that the model reasons before it answers. `remote` says that text leaves this
    machine.
    """

    name: str
    tier: str
    context_tokens: int
    json_schema: bool
    thinking: bool
    remote: bool


@dataclass(frozen=True, slots=True)
class Completion:
    """A finished answer. `reasoning` is the model's thinking, never part of `text`.

    `finish_reason` is "stop" for a whole answer and "length" for one cut at `max_tokens`.
    """

    text: str
    reasoning: str
    prompt_tokens: int
    completion_tokens: int
    model: str
    finish_reason: str


class ChatModel(Protocol):
    """A chat model, used within one event loop. Cancelling a call stops the model's work on it."""

    @property
    def card(self) -> ChatCard:
        """What the model can do; known without loading it."""
        ...

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
        """Answer `messages` with at most `max_tokens` tokens.

        With `schema` the text is JSON, bound to it where the card says so. Raises ModelFailedError.
        """
        ...

    async def close(self) -> None:
        """Free connections and memory. A later call to `complete` opens them again."""
        ...
