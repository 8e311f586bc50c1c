"""Opens the models of tiers, each once, and knows how their servers stand."""

from __future__ import annotations

import asyncio
import importlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from agents.llm.domain import Tier, Work
from agents.llm.servers.breaker import Breaker
from agents.llm.servers.dialects import DIALECTS, Dialect
from agents.llm.tiers import SERVER_TIER, servers
from agents.ports import ChatCard, ChatModel
from agents.settings import AgentsSettings, ServerSettings
from ingestion.outbound import Outbound

if TYPE_CHECKING:
    from agents.llm.embedded import EmbeddedChatModel
    from agents.llm.servers.openai_compatible import TimeLimits

FindModel = Callable[[str], Path]
"""From the catalogue name of a chat model to its file. Raises ModelMissingError when it is not here or damaged."""

NamesOf = Callable[[str | None], Sequence[str]]
"""The names of people that a project knows, of all projects where it is null. Blocking."""


class Opener:
    """The open models of one event loop."""

    def __init__(
        self, settings: AgentsSettings, find_model: FindModel, outbound: Outbound, names_of: NamesOf | None = None
    ) -> None:
        self._settings, self._find_model, self._outbound, self._names_of = settings, find_model, outbound, names_of
        self._embedded: dict[tuple[str, int], EmbeddedChatModel] = {}
        self._served: dict[str, ChatModel] = {}
        self._breakers: dict[str, Breaker] = {}

    def problem(self, tier: Tier) -> str | None:
        """What keeps the tier's server from being asked, a line; null when nothing does."""
        breaker = self._breakers.get(tier.server) if tier.server else None
        return breaker.health.reason if breaker and breaker.health.open else None

    async def open(self, tier: Tier, work: Work) -> ChatModel:
        """The model of a tier for a piece of work, not yet loaded. Raises ModelMissingError and BadInputError."""
        if tier.server is None:
            model = await self._in_house(tier)
            return model.for_caller(work.caller, waiting=work.waiting, tell_ahead=work.tell_ahead)
        if tier.name not in self._served:
            # the import takes about a second; the event loop has better things to do
            await asyncio.to_thread(importlib.import_module, "agents.llm.servers.openai_compatible")
            self._served.setdefault(tier.name, self._server(tier, tier.server))
        model = self._served[tier.name]
        return await self._redacting(model, work) if tier.remote and self._settings.redact != "nothing" else model

    async def close(self) -> None:
        """Close every model that was opened."""
        models = [*self._served.values(), *self._embedded.values()]
        self._served, self._embedded = {}, {}
        for model in models:
            await model.close()

    async def _in_house(self, tier: Tier) -> EmbeddedChatModel:
        # one process has one window
        key = tier.model, tier.context_tokens
        if key not in self._embedded:
            module = await asyncio.to_thread(importlib.import_module, "agents.llm.embedded")
            path = await asyncio.to_thread(self._find_model, tier.model)
            settings = self._settings
            opened = module.EmbeddedChatModel(
                tier.model,
                path,
                context_tokens=tier.context_tokens,
                threads=settings.embedded_threads,
                idle_unload_seconds=settings.idle_unload_seconds,
                answer_seconds=settings.embedded_answer_seconds,
                reads=tier.reads,
            )
            self._embedded.setdefault(key, opened)
        return self._embedded[key]

    async def _redacting(self, model: ChatModel, work: Work) -> ChatModel:
        module = await asyncio.to_thread(importlib.import_module, "agents.llm.redaction.redacting")
        wanted = self._settings.redact == "names" and self._names_of is not None
        names = await asyncio.to_thread(self._names_of, work.project) if wanted and self._names_of else ()
        return module.RedactingChatModel(model, names)

    def _server(self, tier: Tier, name: str) -> ChatModel:
        from agents.llm.servers.openai_compatible import OpenAICompatible, SettingNames

        settings, server = self._settings, servers(self._settings)[name]
        label = f"the chat server at {urlsplit(server.base_url).netloc}"
        if name not in self._breakers:
            self._breakers[name] = Breaker(label)
        # the settings of a single server do not say what can be switched there
        switched = bool(settings.tiers) and tier.card.thinking == "switch"
        return OpenAICompatible(
            chat_card(tier, settings),
            base_url=server.base_url,
            api_key=server.api_key,
            limits=_limits(settings),
            retries=settings.chat_retries,
            extra_body=server.extra_body,
            label=label,
            dialect=DIALECTS[server.kind],
            thinking=tier.thinking if switched else None,
            outbound=self._outbound,
            breaker=self._breakers[name],
            names=SettingNames.of(name, tier.name) if settings.tiers else None,
        )


def chat_card(tier: Tier, settings: AgentsSettings) -> ChatCard:
    """What the model of a tier can do there."""
    server = servers(settings).get(tier.server) if tier.server else None
    return ChatCard(
        name=tier.model,
        tier=tier.name,
        context_tokens=tier.context_tokens,
        json_schema=_binds(tier, server, settings),
        thinking=tier.thinking,
        remote=tier.remote,
        reads=tier.reads,
        even_tokens=tier.card.even_tokens,
    )


def _binds(tier: Tier, server: ServerSettings | None, settings: AgentsSettings) -> bool:
    """Whether answers are bound to a schema by the server itself."""
    if server is None:
        return True
    if tier.server == SERVER_TIER and not settings.tiers:
        return settings.chat_json_schema
    dialect: Dialect = DIALECTS[server.kind]
    if tier.thinking and not dialect.binds_thinkers:
        return False
    return server.kind != "dashscope" or tier.card.hosted_json_schema != "never"


def _limits(settings: AgentsSettings) -> TimeLimits:
    from agents.llm.servers.openai_compatible import TimeLimits

    return TimeLimits(
        connect=settings.chat_connect_seconds,
        first_token=settings.chat_first_token_seconds,
        between_tokens=settings.chat_between_tokens_seconds,
        total=settings.chat_timeout_seconds,
    )
