"""A chat model that plays given answers. For tests; no setting selects it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from agents.ports import ChatCard, Completion, JsonSchema, Message, TextSink
from ingestion.errors import HuimaiError, ModelFailedError


class Play(Enum):
    """Things a script can do besides answering."""

    HANG = "never answers"


Reply = str | Completion | HuimaiError | Play | Callable[[Sequence[Message]], str]
"""A text, a whole completion, an error to raise, a hang, or a function from the prompt to a text."""

SCRIPTED_CARD = ChatCard(
    name="scripted", tier="scripted", context_tokens=8192, json_schema=True, thinking=False, remote=False
)


@dataclass(frozen=True, slots=True)
class Call:
    """One call as the model received it."""

    messages: tuple[Message, ...]
    schema: JsonSchema | None
    max_tokens: int
    temperature: float


class ScriptedChatModel:
    """Plays `replies` in order and keeps every call in `calls`. Raises ModelFailedError when the script is over."""

    def __init__(self, replies: Iterable[Reply], *, card: ChatCard = SCRIPTED_CARD, piece: int = 8) -> None:
        """`piece` is how many characters are streamed at once."""
        self._replies = list(replies)
        self._card = card
        self._piece = piece
        self.calls: list[Call] = []
        self.closed = False

    @property
    def card(self) -> ChatCard:
        """The card given."""
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
        """Play the next reply; tokens are counted as words parted by spaces."""
        self.calls.append(Call(tuple(messages), schema, max_tokens, temperature))
        completion = await self._next(messages)
        if on_reasoning is not None and completion.reasoning:
            on_reasoning(completion.reasoning)
        for at in range(0, len(completion.text), self._piece):
            await asyncio.sleep(0)
            if on_text is not None:
                on_text(completion.text[at : at + self._piece])
        return completion

    async def close(self) -> None:
        """Remember that it was closed."""
        self.closed = True

    async def _next(self, messages: Sequence[Message]) -> Completion:
        if not self._replies:
            raise ModelFailedError(f"the script has no reply left for call {len(self.calls)}", "Give it more replies.")
        reply = self._replies.pop(0)
        if isinstance(reply, HuimaiError):
            raise reply
        if reply is Play.HANG:
            await asyncio.Event().wait()
        if isinstance(reply, Completion):
            return reply
        text = reply(messages) if callable(reply) else str(reply)
        prompt_tokens = sum(len(message.content.split()) for message in messages)
        return Completion(text, "", prompt_tokens, len(text.split()), self._card.name, "stop")
