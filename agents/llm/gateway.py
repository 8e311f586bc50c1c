"""The front door to chat models: which tier does a piece of work, why, and the model that does it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from agents.llm.card_catalogue import CardCatalogue
from agents.llm.choice import NO_MODEL_TIER, ChatChoice
from agents.llm.domain import Route, Tier, Work
from agents.llm.metering import Meter, Unmetered
from agents.llm.opening import FindModel, NamesOf, Opener, chat_card
from agents.llm.routed import RoutedModel
from agents.llm.tiers import tiers
from agents.ports import Reads
from agents.qa.language import Language
from agents.routing.rules import Rules, Standing, route
from agents.routing.wording import BASES, Why, reason
from agents.settings import AgentsSettings
from ingestion.errors import BadInputError, ModelMissingError
from ingestion.outbound import Outbound


class ChatGateway:
    """Opens each model once and keeps it. Choosing is cheap: do it for every question, files may have come since."""

    def __init__(
        self,
        settings: AgentsSettings,
        find_model: FindModel,
        *,
        cards: CardCatalogue | None = None,
        embedded: Sequence[str] = (),
        outbound: Outbound | None = None,
        meter: Meter | None = None,
        names_of: NamesOf | None = None,
    ) -> None:
        """`embedded` are the names of the models that the embedded engine can run."""
        self._settings, self._find_model = settings, find_model
        self._cards, self._embedded = cards, embedded or (settings.embedded_model,)
        self._outbound, self._meter = outbound or Outbound(), meter or Unmetered()
        self._opener = Opener(settings, find_model, self._outbound, names_of)
        self._rules = Rules.of(settings)

    @cached_property
    def tiers(self) -> Sequence[Tier]:
        """The tiers of the settings, from the least to the greatest. Raises BadInputError for settings that make no
        sense. Blocking the first time: it reads the model cards."""
        return tiers(self._settings, self._cards or CardCatalogue.load(), self._embedded)

    def require(self, tier: str) -> None:
        """Raises BadInputError unless there is a tier of that name."""
        known = [NO_MODEL_TIER, *(one.name for one in self.tiers)]
        if tier not in known:
            raise BadInputError(f"there is no tier '{tier}' here", f"tiers: {', '.join(known)}")

    def reads_meetings(self) -> bool:
        """Whether a tier reads for the ledger. Raises BadInputError."""
        return any(tier.reads is not Reads.NOTHING for tier in self.tiers)

    async def route(self, work: Work) -> Route:
        """The way that the work would go now; nothing is opened or asked. Raises as `choose` does."""
        return self._routed(work, await asyncio.to_thread(self._missing))

    async def choose(self, work: Work, language: Language = "en") -> ChatChoice:
        """The model that does the work, not yet loaded, and why. Raises BadInputError, ModelMissingError and
        PrivacyError for what is asked for by name, in the settings or by the work, and cannot be had."""
        if work.tier == NO_MODEL_TIER:
            return ChatChoice(None, NO_MODEL_TIER, "no model was asked for")
        missing = await asyncio.to_thread(self._missing)
        if missing and not self._settings.tiers:
            return self._without(*missing.values())
        way = self._routed(work, missing)
        why = reason(way, language)
        if way.tier is None:
            withheld = any(refused.because.code in (Why.PRIVATE, Why.OFFLINE) for refused in way.refused)
            return ChatChoice(None, NO_MODEL_TIER, why, withheld)
        return self._chosen(work, way.tier, way, why)

    async def close(self) -> None:
        """Close every model that was opened."""
        await self._opener.close()

    def _routed(self, work: Work, missing: Mapping[str, ModelMissingError]) -> Route:
        here = [tier for tier in self.tiers if tier.name not in missing]
        problems = {tier.name: problem for tier in here if (problem := self._opener.problem(tier))}
        problems |= {name: error.message for name, error in missing.items()}
        verdicts = {tier.name: self._meter.judge(work, tier) for tier in here}
        standing = Standing(problems, verdicts, self._outbound.offline)
        return route(work, self.tiers, self._rules, standing)

    def _chosen(self, work: Work, tier: Tier, way: Route, why: str) -> ChatChoice:
        cards = [chat_card(one, self._settings) for one in (tier, *way.others)]
        card = replace(cards[0], json_schema=all(one.json_schema for one in cards))
        decided = next(one.code for one in way.because if one.code in BASES)
        model = RoutedModel(work, (tier, *way.others), card, self._opener.open, self._meter, decided)
        return ChatChoice(model, tier.name, why, taken=model.taken)

    def _missing(self) -> dict[str, ModelMissingError]:
        """The tiers whose embedded model is not on this machine."""
        missing: dict[str, ModelMissingError] = {}
        for tier in self.tiers:
            if tier.server is None:
                try:
                    self._find_model(tier.model)
                except ModelMissingError as error:
                    missing[tier.name] = error
        return missing

    def _without(self, error: ModelMissingError) -> ChatChoice:
        """What is answered without the embedded model, unless the settings ask for it by name."""
        if self._settings.chat_provider == "embedded":
            raise error
        return ChatChoice(None, NO_MODEL_TIER, f"no chat server is set; {error.message} ({error.hint})")
