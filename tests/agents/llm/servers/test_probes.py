"""The tiny answers that doctor asks for, from llama.cpp's own HTTP server."""

from __future__ import annotations

import httpx
import pytest

from agents.llm.card_catalogue import CardCatalogue
from agents.llm.domain import Tier
from agents.llm.servers.probes import Seen, probe_schema, probe_thinking
from agents.llm.tiers import tiers
from agents.settings import AgentsSettings, ServerSettings
from tests.agents.llm.fake_server import KEY

pytestmark = pytest.mark.models

MODEL = "qwen2.5-coder-1.5b-instruct"


def described(server: ServerSettings) -> Tier:
    settings = AgentsSettings.model_validate(
        {"servers": {"s": server}, "tiers": {"medium": {"model": MODEL, "server": "s"}}}
    )
    return tiers(settings, CardCatalogue.load(), [])[0]


@pytest.fixture
def server(llama_server: str) -> ServerSettings:
    return ServerSettings(kind="llama.cpp", base_url=f"{llama_server}/v1")


def test_a_schema_binds_what_llama_cpp_answers(server: ServerSettings) -> None:
    with httpx.Client(headers={"Authorization": f"Bearer {KEY}"}) as client:
        assert probe_schema(client, server, described(server), seconds=60) is Seen.YES


def test_what_cannot_think_answers_at_once(server: ServerSettings) -> None:
    with httpx.Client(headers={"Authorization": f"Bearer {KEY}"}) as client:
        assert probe_thinking(client, server, MODEL, seconds=60) is Seen.NO


def test_without_a_key_nothing_is_seen_of_thoughts(server: ServerSettings) -> None:
    with httpx.Client() as client:
        assert probe_thinking(client, server, MODEL, seconds=60) is Seen.SILENT
