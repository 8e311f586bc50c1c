from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from agents.llm.embedded import EmbeddedChatModel
from agents.llm.gateway import ChatGateway, FindModel
from agents.llm.openai_compatible import OpenAICompatible
from agents.settings import AgentsSettings
from ingestion.errors import BadInputError, ModelMissingError

pytestmark = pytest.mark.anyio

SERVER = {"chat_base_url": "http://127.0.0.1:1/v1", "chat_model": "m"}


def gateway(pulled: bool = False, **settings) -> ChatGateway:
    parsed = AgentsSettings.model_validate(settings)
    return ChatGateway(parsed, finder({parsed.embedded_model} if pulled else set()))


def finder(pulled: set[str]) -> FindModel:
    def find(name: str) -> Path:
        if name not in pulled:
            raise ModelMissingError(f"model {name}: is not on this machine", f"run `huimai models pull {name}`")
        return Path(name)

    return find


@pytest.mark.parametrize(
    ("settings", "pulled", "kind", "tier"),
    [
        (SERVER, True, OpenAICompatible, "server"),
        ({}, True, EmbeddedChatModel, "embedded"),
        ({}, False, type(None), "none"),
        ({"chat_provider": "none", **SERVER}, True, type(None), "none"),
        ({"chat_provider": "embedded", **SERVER}, True, EmbeddedChatModel, "embedded"),
        ({"chat_provider": "openai", **SERVER}, False, OpenAICompatible, "server"),
    ],
)
async def test_chooses_by_settings_and_says_why(settings, pulled, kind, tier):
    chosen = gateway(pulled, **settings)
    choice = await chosen.choose()
    assert type(choice.model) is kind
    assert choice.tier == tier
    assert choice.reason
    await chosen.close()


async def test_opens_a_model_once_and_again_after_close():
    chosen = gateway(**SERVER)
    first = (await chosen.choose()).model
    assert (await chosen.choose()).model is first
    await chosen.close()
    assert (await chosen.choose()).model is not first


async def test_sees_a_model_that_was_pulled_meanwhile():
    pulled: set[str] = set()
    chosen = ChatGateway(AgentsSettings(embedded_model="small"), finder(pulled))
    missing = await chosen.choose()
    assert missing.model is None
    assert "huimai models pull small" in missing.reason
    pulled.add("small")
    assert (await chosen.choose()).tier == "embedded"


async def test_what_is_asked_for_and_not_there_is_an_error():
    with pytest.raises(ModelMissingError) as missing:
        await gateway(chat_provider="embedded", embedded_model="small").choose()
    assert "models pull small" in missing.value.hint
    with pytest.raises(BadInputError, match="CHAT_BASE_URL"):
        await gateway(chat_provider="openai").choose()
    with pytest.raises(BadInputError, match="CHAT_MODEL"):
        await gateway(chat_base_url="http://127.0.0.1:1/v1").choose()


async def test_settings_reach_the_card():
    chosen = gateway(**SERVER, chat_context_tokens=9000, chat_json_schema=False, chat_thinking=True, chat_remote=True)
    choice = await chosen.choose()
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
