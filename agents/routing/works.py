"""The work that somebody wants to know the route of: how much there is to read of a meeting, or of so many minutes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from agents.llm.domain import Signals, Task, Work
from agents.reading.prompts import window_text
from agents.routing.signals import signals_of
from agents.routing.tokens import AROUND_TOKENS, tokens_of, tokens_of_minutes, tokens_of_words
from agents.settings import AgentsSettings
from ingestion.errors import BadInputError
from retrieval.domain import Line

_ON_EVIDENCE = (Task.ANSWER, Task.COMPARE)
"""Tasks that are given the lines found for a question, never more than the settings allow."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked about. `minutes` and `prompt_tokens` are null where they shall be taken from the meeting, or be
    estimated from one another."""

    task: Task
    private: bool
    minutes: float | None = None
    prompt_tokens: int | None = None
    project: str | None = None
    tier: str | None = None


@dataclass(frozen=True, slots=True)
class Transcript:
    """The lines of a stored meeting, its day, and its length where that is known."""

    lines: Sequence[Line]
    day: date
    seconds: float | None


def work_for(asked: Asked, meeting: Transcript | None, settings: AgentsSettings) -> Work:
    """The work, of a meeting where one is named. Raises BadInputError where nothing says how much there is to read."""
    minutes = asked.minutes
    if minutes is None and meeting is not None and meeting.seconds is not None:
        minutes = meeting.seconds / 60
    tokens = asked.prompt_tokens
    if tokens is None:
        tokens = _tokens(asked.task, minutes, meeting, settings)
    return Work(
        task=asked.task,
        prompt_tokens=tokens,
        reply_tokens=reply_tokens(asked.task, settings),
        private=asked.private,
        project=asked.project,
        seconds=None if minutes is None else minutes * 60,
        signals=signals_of(meeting.lines) if meeting else Signals(),
        tier=asked.tier,
    )


def reply_tokens(task: Task, settings: AgentsSettings) -> int:
    """The longest reply to one prompt of a task."""
    return settings.reading_max_tokens if task is Task.EXTRACT else settings.answer_max_tokens


def meeting_tokens(lines: Sequence[Line], day: date) -> int:
    """Tokens of the prompt that shows a whole meeting."""
    return tokens_of(window_text(lines, day)) + AROUND_TOKENS


def _tokens(task: Task, minutes: float | None, meeting: Transcript | None, settings: AgentsSettings) -> int:
    """Tokens of the prompt: of the words where there are any, else of talk of that length; a question is given no more
    than its evidence."""
    most = tokens_of_words(settings.evidence_words_server) + AROUND_TOKENS
    if meeting is not None and meeting.lines:
        whole = meeting_tokens(meeting.lines, meeting.day)
    elif minutes is not None:
        whole = tokens_of_minutes(minutes) + AROUND_TOKENS
    elif task in _ON_EVIDENCE:
        whole = most
    else:
        raise BadInputError("it is not said how much there is to read", "name a meeting, or give minutes or tokens")
    return min(whole, most) if task in _ON_EVIDENCE else whole
