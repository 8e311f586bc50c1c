"""The tiers that the settings describe: which models do the work, where they run, and what they cost.

Nothing is opened or asked here. Whether an embedded model's file is on this machine, and whether a server answers, is
seen by whoever opens the tier.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from agents.llm.card_catalogue import CardCatalogue
from agents.llm.cards import ModelCard, PriceList
from agents.llm.domain import Level, Tier
from agents.llm.pricing import FREE, HOUSE, seller_at
from agents.ports import Reads
from agents.settings import AgentsSettings, ServerSettings, TierSettings
from ingestion.addresses import is_outside
from ingestion.card_files import near_names
from ingestion.errors import BadInputError

SERVER_TIER = "server"
"""The tier, and the server, of the settings CHAT_*."""
EMBEDDED_TIER = "embedded"
"""The tier of the settings EMBEDDED_*."""

_ORDER = list(Level)


def tiers(settings: AgentsSettings, cards: CardCatalogue, embedded: Collection[str]) -> list[Tier]:
    """The tiers, from those that take on the least to the greatest, then by name.

    Without `tiers` in the settings it is the one of the chat server or of the embedded model; none where chat is
    switched off. `embedded` are the names of the models that the embedded engine can run. Raises BadInputError, which
    names the tier, what is wrong with it and what to do.
    """
    if not settings.tiers:
        return _single(settings, cards)
    found = [_tier(name, tier, settings, cards, embedded) for name, tier in settings.tiers.items()]
    return sorted(found, key=lambda tier: (_ORDER.index(tier.level), tier.name))


def servers(settings: AgentsSettings) -> Mapping[str, ServerSettings]:
    """The servers of those tiers by name; without `tiers`, the chat server of the settings CHAT_*."""
    if settings.tiers:
        return settings.servers
    if not settings.chat_base_url:
        return {}
    server = ServerSettings(
        base_url=settings.chat_base_url,
        api_key=settings.chat_api_key,
        remote=settings.chat_remote,
        extra_body=settings.chat_extra_body,
    )
    return {SERVER_TIER: server}


def outside(server: ServerSettings) -> bool:
    """Whether a server is outside the user's control, as the settings say, else as its address does."""
    return is_outside(server.base_url, server.remote)


def _tier(
    name: str, tier: TierSettings, settings: AgentsSettings, cards: CardCatalogue, embedded: Collection[str]
) -> Tier:
    if tier.server is None:
        return _embedded(name, tier, settings, cards, embedded)
    server = settings.servers.get(tier.server)
    if server is None:
        near = near_names(tier.server, settings.servers)
        hint = f"did you mean {' or '.join(near)}?" if near else f"add [agents.servers.{tier.server}] to huimai.toml"
        raise BadInputError(f"tier {name!r} runs on the server {tier.server!r}, which is not set", hint)
    card = cards.find(tier.model) or _unknown(name, tier, cards)
    return Tier(
        name=name,
        level=_level(name, tier),
        card=card,
        server=tier.server,
        model=tier.served_as or _called(tier.model, server, card),
        context_tokens=_context(tier, card),
        thinking=_thinking(name, tier, card),
        remote=outside(server),
        reads=Reads(tier.reads or Reads.WINDOWS),
        prices=_prices(tier.server, server, card, cards),
    )


def _embedded(
    name: str, tier: TierSettings, settings: AgentsSettings, cards: CardCatalogue, embedded: Collection[str]
) -> Tier:
    if tier.model not in embedded:
        near = near_names(tier.model, embedded)
        hint = f"did you mean {' or '.join(near)}?" if near else "`huimai models list` shows those of task chat"
        if cards.find(tier.model):
            hint = f"name the server that runs it (agents.tiers.{name}.server), or embed one: {', '.join(embedded)}"
        raise BadInputError(f"tier {name!r} has no server, and no embedded model is called {tier.model!r}", hint)
    if tier.thinking:
        raise BadInputError(
            f"tier {name!r} is to think, but the embedded engine does not let models think",
            "leave `thinking` unset, or name a server",
        )
    context = tier.context_tokens or settings.embedded_context
    return _in_house(name, tier.model, _level(name, tier), context, Reads(tier.reads or Reads.NOTHING), cards)


def _in_house(name: str, model: str, level: Level, context: int, reads: Reads, cards: CardCatalogue) -> Tier:
    card = cards.find(model) or _minimal(model, context)
    return Tier(
        name=name,
        level=level,
        card=card,
        server=None,
        model=model,
        context_tokens=min(context, card.context_tokens),
        thinking=False,
        remote=False,
        reads=reads,
        prices=FREE,
    )


def _single(settings: AgentsSettings, cards: CardCatalogue) -> list[Tier]:
    """What CHAT_* and EMBEDDED_* describe. It takes on everything, being alone."""
    provider = settings.chat_provider
    if provider == "none":
        return []
    if provider == "openai" or (provider == "auto" and settings.chat_base_url):
        return [_chat_server(settings, cards)]
    reads = Reads(settings.embedded_reads)
    return [_in_house(EMBEDDED_TIER, settings.embedded_model, Level.LOCAL, settings.embedded_context, reads, cards)]


def _chat_server(settings: AgentsSettings, cards: CardCatalogue) -> Tier:
    if not settings.chat_base_url:
        raise _unset("CHAT_BASE_URL")
    if not settings.chat_model:
        raise _unset("CHAT_MODEL")
    server = servers(settings)[SERVER_TIER]
    card = cards.find(settings.chat_model) or _minimal(settings.chat_model, settings.chat_context_tokens)
    return Tier(
        name=SERVER_TIER,
        level=Level.LARGE,
        card=card,
        server=SERVER_TIER,
        model=settings.chat_model,
        context_tokens=settings.chat_context_tokens,
        thinking=settings.chat_thinking,
        remote=outside(server),
        reads=Reads(settings.chat_reads),
        prices=_prices(SERVER_TIER, server, card, cards),
    )


def _unset(name: str) -> BadInputError:
    return BadInputError(
        f"a chat server is asked for, but HUIMAI_AGENTS__{name} is empty",
        f"Set HUIMAI_AGENTS__{name}, or HUIMAI_AGENTS__CHAT_PROVIDER to embedded or none.",
    )


def _unknown(name: str, tier: TierSettings, cards: CardCatalogue) -> ModelCard:
    """A card made of the settings, for a model that has none."""
    if tier.context_tokens is None:
        raise BadInputError(
            f"tier {name!r} runs {tier.model!r}, which has no model card",
            f"{cards.hint(tier.model)} Else set agents.tiers.{name}.context_tokens, or add a card (docs/models.md).",
        )
    return _minimal(tier.model, tier.context_tokens, thinks=bool(tier.thinking))


def _minimal(model: str, context: int, *, thinks: bool = False) -> ModelCard:
    return ModelCard(
        name=model,
        family="",
        description="",
        context_tokens=context,
        # as cautious as the cards that come along
        even_tokens=max(512, context // 4),
        thinking="switch" if thinks else "never",
    )


def _level(name: str, tier: TierSettings) -> Level:
    if tier.level is not None:
        return Level(tier.level)
    return Level(name) if name in _ORDER else Level.MEDIUM


def _called(model: str, server: ServerSettings, card: ModelCard) -> str:
    """What a server calls a model: as the card does, or as the repository that the tier names; sellers know none."""
    return model if "/" in model and server.kind != "dashscope" else card.name


def _context(tier: TierSettings, card: ModelCard) -> int:
    if tier.context_tokens is None:
        return card.context_tokens
    return min(tier.context_tokens, card.extended_tokens or card.context_tokens)


def _thinking(name: str, tier: TierSettings, card: ModelCard) -> bool:
    can, must = card.thinking != "never", card.thinking == "always"
    wanted = can if tier.thinking is None else tier.thinking
    if wanted and not can:
        raise BadInputError(f"tier {name!r} is to think, but {card.name} cannot", "leave `thinking` unset")
    if must and not wanted:
        raise BadInputError(f"tier {name!r} is not to think, but {card.name} always does", "leave `thinking` unset")
    return wanted


def _prices(name: str, server: ServerSettings, card: ModelCard, cards: CardCatalogue) -> PriceList | None:
    seller = server.seller or seller_at(server.base_url)
    if seller is None:
        return None if outside(server) else FREE
    if seller == HOUSE:
        return FREE
    known = cards.sellers()
    if seller not in known:
        near = near_names(seller, {*known, HOUSE})
        raise BadInputError(
            f"server {name!r} has the seller {seller!r}, whose prices no model card has",
            f"did you mean {' or '.join(near)}?" if near else f"sellers: {', '.join(sorted({*known, HOUSE}))}",
        )
    return next((prices for prices in card.prices if prices.seller == seller), None)
