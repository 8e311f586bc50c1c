"""One inquiry through the graph: bad replies, bad lines, a model that is gone."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from agents.llm.scripted import SCRIPTED_CARD, Reply, ScriptedChatModel
from agents.reading.domain import Answered, Form, Inquiry
from agents.reading.graph import build_graph
from agents.reading.nodes import ReadingContext
from agents.reading.windows import window
from ingestion.errors import ModelFailedError
from retrieval.domain import Line

LINES = [Line(3, "Ann", 0.0, 1.0, "We take blue."), Line(4, "Bo", 1.0, 2.0, "Fine.")]
ASKED = window(LINES, date(2026, 3, 2))
GOOD = json.dumps({"items": [{"kind": "decision", "lines": [3]}]})
WRONG = json.dumps({"items": [{"kind": "decision", "lines": [3]}, {"kind": "risk", "lines": [77]}]})

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


class Desk:
    def __init__(self, waiting: Inquiry | None = ASKED) -> None:
        self.waiting, self.kept = waiting, list[Answered]()

    def next(self, meeting_id: str) -> Inquiry | None:
        return self.waiting

    def keep(self, meeting_id: str, key: str, answered: Answered) -> None:
        assert self.waiting and (meeting_id, key) == ("m", self.waiting.key)
        self.kept.append(answered)


async def run(desk: Desk, *replies: Reply, thinking: bool = False, background: tuple[str, ...] = ()) -> Any:
    model = ScriptedChatModel(replies, card=replace(SCRIPTED_CARD, thinking=thinking))
    given: Any = {"meeting_id": "m", "background": list(background)}
    state = await build_graph(desk).ainvoke(given, context=ReadingContext(model, 500))
    return model, state


async def test_a_reply_is_kept_with_what_it_took() -> None:
    desk = Desk()
    model, _ = await run(desk, GOOD, background=("2026-02-23 decision: we paint it.",))
    (kept,) = desk.kept
    assert json.loads(kept.text or "")["items"][0]["lines"] == [3]
    assert (kept.fault, kept.prompt_tokens > 0, kept.completion_tokens > 0) == (None, True, True)
    (call,) = model.calls
    assert "[3] Ann: We take blue." in call.messages[-1].content and "we paint it" in call.messages[-1].content
    assert call.schema and call.max_tokens == 500


async def test_nothing_to_ask_asks_nothing() -> None:
    desk = Desk(None)
    model, state = await run(desk)
    assert (model.calls, desk.kept, state["inquiry"]) == ([], [], None)


async def test_lines_that_were_not_shown_are_asked_about_once_more() -> None:
    desk = Desk()
    model, _ = await run(desk, WRONG, GOOD)
    assert "risk on lines [77]" in model.calls[1].messages[-1].content
    (kept,) = desk.kept
    assert "77" not in (kept.text or "")
    desk = Desk()
    model, _ = await run(desk, WRONG, WRONG)
    assert len(model.calls) == 2 and "77" in (desk.kept[0].text or "")


async def test_a_reply_that_stays_unreadable_is_kept_as_such() -> None:
    desk = Desk()
    await run(desk, '{"items": [{"kind": "deci', "I would say blue.")
    (kept,) = desk.kept
    assert kept.text is None and "twice" in (kept.fault or "") and kept.completion_tokens > 0


async def test_a_second_reply_that_cannot_be_read_does_not_undo_the_first() -> None:
    desk = Desk()
    await run(desk, WRONG, "nonsense", "nonsense")
    assert "77" in (desk.kept[0].text or "")


async def test_a_model_that_gives_no_answer_leaves_the_inquiry() -> None:
    desk = Desk()
    with pytest.raises(ModelFailedError):
        await run(desk, ModelFailedError("the server cannot be reached", "start it"))
    assert not desk.kept


async def test_a_choice_is_brief_unless_the_model_thinks() -> None:
    doubt = Inquiry(Form.DOUBT, "What does this do?", (3,), (3,))
    model, _ = await run(Desk(doubt), '{"sort": "talk"}')
    assert model.calls[0].max_tokens < 100
    model, _ = await run(Desk(doubt), '{"sort": "talk"}', thinking=True)
    assert model.calls[0].max_tokens == 500
