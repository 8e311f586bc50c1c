"""The embedded model as one of those who ask has it: in turns."""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from typing import TYPE_CHECKING

from agents.llm.turns import TellAhead
from agents.ports import ChatCard, Completion, JsonSchema, Message, TextSink

if TYPE_CHECKING:
    from agents.llm.embedded import EmbeddedChatModel


class OfCaller:
    """A chat model that is shared with others. Where nobody waits for an answer, its call gives way once to a person
    who comes before its first word: what it had read of its prompt by then is remembered."""

    def __init__(self, model: EmbeddedChatModel, caller: str, waiting: bool, tell_ahead: TellAhead | None) -> None:
        self._model, self._caller, self._waiting, self._tell_ahead = model, caller, waiting, tell_ahead

    @property
    def card(self) -> ChatCard:
        """What the model can do."""
        return self._model.card

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
        """See `EmbeddedChatModel`."""
        words = _Words(on_text)

        def answer(on_text: TextSink | None) -> Awaitable[Completion]:
            return self._model.answer_now(messages, max_tokens, temperature, schema, on_text, on_reasoning)

        turns = self._model.turns
        if not self._waiting:
            return await turns.background(self._caller, lambda: answer(words), lambda: not words.came)
        async with turns.take(self._caller, tell_ahead=self._tell_ahead):
            return await answer(on_text)

    async def close(self) -> None:
        """Nothing: others use the model too."""


class _Words:
    """Whether a word of an answer has come."""

    def __init__(self, on_text: TextSink | None) -> None:
        self._on_text, self.came = on_text, False

    def __call__(self, piece: str) -> None:
        self.came = True
        if self._on_text is not None:
            self._on_text(piece)
