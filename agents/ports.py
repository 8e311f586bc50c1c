"""The collaborators of the agents that can be swapped, and the values that travel to and from them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
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


class Reads(StrEnum):
    """What a chat model reads well enough for the ledger."""

    WINDOWS = "windows"
    """Long stretches of a meeting: it finds what matters in them, and tells whether two statements are one matter."""
    DOUBTS = "doubts"
    """A few lines that code is in doubt about."""
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class ChatCard:
    """What a chat model can do and where it runs.

    `context_tokens` holds prompt and answer together. `json_schema` says that the server binds an answer to a
    schema by itself. `thinking` says that the model reasons before it answers. `remote` says that text leaves this
    machine. `reads` is what it does for the ledger. `even_tokens` is how much it reads with the same care from end to
    end, null where that is not known.
    """

    name: str
    tier: str
    context_tokens: int
    json_schema: bool
    thinking: bool
    remote: bool
    reads: Reads = Reads.NOTHING
    even_tokens: int | None = None


@dataclass(frozen=True, slots=True)
class Completion:
    """A finished answer. `reasoning` is the model's thinking, never part of `text`.

    `finish_reason` is "stop" for a whole answer and "length" for one cut at `max_tokens`. Of the prompt's tokens
    `cached_tokens` had been evaluated before; `reasoning_tokens` are among the completion's, where the server tells.
    """

    text: str
    reasoning: str
    prompt_tokens: int
    completion_tokens: int
    model: str
    finish_reason: str
    cached_tokens: int = 0
    reasoning_tokens: int = 0


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
