from __future__ import annotations

from datetime import date

import pytest

from agents.llm.domain import Signals, Task
from agents.routing.rules import Rules, Standing, route
from agents.routing.tokens import AROUND_TOKENS
from agents.routing.works import Asked, Transcript, work_for
from agents.settings import AgentsSettings
from ingestion.errors import BadInputError
from retrieval.domain import Line
from tests.agents.routing.tiers import THREE

SETTINGS = AgentsSettings(reading_max_tokens=4000, answer_max_tokens=500, evidence_words_server=1000)
DAY = date(2026, 3, 2)


def talk(count: int) -> list[Line]:
    return [Line(i, "ABC"[i % 3], i * 6.0, i * 6.0 + 5, "We talked about the budget of it.") for i in range(count)]


def test_a_meeting_gives_its_length_its_tokens_and_its_signals() -> None:
    asked = Asked(Task.EXTRACT, private=True, project="Atlas", tier="local")
    found = work_for(asked, Transcript(talk(100), DAY, 600.0), SETTINGS)
    assert (found.seconds, found.private, found.project, found.tier) == (600.0, True, "Atlas", "local")
    assert (found.signals.speakers, found.reply_tokens) == (3, 4000)
    assert 1000 < found.prompt_tokens - AROUND_TOKENS < 2500


def test_what_is_given_rules_over_the_meeting() -> None:
    asked = Asked(Task.EXTRACT, private=False, minutes=90, prompt_tokens=7)
    found = work_for(asked, Transcript(talk(100), DAY, 600.0), SETTINGS)
    assert (found.seconds, found.prompt_tokens) == (5400.0, 7)


def test_minutes_alone_are_turned_into_tokens() -> None:
    found = work_for(Asked(Task.REVIEW, private=False, minutes=42), None, SETTINGS)
    assert (found.prompt_tokens, found.seconds, found.signals) == (42 * 400 + AROUND_TOKENS, 2520.0, Signals())


def test_a_meeting_that_is_not_heard_yet_is_as_long_as_its_recording() -> None:
    found = work_for(Asked(Task.EXTRACT, private=False), Transcript((), DAY, 2520.0), SETTINGS)
    assert found.prompt_tokens == 42 * 400 + AROUND_TOKENS


def test_a_transcript_without_times_has_tokens_and_no_length() -> None:
    found = work_for(Asked(Task.EXTRACT, private=False), Transcript(talk(9), DAY, None), SETTINGS)
    assert (found.seconds, found.prompt_tokens > AROUND_TOKENS) == (None, True)


@pytest.mark.parametrize("task", [Task.ANSWER, Task.COMPARE])
def test_a_question_is_given_no_more_than_its_evidence(task: Task) -> None:
    most = 2500 + AROUND_TOKENS
    assert work_for(Asked(task, private=False), None, SETTINGS).prompt_tokens == most
    assert work_for(Asked(task, private=False, minutes=600), None, SETTINGS).prompt_tokens == most
    assert work_for(Asked(task, private=False), Transcript(talk(3), DAY, None), SETTINGS).prompt_tokens < most


@pytest.mark.parametrize("task", [Task.EXTRACT, Task.REVIEW])
def test_somebody_has_to_say_how_much_there_is(task: Task) -> None:
    with pytest.raises(BadInputError, match="how much"):
        work_for(Asked(task, private=False), None, SETTINGS)


def test_a_meeting_of_a_million_tokens_is_routed() -> None:
    lines = [Line(i, "AB"[i % 2], i * 2.0, i * 2.0 + 2, "We talked about the budget. " * 3) for i in range(50_000)]
    work = work_for(Asked(Task.EXTRACT, private=False), Transcript(lines, DAY, 100_000.0), SETTINGS)
    found = route(work, THREE, Rules(), Standing())
    assert work.prompt_tokens > 1_000_000
    assert found.tier is not None
    assert found.estimate is not None
    assert (found.tier.name, found.windowed) == ("large", True)
    assert 100 < found.estimate.passes < 200
    assert found.estimate.prompt_tokens < 2.5 * work.prompt_tokens
