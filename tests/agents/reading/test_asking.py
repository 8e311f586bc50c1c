"""A model's part in reading over a real database: what is asked, kept, asked again, and never asked."""

from __future__ import annotations

import asyncio
import json
import re
import zlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from numpy.typing import NDArray

from agents.ledger.domain import ItemKind
from agents.ledger.reader import LedgerReader
from agents.ledger.repository import LedgerRepository
from agents.llm.gateway import ChatGateway
from agents.llm.scripted import SCRIPTED_CARD, ScriptedChatModel
from agents.ports import ChatModel, Message, Reads
from agents.reading.asking import ModelReader
from agents.reading.repository import InquiryRepository
from agents.settings import AgentsSettings
from ingestion.database import Database
from ingestion.domain import SearchFilter
from ingestion.embedding.factory import open_embedder
from ingestion.errors import ModelFailedError
from ingestion.models.store import ModelStore
from ingestion.repository import ProjectRepository
from ingestion.tables import Utterance
from tests.agents.doubles import Chooses
from tests.agents.ledger.conftest import AddMeeting, add_meeting, database, delete_meeting

_ = (add_meeting, database)
DAY = date(2026, 3, 2)
LINES = [("Ann Lee", "So blue, all fine?"), ("Bo Park", "Fine."), ("Ann Lee", "I'll write the script by March 6.")]
WINDOWS = replace(SCRIPTED_CARD, context_tokens=32_000, reads=Reads.WINDOWS)


class BagOfWords:
    """Meaning by the words alone."""

    model = "bag-of-words"

    def vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        found = np.zeros((len(texts), 256), np.float32)
        for row, text in enumerate(texts):
            for word in text.lower().split():
                found[row, zlib.crc32(word.encode()) % 256] += 1
        return found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-9)


class Known:
    """What the project holds."""

    def __init__(self) -> None:
        self.asked: list[SearchFilter] = []

    def lines(self, where: SearchFilter, budget_words: int) -> list[str]:
        self.asked.append(where)
        return ["2026-02-23 decision (in_force): we paint the door."]


def finds_blue(messages: Sequence[Message]) -> str:
    lines = [int(n) for n, text in re.findall(r"^\[(\d+)\] (.*)$", messages[-1].content, re.M) if "blue" in text]
    return json.dumps({"items": [{"kind": "decision", "lines": lines}] if lines else []})


@pytest.fixture
def reader(database: Database) -> LedgerReader:
    return LedgerReader(database, BagOfWords())


def read(reader: LedgerReader, meeting: str) -> None:
    """Read a meeting as the job does."""
    for id, count in reader.want([meeting]).items():
        for linked in reader.extract(id, count):
            reader.link(linked)
        reader.finish(id, count)


def asks(database: Database, reader: LedgerReader, model: ChatModel | None, meeting: str = "one") -> tuple[int, int]:
    """Ask the model everything; returns how much was planned and how much was asked."""

    async def work() -> tuple[int, int]:
        part = ModelReader(database, reader, Known(), Chooses(model), AgentsSettings())
        planned, asked = await part.plan(meeting), 0
        while await part.ask_next(meeting):
            asked += 1
        return planned, asked

    return asyncio.run(work())


def kinds(database: Database) -> list[ItemKind]:
    with database.session() as session:
        return [item.kind for item in LedgerRepository(session).items(ProjectRepository(session).named("Atlas").id)]


def test_replies_are_kept_and_the_next_reading_takes_them_up(
    database: Database, reader: LedgerReader, add_meeting: AddMeeting
) -> None:
    read(reader, add_meeting("one", DAY, LINES))
    assert kinds(database) == [ItemKind.COMMITMENT]
    model = ScriptedChatModel([finds_blue], card=WINDOWS)
    assert asks(database, reader, model) == (1, 1)
    assert "we paint the door" in model.calls[0].messages[-1].content
    read(reader, "one")
    assert kinds(database) == [ItemKind.DECISION, ItemKind.COMMITMENT]
    assert asks(database, reader, model) == (0, 0)


def test_what_a_crash_left_unasked_is_asked_and_nothing_twice(
    database: Database, reader: LedgerReader, add_meeting: AddMeeting
) -> None:
    add_meeting("one", DAY, [("Ann Lee", f"Point {n}.") for n in range(400)])
    read(reader, "one")
    broken = ScriptedChatModel([finds_blue, ModelFailedError("gone", "start it")], card=WINDOWS)
    with pytest.raises(ModelFailedError):
        asks(database, reader, broken)
    assert reader.unasked() == ["one"]
    assert asks(database, reader, ScriptedChatModel([finds_blue] * 2, card=WINDOWS)) == (2, 2)
    assert reader.unasked() == []


def test_a_corrected_line_is_asked_about_again_and_its_old_reply_goes(
    database: Database, reader: LedgerReader, add_meeting: AddMeeting
) -> None:
    read(reader, add_meeting("one", DAY, LINES))
    asks(database, reader, ScriptedChatModel([finds_blue], card=WINDOWS))
    with database.session() as session:
        line = session.get(Utterance, ("one", 0))
        assert line
        line.text = "So what now?"
    read(reader, "one")
    assert kinds(database) == [ItemKind.COMMITMENT]
    assert asks(database, reader, ScriptedChatModel([finds_blue], card=WINDOWS)) == (1, 1)
    with database.session() as session:
        assert len(InquiryRepository(session).replies("one")) == 1


@pytest.mark.parametrize("reads", [Reads.NOTHING, None])
def test_without_a_model_that_reads_nothing_is_asked(
    database: Database, reader: LedgerReader, add_meeting: AddMeeting, reads: Reads | None
) -> None:
    read(reader, add_meeting("one", DAY, LINES))
    model = ScriptedChatModel([], card=replace(WINDOWS, reads=reads)) if reads else None
    assert asks(database, reader, model) == (0, 0)


def test_a_private_project_is_read_on_this_machine_only(
    database: Database, reader: LedgerReader, add_meeting: AddMeeting
) -> None:
    read(reader, add_meeting("one", DAY, LINES))
    with database.session() as session:
        ProjectRepository(session).named("Atlas").private = True
    assert asks(database, reader, ScriptedChatModel([], card=replace(WINDOWS, remote=True))) == (0, 0)
    assert asks(database, reader, ScriptedChatModel([finds_blue], card=WINDOWS)) == (1, 1)


def test_a_deleted_meeting_takes_its_inquiries_along_and_gets_no_new_ones(
    database: Database, reader: LedgerReader, add_meeting: AddMeeting
) -> None:
    read(reader, add_meeting("one", DAY, LINES))
    asks(database, reader, ScriptedChatModel([finds_blue], card=WINDOWS))
    delete_meeting(database, "one")
    assert asks(database, reader, ScriptedChatModel([], card=WINDOWS)) == (0, 0)
    with database.session() as session:
        assert InquiryRepository(session).replies("one") == []


def same_matter(messages: Sequence[Message]) -> str:
    if "compare two things" in messages[0].content:
        return '{"matter": "same"}'
    return '{"items": []}'


def test_a_model_joins_what_linking_is_in_doubt_about(
    database: Database, reader: LedgerReader, add_meeting: AddMeeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("agents.link.linking.FLOOR", 1.01)
    read(reader, add_meeting("one", DAY, LINES))
    read(reader, add_meeting("two", date(2026, 3, 9), [("Ann Lee", "The script is late, I'll write it by March 13.")]))
    model = ScriptedChatModel([same_matter] * 8, card=WINDOWS)
    assert asks(database, reader, model, "two")[1] >= 2
    with database.session() as session:
        project = ProjectRepository(session).named("Atlas").id
        assert not LedgerRepository(session).links(project)
    read(reader, "two")
    with database.session() as session:
        assert LedgerRepository(session).links(project)


# what the model does is the same whatever keeps the rows
@pytest.mark.parametrize("migrated_database", ["sqlite"], indirect=True)
@pytest.mark.models
def test_the_embedded_model_reads_doubtful_lines(
    database: Database, add_meeting: AddMeeting, model_store: ModelStore
) -> None:
    from agents.link.meaning import EmbedderMeaning

    card = model_store.catalogue.get("multilingual-e5-small")
    embedder = open_embedder(lambda: model_store.path("multilingual-e5-small"), card, 2)
    reader = LedgerReader(database, EmbedderMeaning(embedder))
    said = [
        "那就先这样，红的。",
        "可能要延期一周。",
        "我们之前说的那个接口，是不是换一家？",
        "嗯，行吧。",
        "我晚点看看日志。",
    ]
    read(reader, add_meeting("one", DAY, [("陈明远", text) for text in said]))
    settings = AgentsSettings(chat_provider="embedded", embedded_reads="doubts", embedded_answer_seconds=300)
    name = settings.embedded_model
    gateway = ChatGateway(settings, lambda _: model_store.path(name) / model_store.catalogue.get(name).files[0].path)

    async def work() -> int:
        part = ModelReader(database, reader, Known(), gateway, settings)
        try:
            await part.plan("one")
            return sum([await part.ask_next("one") for _ in range(2)])
        finally:
            await gateway.close()

    asked = asyncio.run(work())
    with database.session() as session:
        replies = InquiryRepository(session).replies("one")
    assert len(replies) == asked > 0 and all(reply.text for reply in replies)
