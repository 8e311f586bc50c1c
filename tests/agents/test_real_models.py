"""The qa graph with the real embedding and chat models."""

import asyncio
from dataclasses import replace

import pytest
from sqlmodel import SQLModel

from agents.llm.gateway import ChatGateway
from agents.runner import AskRequest, QaRunner
from agents.settings import AgentsSettings
from ingestion.database import Database
from ingestion.embedding.factory import open_embedder
from tests.agents.doubles import Chooses, MeetingsInMemory, meeting

MEETINGS = (
    meeting(
        "m1",
        "2026-03-02",
        ("陈明远", "展台的预算先批15万，够用了吧。"),
        ("林可", "宣传册我来写，3月11号交。"),
        ("陈明远", "下午一起去吃火锅。"),
    ),
    meeting("m2", "2026-03-09", ("陈明远", "展台的预算重新批了，从15万加到20万。"), ("林可", "好的，收到。")),
)


@pytest.fixture
def ask(tmp_path, model_store):
    database = Database(f"sqlite:///{tmp_path}/huimai.db")
    SQLModel.metadata.create_all(database.engine)
    embedder = open_embedder(
        lambda: model_store.path("multilingual-e5-small"), model_store.catalogue.get("multilingual-e5-small"), 2
    )

    def answered(question, chat=None):
        found = MeetingsInMemory(*MEETINGS, embedder=embedder)
        runner = QaRunner(database, found, found, chat or Chooses(), tmp_path / "memory.db", AgentsSettings())
        runner._deps = replace(runner._deps, directory=found)
        return asyncio.run(_ask(runner, question, chat))

    yield answered
    database.close()


async def _ask(runner, question, chat):
    try:
        return await runner.answer(AskRequest(question))
    finally:
        await runner.close()
        if chat is not None:
            await chat.close()


@pytest.mark.models
def test_an_english_question_finds_chinese_words_by_meaning(ask):
    answer = ask("How much money is there for the exhibition booth now?")
    assert answer.citations[0].evidence.meeting_id == "m2"
    assert "20万" in answer.answer


@pytest.mark.models
@pytest.mark.slow
def test_the_embedded_model_answers_from_the_lines(ask, model_store):
    def find(name):
        return next(model_store.path(name).glob("*.gguf"))

    answer = ask("展台的预算现在是多少？", ChatGateway(AgentsSettings(chat_provider="embedded"), find))
    assert answer.tier == "embedded"
    assert "20万" in answer.answer.splitlines()[0]
    assert answer.citations[0].evidence.meeting_id == "m2"
    assert all(claim.reason or claim.citations for claim in answer.claims)
