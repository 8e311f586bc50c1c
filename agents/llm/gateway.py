"""Which chat model answers: picked from the settings by name, with the reason that an answer shows."""

from __future__ import annotations

import asyncio
import importlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from agents.ports import ChatCard, ChatModel
from agents.settings import AgentsSettings
from ingestion.addresses import is_remote
from ingestion.errors import BadInputError, ModelMissingError

FindModel = Callable[[str], Path]
"""From the catalogue name of a chat model to its file. Raises ModelMissingError when it is not here or damaged."""

NO_MODEL_TIER = "none"


@dataclass(frozen=True, slots=True)
class ChatChoice:
    """The model that answers, or None when answers are ranked evidence only; its tier, and why."""

    model: ChatModel | None
    tier: str
    reason: str


class ChatGateway:
    """Opens each model once and keeps it. Choosing is cheap: do it for every question, files may have come since."""

    def __init__(self, settings: AgentsSettings, find_model: FindModel) -> None:
        self._settings = settings
        self._find_model = find_model
        self._open: dict[str, ChatModel] = {}

    async def choose(self) -> ChatChoice:
        """The model the settings ask for, not yet loaded. Raises BadInputError, ModelMissingError."""
        settings = self._settings
        if settings.chat_provider != "auto":
            return await self._choice(settings.chat_provider, f"the settings ask for provider {settings.chat_provider}")
        if settings.chat_base_url:
            return await self._choice("openai", "the settings name a chat server")
        try:
            await asyncio.to_thread(self._find_model, settings.embedded_model)
        except ModelMissingError as error:
            return await self._choice("none", f"no chat server is set; {error.message} ({error.hint})")
        return await self._choice("embedded", "no chat server is set, and the embedded model is on this machine")

    async def close(self) -> None:
        """Close every model that was opened."""
        models, self._open = self._open, {}
        for model in models.values():
            await model.close()

    async def _choice(self, provider: str, reason: str) -> ChatChoice:
        if provider == "none":
            return ChatChoice(None, NO_MODEL_TIER, reason)
        if provider not in self._open:
            module, factory = _PROVIDERS[provider]
            # the import takes about a second; the event loop has better things to do
            await asyncio.to_thread(importlib.import_module, module)
            opened = await asyncio.to_thread(factory, self._settings, self._find_model)
            self._open.setdefault(provider, opened)
        model = self._open[provider]
        return ChatChoice(model, model.card.tier, reason)


def _open_server(settings: AgentsSettings, _: FindModel) -> ChatModel:
    from agents.llm.openai_compatible import OpenAICompatible, TimeLimits

    base_url, name = settings.chat_base_url, settings.chat_model
    if not base_url:
        raise _unset("CHAT_BASE_URL")
    if not name:
        raise _unset("CHAT_MODEL")
    card = ChatCard(
        name=name,
        tier="server",
        context_tokens=settings.chat_context_tokens,
        json_schema=settings.chat_json_schema,
        thinking=settings.chat_thinking,
        remote=is_remote(base_url) if settings.chat_remote is None else settings.chat_remote,
    )
    limits = TimeLimits(
        connect=settings.chat_connect_seconds,
        first_token=settings.chat_first_token_seconds,
        between_tokens=settings.chat_between_tokens_seconds,
        total=settings.chat_timeout_seconds,
    )
    return OpenAICompatible(
        card,
        base_url=base_url,
        api_key=settings.chat_api_key,
        limits=limits,
        retries=settings.chat_retries,
        extra_body=settings.chat_extra_body,
    )


def _unset(name: str) -> BadInputError:
    return BadInputError(
        f"a chat server is asked for, but HUIMAI_AGENTS__{name} is empty",
        f"Set HUIMAI_AGENTS__{name}, or HUIMAI_AGENTS__CHAT_PROVIDER to embedded or none.",
    )


def _open_embedded(settings: AgentsSettings, find_model: FindModel) -> ChatModel:
    from agents.llm.embedded import EmbeddedChatModel

    return EmbeddedChatModel(
        settings.embedded_model,
        find_model(settings.embedded_model),
        context_tokens=settings.embedded_context,
        threads=settings.embedded_threads,
        idle_unload_seconds=settings.idle_unload_seconds,
        answer_seconds=settings.embedded_answer_seconds,
    )


_PROVIDERS: dict[str, tuple[str, Callable[[AgentsSettings, FindModel], ChatModel]]] = {
    "openai": ("agents.llm.openai_compatible", _open_server),
    "embedded": ("agents.llm.embedded", _open_embedded),
}
"""Name -> module to import, function that opens the model."""
