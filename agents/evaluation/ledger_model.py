"""A chat model's part in a reading that is not stored, and what all of it cost."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from typing import Any

from agents.ports import ChatCard, ChatModel
from agents.reading.domain import Answered, Inquiry, Reply
from agents.reading.graph import build_graph
from agents.reading.nodes import ReadingContext
from ingestion.text.language import words
from retrieval.domain import Line

_WORDS_AN_HOUR = 9000
"""How much is said in an hour, for transcripts without times."""


class AskedModel:
    """Asks a chat model about meetings, each inquiry as the ledger does. Blocking; use it as a context, at whose end
    the model is closed."""

    def __init__(self, model: ChatModel, reply_tokens: int) -> None:
        self._model, self.reply_tokens = model, reply_tokens
        self._runner = asyncio.Runner()
        self._desk = _Desk()
        self._graph = build_graph(self._desk)

    def __enter__(self) -> AskedModel:
        return self

    def __exit__(self, *_: object) -> None:
        self._runner.run(self._model.close())
        self._runner.close()

    @property
    def card(self) -> ChatCard:
        """What the model can do."""
        return self._model.card

    @property
    def answered(self) -> Sequence[Answered]:
        """Everything that it answered, in order."""
        return list(self._desk.kept.values())

    def ask(self, inquiries: Iterable[Inquiry], background: Sequence[str] = ()) -> list[Reply]:
        """Its replies, an equal inquiry asked once. Raises ModelFailedError and ModelMissingError."""
        return [self._reply(one, list(background)) for one in inquiries]

    def _reply(self, inquiry: Inquiry, background: list[str]) -> Reply:
        if inquiry.key not in self._desk.kept:
            self._desk.waiting = inquiry
            given: Any = {"meeting_id": "", "background": background}
            context = ReadingContext(self._model, self.reply_tokens)
            self._runner.run(self._graph.ainvoke(given, context=context))
        text = self._desk.kept[inquiry.key].text
        return Reply(inquiry.key, inquiry.form, inquiry.lines, inquiry.about, inquiry.kind, text)


class _Desk:
    def __init__(self) -> None:
        self.waiting: Inquiry | None = None
        self.kept: dict[str, Answered] = {}

    def next(self, meeting_id: str) -> Inquiry | None:
        return self.waiting

    def keep(self, meeting_id: str, key: str, answered: Answered) -> None:
        self.kept[key] = answered


def cost(meetings: Iterable[Sequence[Line]], seconds: float, model: AskedModel | None) -> dict[str, Any]:
    """What reading the meetings took, for each hour of them: seconds, and tokens of a model, 0 without one. Where no
    times are known an hour is as long as 9,000 words."""
    hours = sum(map(_hours, meetings))
    answered: Sequence[Answered] = model.answered if model else ()
    spent = {
        "prompt_tokens": sum(one.prompt_tokens for one in answered),
        "completion_tokens": sum(one.completion_tokens for one in answered),
        "seconds": seconds,
    }
    return {
        "meeting_hours": round(hours, 2),
        "inquiries": len(answered),
        "unreadable": sum(one.fault is not None for one in answered),
        **{f"{name}_per_hour": round(value / hours, 1) if hours else 0.0 for name, value in spent.items()},
    }


def _hours(lines: Sequence[Line]) -> float:
    ends = [line.end for line in lines if line.end is not None]
    return max(ends) / 3600 if ends else sum(words(line.text) for line in lines) / _WORDS_AN_HOUR
