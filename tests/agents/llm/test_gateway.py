"""The gateway: which tier, why, and the model that goes the way; servers are fakes, files are only named."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from agents.llm.card_catalogue import CardCatalogue
from agents.llm.domain import Task, Work
from agents.llm.gateway import ChatGateway
from agents.llm.opening import FindModel, Opener
from agents.llm.tiers import tiers
from agents.ports import Message
from agents.settings import AgentsSettings
from ingestion.errors import BadInputError, ModelFailedError, ModelMissingError
from ingestion.outbound import Outbound, PrivacyError

pytestmark = pytest.mark.anyio

WORK = Work(Task.ANSWER, 900, 200, private=False)
SERVER = {"chat_base_url": "http://127.0.0.1:1/v1", "chat_model": "m"}
REMOTE = "https://models.example.com/v1"


def gateway(pulled: bool = False, outbound: Outbound | None = None, **settings: Any) -> ChatGateway:
    parsed = AgentsSettings.model_validate(settings)
    return ChatGateway(parsed, finder({parsed.embedded_model} if pulled else set()), outbound=outbound)


def finder(pulled: set[str]) -> FindModel:
    def find(name: str) -> Path:
        if name not in pulled:
            raise ModelMissingError(f"model {name}: is not on this machine", f"run `huimai models pull {name}`")
        return Path(name)

    return find


@pytest.mark.parametrize(
    ("settings", "pulled", "model", "tier"),
    [
        (SERVER, True, "m", "server"),
        ({}, True, "qwen2.5-coder-1.5b-instruct", "embedded"),
        ({}, False, None, "none"),
        ({"chat_provider": "none", **SERVER}, True, None, "none"),
        ({"chat_provider": "embedded", **SERVER}, True, "qwen2.5-coder-1.5b-instruct", "embedded"),
        ({"chat_provider": "openai", **SERVER}, False, "m", "server"),
    ],
)
async def test_chooses_by_settings_and_says_why(settings, pulled, model, tier):
    chosen = gateway(pulled, **settings)
    choice = await chosen.choose(WORK)
    assert (choice.model.card.name if choice.model else None) == model
    assert choice.tier == tier
    assert choice.reason
    assert not choice.withheld
    await chosen.close()


async def test_sees_a_model_that_was_pulled_meanwhile():
    pulled: set[str] = set()
    chosen = ChatGateway(AgentsSettings(embedded_model="small"), finder(pulled))
    missing = await chosen.choose(WORK)
    assert missing.model is None
    assert "huimai models pull small" in missing.reason
    pulled.add("small")
    assert (await chosen.choose(WORK)).tier == "embedded"


async def test_what_is_asked_for_and_not_there_is_an_error():
    with pytest.raises(ModelMissingError) as missing:
        await gateway(chat_provider="embedded", embedded_model="small").choose(WORK)
    assert "models pull small" in missing.value.hint
    with pytest.raises(BadInputError, match="CHAT_BASE_URL"):
        await gateway(chat_provider="openai").choose(WORK)
    with pytest.raises(BadInputError, match="CHAT_MODEL"):
        await gateway(chat_base_url="http://127.0.0.1:1/v1").choose(WORK)


async def test_settings_reach_the_card():
    chosen = gateway(**SERVER, chat_context_tokens=9000, chat_json_schema=False, chat_thinking=True, chat_remote=True)
    choice = await chosen.choose(WORK)
    assert choice.model is not None
    card = choice.model.card
    assert (card.name, card.context_tokens, card.json_schema, card.thinking, card.remote) == (
        "m",
        9000,
        False,
        True,
        True,
    )
    await chosen.close()


@pytest.mark.parametrize("url", ["127.0.0.1:8000", "ftp://x/v1", "http://me:secret@x/v1", "http://x/v1?key=secret"])
def test_an_address_is_plain(url):
    with pytest.raises(ValidationError, match="must"):
        AgentsSettings(chat_base_url=url)
    assert AgentsSettings(chat_base_url="http://x/v1/").chat_base_url == "http://x/v1"


def three(**given: Any) -> dict[str, Any]:
    """A table of three tiers: embedded, a server of the house, and one elsewhere."""
    return {
        "servers": {
            "house": {"kind": "vllm", "base_url": "http://127.0.0.1:1/v1"},
            "away": {"kind": "openai", "base_url": REMOTE, "seller": "house"},
        },
        "tiers": {
            "local": {"model": "qwen2.5-coder-1.5b-instruct"},
            "medium": {"model": "qwen3-30b-a3b", "server": "house"},
            "large": {"model": "qwen3-235b-a22b", "server": "away"},
        },
        **given,
    }


def hour(private: bool = False, tier: str | None = None) -> Work:
    return Work(Task.EXTRACT, 30_000, 2000, private=private, seconds=4000, tier=tier)


async def test_the_length_of_the_work_decides():
    chosen = gateway(pulled=True, **three())
    tiers = [(await chosen.choose(replace(hour(), seconds=minutes * 60))).tier for minutes in (5, 30, 90)]
    # an embedded model that is not set to read meetings is none for reading them
    assert tiers == ["medium", "medium", "large"]
    assert (await chosen.choose(WORK)).tier == "local"


async def test_what_is_private_stays_and_it_is_said_why():
    chosen = gateway(pulled=True, **three())
    choice = await chosen.choose(hour(private=True))
    assert choice.tier == "medium"
    assert "private" in choice.reason
    with pytest.raises(PrivacyError):
        await chosen.choose(hour(private=True, tier="large"))
    only = three()
    del only["tiers"]["medium"], only["tiers"]["local"]
    none = await gateway(**only).choose(hour(private=True))
    assert (none.model, none.withheld) == (None, True)


async def test_offline_nothing_leaves():
    chosen = gateway(pulled=True, outbound=Outbound(offline=True), **three())
    assert (await chosen.choose(hour())).tier == "medium"
    with pytest.raises(PrivacyError):
        await chosen.choose(hour(tier="large"))


async def test_a_tier_that_is_not_here_is_named():
    chosen = gateway(pulled=True, **three())
    with pytest.raises(BadInputError, match="no tier 'huge'"):
        chosen.require("huge")
    chosen.require("none")
    chosen.require("large")


async def test_an_embedded_model_that_was_not_pulled_leaves_the_others():
    chosen = gateway(pulled=False, **three())
    choice = await chosen.choose(WORK)
    assert choice.tier == "medium"
    assert "not on this machine" in choice.reason


async def test_servers_that_fail_are_left_alone_and_tried_again_later():
    chosen = gateway(pulled=True, **three(chat_retries=0, chat_connect_seconds=0.5))
    choice = await chosen.choose(hour(tier="medium"))
    assert choice.model is not None
    for _ in range(5):
        with pytest.raises(ModelFailedError, match="cannot be reached"):
            await choice.model.complete([Message("user", "hello")], max_tokens=5)
    way = await chosen.route(replace(hour(), seconds=1800))
    assert way.tier is not None
    assert way.tier.name == "large"
    assert any("127.0.0.1:1" in str(because.values) for because in way.because)
    await chosen.close()


async def test_reading_meetings_is_a_matter_of_the_tiers():
    assert not gateway(pulled=True).reads_meetings()
    assert gateway(**SERVER).reads_meetings()
    assert gateway(**three()).reads_meetings()
    assert not gateway(chat_provider="none").reads_meetings()


async def test_tiers_that_share_an_embedded_model_have_their_own_windows():
    model = "qwen2.5-coder-1.5b-instruct"
    settings = AgentsSettings.model_validate(
        {"tiers": {"local": {"model": model}, "medium": {"model": model, "context_tokens": 16_384}}}
    )
    opener = Opener(settings, finder({model}), Outbound())
    for tier in tiers(settings, CardCatalogue.load(), [model]):
        opened = await opener.open(tier, WORK)
        assert opened.card.context_tokens == tier.context_tokens
    await opener.close()
