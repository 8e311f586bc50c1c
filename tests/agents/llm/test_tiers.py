"""The tiers that settings describe."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from agents.llm.card_catalogue import CardCatalogue
from agents.llm.domain import Level, Tier
from agents.llm.pricing import FREE, HOUSE
from agents.llm.tiers import servers, tiers
from agents.ports import Reads
from agents.settings import AgentsSettings
from ingestion.errors import BadInputError

EMBEDDED = ["qwen2.5-coder-1.5b-instruct", "qwen3-4b-instruct-2507"]
SERVERS: dict[str, Any] = {
    "gpu": {"kind": "vllm", "base_url": "http://127.0.0.1:8001/v1"},
    "rack": {"kind": "vllm", "base_url": "http://10.0.0.7:8001/v1"},
    "ours": {"kind": "vllm", "base_url": "http://10.0.0.7:8001/v1", "remote": False},
    "beijing": {"kind": "dashscope", "base_url": "https://dashscope.aliyuncs.com/compatible-mode/v1"},
    "singapore": {"kind": "dashscope", "base_url": "https://dashscope-intl.aliyuncs.com/compatible-mode/v1"},
    "virginia": {"kind": "dashscope", "base_url": "https://dashscope-us.aliyuncs.com/compatible-mode/v1"},
    "broker": {"base_url": "https://example.org/v1", "seller": "dashscope-intl"},
    "gift": {"base_url": "https://example.org/v1", "seller": HOUSE},
    "typo": {"base_url": "https://example.org/v1", "seller": "dashscop"},
}


@pytest.fixture(scope="module")
def cards() -> CardCatalogue:
    return CardCatalogue.load()


def described(cards: CardCatalogue, **settings: Any) -> list[Tier]:
    return tiers(AgentsSettings.model_validate({"servers": SERVERS, **settings}), cards, EMBEDDED)


def one(cards: CardCatalogue, **tier: Any) -> Tier:
    return described(cards, tiers={"t": {"model": "qwen3-14b", "server": "gpu", **tier}})[0]


def refused(cards: CardCatalogue, **tier: Any) -> BadInputError:
    with pytest.raises(BadInputError) as caught:
        one(cards, **tier)
    assert "'t'" in caught.value.message or "server" in caught.value.message
    assert caught.value.hint
    return caught.value


def test_they_come_from_the_least_to_the_greatest_then_by_name(cards: CardCatalogue) -> None:
    found = described(
        cards,
        tiers={
            "large": {"model": "qwen4-max", "server": "singapore"},
            "zebra": {"model": "qwen3-14b", "server": "gpu", "level": "local"},
            "spare": {"model": "qwen3-32b", "server": "gpu"},
            "local": {"model": "qwen3-4b-instruct-2507"},
            "medium": {"model": "qwen3-14b", "server": "gpu"},
        },
    )
    assert [tier.name for tier in found] == ["local", "zebra", "medium", "spare", "large"]
    assert [tier.level for tier in found] == [Level.LOCAL, Level.LOCAL, Level.MEDIUM, Level.MEDIUM, Level.LARGE]


def test_a_model_on_a_server_of_this_machine_is_free(cards: CardCatalogue) -> None:
    tier = one(cards)
    assert (tier.server, tier.model, tier.card.name) == ("gpu", "qwen3-14b", "qwen3-14b")
    assert (tier.context_tokens, tier.thinking, tier.remote) == (32_768, True, False)
    assert (tier.reads, tier.prices) == (Reads.WINDOWS, FREE)


def test_an_embedded_model_reads_nothing_and_does_not_think(cards: CardCatalogue) -> None:
    tier = one(cards, model="qwen3-4b-instruct-2507", server=None)
    assert (tier.server, tier.model, tier.context_tokens) == (None, "qwen3-4b-instruct-2507", 4096)
    assert (tier.reads, tier.thinking, tier.remote, tier.prices) == (Reads.NOTHING, False, False, FREE)
    assert one(cards, model=EMBEDDED[0], server=None, context_tokens=1_000_000).context_tokens == 32_768


def test_an_embedded_model_needs_no_card(cards: CardCatalogue) -> None:
    settings = AgentsSettings.model_validate({"tiers": {"t": {"model": "my-own"}}})
    assert tiers(settings, cards, ["my-own"])[0].card.name == "my-own"


@pytest.mark.parametrize(
    ("server", "model", "seller"),
    [
        ("gpu", "qwen3-14b", HOUSE),
        ("ours", "qwen3-14b", HOUSE),
        ("rack", "qwen3-14b", None),
        ("beijing", "qwen3-max", "dashscope"),
        ("singapore", "qwen3-max", "dashscope-intl"),
        ("virginia", "qwen3-max", None),
        ("broker", "qwen3-max", "dashscope-intl"),
        ("broker", "qwen3-14b", None),
        ("gift", "qwen3-max", HOUSE),
    ],
)
def test_prices_are_the_seller_s(cards: CardCatalogue, server: str, model: str, seller: str | None) -> None:
    prices = one(cards, server=server, model=model).prices
    assert (prices and prices.seller) == seller


def test_addresses_beyond_this_machine_are_remote_unless_the_settings_say_otherwise(cards: CardCatalogue) -> None:
    assert one(cards, server="rack").remote
    assert not one(cards, server="ours").remote


def test_a_name_of_a_repository_is_what_the_server_calls_the_model(cards: CardCatalogue) -> None:
    tier = one(cards, model="Qwen/Qwen3-14B-AWQ")
    assert (tier.card.name, tier.model) == ("qwen3-14b", "Qwen/Qwen3-14B-AWQ")
    assert one(cards, served_as="qwen3:14b").model == "qwen3:14b"
    assert one(cards, model="Qwen/Qwen3-14B", server="beijing").model == "qwen3-14b"


@pytest.mark.parametrize(("said", "taken"), [(16_384, 16_384), (65_536, 65_536), (1_000_000, 131_072), (None, 32_768)])
def test_a_window_is_never_wider_than_the_card_s(cards: CardCatalogue, said: int | None, taken: int) -> None:
    assert one(cards, context_tokens=said).context_tokens == taken


@pytest.mark.parametrize(
    ("model", "said", "thinks"),
    [
        ("qwen3-14b", None, True),
        ("qwen3-14b", False, False),
        ("qwen3-30b-a3b-instruct-2507", None, False),
        ("qwen3-30b-a3b-thinking-2507", None, True),
    ],
)
def test_a_model_thinks_where_it_can_and_may(cards: CardCatalogue, model: str, said: bool | None, thinks: bool) -> None:
    assert one(cards, model=model, thinking=said).thinking is thinks


def test_a_model_without_a_card_needs_a_window(cards: CardCatalogue) -> None:
    error = refused(cards, model="qwen3-15b")
    assert "'qwen3-15b'" in error.message
    assert "qwen3-14b" in error.hint
    assert "agents.tiers.t.context_tokens" in error.hint
    tier = one(cards, model="llama-9", context_tokens=8192, server="rack")
    assert (tier.card.name, tier.card.even_tokens, tier.prices, tier.thinking) == ("llama-9", 2048, None, False)
    assert one(cards, model="llama-9", context_tokens=8192, thinking=True).thinking


@pytest.mark.parametrize(
    ("tier", "said", "hint"),
    [
        ({"server": "gqu"}, "'gqu'", "gpu"),
        ({"server": "?"}, "'?'", "[agents.servers.?]"),
        ({"server": None}, "'qwen3-14b'", "agents.tiers.t.server"),
        ({"server": None, "model": "qwen3-4b-instruct"}, "'qwen3-4b-instruct'", "qwen3-4b-instruct-2507"),
        ({"server": None, "model": EMBEDDED[0], "thinking": True}, "embedded engine", "unset"),
        ({"model": "qwen3-30b-a3b-instruct-2507", "thinking": True}, "cannot", "unset"),
        ({"model": "qwen3-30b-a3b-thinking-2507", "thinking": False}, "always", "unset"),
        ({"server": "typo"}, "'dashscop'", "dashscope"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(cards: CardCatalogue, tier: dict[str, Any], said: str, hint: str) -> None:
    error = refused(cards, **tier)
    assert said in error.message
    assert hint in error.hint
    assert "\n" not in error.message + error.hint


CHAT = {"chat_base_url": "http://127.0.0.1:8001/v1", "chat_model": "Qwen/Qwen3-14B"}


def test_without_tiers_the_chat_server_takes_on_everything(cards: CardCatalogue) -> None:
    (tier,) = described(cards, **CHAT, chat_context_tokens=16_384, chat_reads="doubts", chat_thinking=True)
    assert (tier.name, tier.level, tier.server, tier.model) == ("server", Level.LARGE, "server", "Qwen/Qwen3-14B")
    assert (tier.context_tokens, tier.reads, tier.thinking) == (16_384, Reads.DOUBTS, True)
    assert (tier.remote, tier.prices) == (False, FREE)


def test_without_tiers_the_chat_server_s_prices_follow_its_address(cards: CardCatalogue) -> None:
    address = "https://dashscope-intl.aliyuncs.com/compatible-mode/v1"
    (tier,) = described(cards, chat_base_url=address, chat_model="qwen3-max")
    assert tier.remote
    assert tier.prices is not None
    assert tier.prices.currency == "USD"
    (tier,) = described(cards, chat_base_url="https://example.org/v1", chat_model="qwen3-max")
    assert tier.prices is None


@pytest.mark.parametrize("provider", ["auto", "embedded"])
def test_without_tiers_and_server_it_is_the_embedded_model(cards: CardCatalogue, provider: str) -> None:
    (tier,) = described(cards, chat_provider=provider, embedded_reads="doubts", embedded_context=2048)
    assert (tier.name, tier.level, tier.server, tier.model) == ("embedded", Level.LOCAL, None, EMBEDDED[0])
    assert (tier.context_tokens, tier.reads) == (2048, Reads.DOUBTS)


def test_chat_can_be_switched_off(cards: CardCatalogue) -> None:
    assert described(cards, **CHAT, chat_provider="none") == []


@pytest.mark.parametrize("missing", ["chat_base_url", "chat_model"])
def test_a_chat_server_needs_an_address_and_a_model(cards: CardCatalogue, missing: str) -> None:
    with pytest.raises(BadInputError, match=missing.upper()):
        described(cards, **{**CHAT, missing: None}, chat_provider="openai")


def test_tiers_replace_the_chat_server(cards: CardCatalogue) -> None:
    found = described(cards, **CHAT, tiers={"medium": {"model": "qwen3-14b", "server": "gpu"}})
    assert [tier.name for tier in found] == ["medium"]


def test_the_chat_server_s_settings_are_those_of_a_server() -> None:
    settings = AgentsSettings.model_validate({**CHAT, "chat_api_key": "k", "chat_extra_body": {"a": 1}})
    (server,) = servers(settings).values()
    assert server.base_url == CHAT["chat_base_url"]
    assert server.api_key is not None
    assert server.extra_body == {"a": 1}
    assert servers(AgentsSettings()) == {}


def test_a_card_of_the_user_s_is_taken(tmp_path: Path) -> None:
    own = tmp_path / "models.toml"
    own.write_text(
        "[[card]]\nname = 'mine'\nfamily = 'f'\ndescription = 'd'\ncontext_tokens = 9000\neven_tokens = 3000\n"
    )
    assert one(CardCatalogue.load(own), model="mine").context_tokens == 9000
