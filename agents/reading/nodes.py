"""The nodes of the reading graph: take, ask, check, keep."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, replace
from typing import Any, Literal, Protocol

from langgraph.runtime import Runtime

from agents.llm.structured import UnreadableAnswerError, complete_as
from agents.ports import ChatModel, Message
from agents.reading.domain import Answered, Form, Inquiry
from agents.reading.prompts import messages, repair
from agents.reading.schema import REPLIES, WindowReply
from agents.reading.state import ReadingState

_CHOICE_TOKENS = 32
_MOST_ASKED = 2


class Desk(Protocol):
    """Holds what a model is to be asked, and what it replied. Blocking: called in a worker thread."""

    def next(self, meeting_id: str) -> Inquiry | None:
        """What is to be asked next about a meeting; null when nothing is left."""
        ...

    def keep(self, meeting_id: str, key: str, answered: Answered) -> None:
        """Record a reply."""
        ...


@dataclass(frozen=True, slots=True)
class ReadingContext:
    """Who is asked, and the longest reply about a window in tokens, thinking included."""

    model: ChatModel
    reply_tokens: int


ReadingRuntime = Runtime[ReadingContext]
Update = dict[str, Any]
"""Channels of `ReadingState` that a node writes."""


class ReadingNodes:
    """The nodes with their collaborators."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def take(self, state: ReadingState) -> Update:
        """Take up the next inquiry, if one is left."""
        return {"inquiry": await asyncio.to_thread(self._desk.next, state["meeting_id"]), "asked": 0, "faults": []}

    async def ask(self, state: ReadingState, runtime: ReadingRuntime) -> Update:
        """Ask the model, or once more with what was wrong. Raises ModelFailedError and ModelMissingError when it gives
        no answer; one that cannot be read is an answer."""
        inquiry, model = _inquiry(state), runtime.context.model
        began = time.perf_counter()
        try:
            reply, completion = await complete_as(
                model, _prompt(state), REPLIES[inquiry.form], max_tokens=_longest(inquiry, runtime.context)
            )
            tokens, text, fault = (
                (completion.prompt_tokens, completion.completion_tokens),
                reply.model_dump_json(),
                None,
            )
        except UnreadableAnswerError as error:
            spent = sum(one.prompt_tokens for one in error.spent), sum(one.completion_tokens for one in error.spent)
            tokens, text, fault = spent, None, error.message
        answered = Answered(text, fault, *tokens, seconds=round(time.perf_counter() - began, 2))
        return {"answered": _added(state.get("answered"), answered), "asked": state["asked"] + 1}

    def check(self, state: ReadingState) -> Update:
        """Say what is wrong with the answer: items on lines that were not shown."""
        inquiry, text = _inquiry(state), state["answered"].text
        if inquiry.form is not Form.WINDOW or text is None:
            return {"faults": []}
        known = set(inquiry.lines)
        loose = (item for item in WindowReply.model_validate_json(text).items if not known.issuperset(item.lines))
        return {"faults": [f"{item.kind.value} on lines {item.lines}" for item in loose]}

    async def keep(self, state: ReadingState) -> None:
        """Record the reply."""
        await asyncio.to_thread(self._desk.keep, state["meeting_id"], _inquiry(state).key, state["answered"])


def after_take(state: ReadingState) -> Literal["ask", "end"]:
    """Without an inquiry nothing is asked."""
    return "ask" if state["inquiry"] else "end"


def after_check(state: ReadingState) -> Literal["ask", "keep"]:
    """What is wrong may be said anew, once; what is wrong still is left out when the reply is read."""
    return "ask" if state["faults"] and state["asked"] < _MOST_ASKED else "keep"


def _inquiry(state: ReadingState) -> Inquiry:
    inquiry = state["inquiry"]
    assert inquiry is not None, "`after_take` lets only inquiries through"
    return inquiry


def _prompt(state: ReadingState) -> list[Message]:
    inquiry = _inquiry(state)
    asked = messages(inquiry.form, inquiry.text, state["background"] if inquiry.form is Form.WINDOW else ())
    if state["faults"]:
        asked += repair(state["answered"].text or "", state["faults"])
    return asked


def _longest(inquiry: Inquiry, context: ReadingContext) -> int:
    brief = inquiry.form is not Form.WINDOW and not context.model.card.thinking
    return _CHOICE_TOKENS if brief else context.reply_tokens


def _added(before: Answered | None, now: Answered) -> Answered:
    """The newer answer with what both took; the older where the newer cannot be read."""
    if before is None:
        return now
    kept = before if now.text is None else now
    return replace(
        kept,
        prompt_tokens=before.prompt_tokens + now.prompt_tokens,
        completion_tokens=before.completion_tokens + now.completion_tokens,
        seconds=round(before.seconds + now.seconds, 2),
    )
