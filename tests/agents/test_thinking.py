"""What models think reaches whoever asks, from servers in the wire shapes of their providers, and stays apart."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import SQLModel

from agents.llm.gateway import ChatGateway
from agents.llm.servers.dialects import Kind
from agents.qa.events import Done, Event, Thinking, Token
from agents.runner import AskRequest, QaRunner
from agents.settings import AgentsSettings
from ingestion.database import Database
from ingestion.errors import ModelMissingError
from tests.agents.doubles import MeetingsInMemory, meeting
from tests.agents.llm.fake_providers import SHAPES, THOUGHTS, FakeProvider

MEETINGS = (meeting("m1", "2026-03-04", ("Mina", "The launch is on March 20th."), ("Leo", "Fine with me.")),)
DRAFT = json.dumps({"claims": [{"lines": [1], "text": "The launch is on March 20."}]})


@pytest.fixture
def provider(provider: FakeProvider) -> FakeProvider:
    provider.answers = [DRAFT]
    return provider


def events(provider: FakeProvider, folder: Path, **tier: Any) -> list[Event]:
    """What is told of a question that the model of a tier answers whose card can think."""
    server = {"base_url": provider.url, "kind": provider.shape.kind}
    tiers = {"house": {"server": "house", "model": "qwen3-14b", "served_as": "fake", **tier}}
    settings = AgentsSettings.model_validate({"servers": {"house": server}, "tiers": tiers})
    database = Database(f"sqlite:///{folder}/huimai.db")
    SQLModel.metadata.create_all(database.engine)
    meetings = MeetingsInMemory(*MEETINGS)

    async def told() -> list[Event]:
        gateway = ChatGateway(settings, _no_model)
        runner = QaRunner(database, meetings, meetings, gateway, folder / "memory.db", settings)
        runner._deps = replace(runner._deps, directory=meetings)
        try:
            return [event async for event in runner.ask(AskRequest("When is the launch?"))]
        finally:
            await runner.close()
            await gateway.close()

    try:
        return asyncio.run(told())
    finally:
        database.close()


def _no_model(name: str) -> Path:
    raise ModelMissingError(f"model {name}: is not on this machine", "pull it")


def thoughts(told: list[Event]) -> str:
    return "".join(event.text for event in told if isinstance(event, Thinking)).strip()


@pytest.mark.parametrize("kind", ["vllm", "llama.cpp", "ollama", "sglang", "dashscope"])
def test_a_tier_whose_card_can_think_tells_its_thoughts(kind: Kind, provider: FakeProvider, tmp_path: Path) -> None:
    provider.shape = SHAPES[kind]
    told = events(provider, tmp_path)
    assert thoughts(told) == THOUGHTS
    assert "".join(event.text for event in told if isinstance(event, Token)) == "The launch is on March 20. [1]"
    assert isinstance(told[-1], Done) and told[-1].answer.answer.startswith("The launch is on March 20. [1]")
    assert THOUGHTS not in json.dumps(told[-1].to_json(), ensure_ascii=False)


@pytest.mark.parametrize("inside", ["whole", "closed"])
def test_thoughts_left_in_the_text_are_told_as_thoughts(inside: str, provider: FakeProvider, tmp_path: Path) -> None:
    provider.shape, provider.thoughts_inside = SHAPES["vllm"], inside
    told = events(provider, tmp_path)
    assert thoughts(told) == THOUGHTS
    assert "".join(event.text for event in told if isinstance(event, Token)) == "The launch is on March 20. [1]"


def test_a_tier_that_is_not_to_think_tells_no_thoughts(provider: FakeProvider, tmp_path: Path) -> None:
    provider.shape = SHAPES["vllm"]
    told = events(provider, tmp_path, thinking=False)
    assert not any(isinstance(event, Thinking) for event in told)
    assert isinstance(told[-1], Done) and told[-1].answer.model == "fake"
