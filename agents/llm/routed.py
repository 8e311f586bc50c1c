"""A chat model that goes the way that was chosen for a piece of work: tier by tier until one answers."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from agents.llm.choice import Taken
from agents.llm.domain import Spent, Tier, Work
from agents.llm.metering import BudgetError, Ended, Hold, Meter, Outcome
from agents.llm.pricing import cost
from agents.ports import ChatCard, ChatModel, Completion, JsonSchema, Message, TextSink
from agents.routing.tokens import tokens_of
from ingestion.errors import HuimaiError, ModelFailedError, ModelMissingError
from ingestion.outbound import PrivacyError, about

OpenTier = Callable[[Tier, Work], Awaitable[ChatModel]]
"""Opens the model of a tier for a piece of work. Raises ModelMissingError and BadInputError."""

_Sinks = tuple[TextSink | None, TextSink | None]


class RoutedModel:
    """The tiers of a way as one chat model. A tier that fails before its first word makes room for the next one in
    which the call fits, for the rest of the work; `taken` keeps what became of it."""

    def __init__(
        self, work: Work, way: Sequence[Tier], card: ChatCard, open_tier: OpenTier, meter: Meter, because: str
    ) -> None:
        """`way` begins with the tier chosen, whose `card` it is; `because` is the code of the reason for it."""
        self._work, self._way, self._card, self._chosen = work, way, card, way[0]
        self._open, self._meter, self._because = open_tier, meter, because
        self.taken = Taken()

    @property
    def card(self) -> ChatCard:
        """What the chosen tier can do; binds answers to a schema only if every tier of the way does."""
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
        """Answer by the first tier that does. Raises what the last one raised."""
        prompt_tokens = sum(tokens_of(message.content) for message in messages)
        work = replace(self._work, prompt_tokens=prompt_tokens, reply_tokens=max_tokens)
        failed: HuimaiError | None = None
        before: str | None = None
        for tier in tuple(self._way):
            if tier is not self._chosen and prompt_tokens + max_tokens > tier.context_tokens:
                continue
            call = _Call(work, tier, self._because, before, (on_text, on_reasoning))
            try:
                completion = await self._call(call, messages, max_tokens, temperature, schema)
            except (ModelFailedError, ModelMissingError, PrivacyError, BudgetError) as error:
                failed, before = error, tier.name
                if call.spoken:
                    raise
                self.taken.falls.append(f"{tier.name} failed: {error.message}")
                # the next call would wait for the same failure, and a repaired answer come from another model
                self._way = (*(one for one in self._way if one is not tier), tier)
                continue
            self.taken.tier = tier.name
            return completion
        assert failed is not None, "a way has one tier at least"
        raise failed

    async def close(self) -> None:
        """Nothing: the gateway closes the models."""

    async def _call(
        self,
        call: _Call,
        messages: Sequence[Message],
        max_tokens: int,
        temperature: float,
        schema: JsonSchema | None,
    ) -> Completion:
        hold = self._meter.hold(call.work, call.tier)
        try:
            model = await self._open(call.tier, call.work)
            with about(private=call.work.private):
                completion = await model.complete(
                    messages,
                    max_tokens=max_tokens,
                    temperature=temperature,
                    schema=schema,
                    on_text=call.text,
                    on_reasoning=call.reasoning,
                )
        except asyncio.CancelledError:
            self._settle(hold, call.ended(Outcome.CANCELLED))
            raise
        except BaseException:
            self._settle(hold, call.ended(Outcome.FAILED))
            raise
        self._settle(
            hold, call.ended(Outcome.CUT if completion.finish_reason == "length" else Outcome.DONE, completion)
        )
        return completion

    def _settle(self, hold: Hold, ended: Ended) -> None:
        if ended.completion is not None:
            self.taken.costs.append(ended.cost)
        hold.settle(ended)


class _Call:
    """One call while it runs: when it began, when its first word came, and whether it was passed on."""

    def __init__(self, work: Work, tier: Tier, because: str, instead_of: str | None, sinks: _Sinks) -> None:
        self.work, self.tier = work, tier
        self.spoken = False
        self._because, self._instead_of = because, instead_of
        self._on_text, self._on_reasoning = sinks
        self._began = time.perf_counter()
        self._first: float | None = None
        self._came: list[str] = []

    def text(self, piece: str) -> None:
        """A piece of the answer came."""
        self._heard(piece)
        if self._on_text is not None:
            self.spoken = True
            self._on_text(piece)

    def reasoning(self, piece: str) -> None:
        """A piece of thinking came."""
        self._heard(piece)
        if self._on_reasoning is not None:
            self._on_reasoning(piece)

    def ended(self, outcome: Outcome, completion: Completion | None = None) -> Ended:
        """The call as the accounts keep it."""
        took = completion or self._broken_off()
        return Ended(
            self.work,
            self.tier,
            outcome,
            took,
            seconds=time.perf_counter() - self._began,
            first_word_seconds=self._first,
            cost=cost(self.tier.prices, _spent(took, self.tier)) if took else None,
            because=self._because,
            instead_of=self._instead_of,
        )

    def _heard(self, piece: str) -> None:
        self._came.append(piece)
        if self._first is None:
            self._first = time.perf_counter() - self._began

    def _broken_off(self) -> Completion | None:
        """About what a call took that was broken off after its first word: servers tell their count only at the end,
        and charge for it all the same."""
        if self._first is None:
            return None
        came = tokens_of("".join(self._came))
        return Completion("", "", self.work.prompt_tokens, came, self.tier.model, finish_reason="")


def _spent(completion: Completion, tier: Tier) -> Spent:
    thinking = bool(completion.reasoning) or bool(completion.reasoning_tokens)
    return Spent(
        completion.prompt_tokens, completion.completion_tokens, completion.cached_tokens, thinking or tier.thinking
    )
