from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from agents.llm.domain import Because, Money, Task
from agents.llm.scripted import SCRIPTED_CARD
from agents.ports import Reads
from agents.reading.windows import windows
from agents.routing.passes import How, estimated, how_read
from agents.routing.tokens import AROUND_TOKENS
from agents.routing.wording import Why
from retrieval.domain import Line
from tests.agents.routing.tiers import LARGE, LOCAL, PRICES, SMALL, work


def test_what_fits_and_is_read_evenly_is_read_at_once() -> None:
    asked = work(42, tokens=20_000)
    assert how_read(asked, LOCAL) is How.WHOLE
    found = estimated(How.WHOLE, asked, LOCAL)
    assert (found.passes, found.prompt_tokens, found.completion_tokens) == (1, 20_000, 1000)


def test_what_fits_but_is_not_read_evenly_is_read_in_windows() -> None:
    asked = work(60, tokens=40_000)
    assert how_read(asked, LOCAL) is How.WINDOWS
    assert how_read(asked, replace(LOCAL, card=LOCAL.card.model_copy(update={"even_tokens": 40_000}))) is How.WHOLE


@pytest.mark.parametrize("minutes", [19.9, 20, 20.1, 34.9, 35, 50, 60, 61, 240])
def test_there_are_as_many_windows_as_the_reading_cuts(minutes: float) -> None:
    lines = [Line(i, "A", i * 6.0, None, "word " * 8) for i in range(int(minutes * 10) + 1)]
    card = replace(SCRIPTED_CARD, context_tokens=131_072, even_tokens=1)
    cut = windows(lines, date(2026, 3, 2), card, 1000)
    seconds = lines[-1].start
    assert seconds is not None
    assert estimated(How.WINDOWS, work(seconds / 60, tokens=30_000), LOCAL).passes == len(cut)


def test_windows_overlap_and_their_replies_are_joined_unless_code_does_it() -> None:
    # windows begin at 0, 15, 30 and 45 minutes: 15 of 60 minutes are read twice
    found = estimated(How.WINDOWS, work(60, tokens=36_000), LOCAL)
    assert (found.passes, found.prompt_tokens) == (4, 45_000 + 4 * AROUND_TOKENS)
    joined = estimated(How.WINDOWS, work(60, Task.REVIEW, tokens=36_000), LOCAL)
    assert joined.passes == 5
    assert joined.prompt_tokens == 45_000 + 4 * AROUND_TOKENS + 4 * 1000 + AROUND_TOKENS
    assert joined.completion_tokens == 5 * 1000


def test_a_window_that_does_not_fit_is_halved() -> None:
    asked = work(60, tokens=80_000)
    assert estimated(How.WINDOWS, asked, replace(LOCAL, context_tokens=8192)).passes > 4


def test_a_million_tokens_are_estimated_with_joins_upon_joins() -> None:
    asked = work(None, Task.REVIEW, tokens=1_000_000)
    tight = replace(LOCAL, context_tokens=16_384)
    assert how_read(asked, tight) is How.WINDOWS
    found = estimated(How.WINDOWS, asked, tight)
    assert 160 < found.passes < 220
    assert 1_000_000 < found.prompt_tokens < 3_000_000
    assert found.cost == Money(Decimal(0), "USD")


def test_each_call_is_priced_by_the_length_of_its_own_prompt() -> None:
    paid = replace(LOCAL, prices=PRICES)
    assert estimated(How.WHOLE, work(tokens=8000), paid).cost == Money(Decimal("0.024"), "CNY")
    assert estimated(How.WHOLE, work(tokens=20_000), paid).cost == Money(Decimal("0.096"), "CNY")
    windowed = estimated(How.WINDOWS, work(60, tokens=32_000), paid)
    per_call = (40_000 / 4 + AROUND_TOKENS) * 4 + 1000 * 16
    assert windowed.cost is not None
    assert float(windowed.cost.amount) == pytest.approx(4 * per_call / 1e6)


def test_an_unknown_price_stays_unknown() -> None:
    assert estimated(How.WHOLE, work(), replace(LOCAL, prices=None)).cost is None


def test_a_small_window_cannot_review_but_answers_with_the_best_of_the_evidence() -> None:
    refused = how_read(work(60, Task.REVIEW, tokens=9000), SMALL)
    assert refused == Because(Why.TOO_SMALL, {"tier": "small", "needed": 10_000, "context": 4096})
    asked = work(None, Task.ANSWER, tokens=9000)
    assert how_read(asked, SMALL) is How.SHORTENED
    assert estimated(How.SHORTENED, asked, SMALL).prompt_tokens == 3096
    assert how_read(work(None, Task.ANSWER, tokens=900), SMALL) is How.WHOLE


def test_what_is_not_set_to_read_meetings_does_not() -> None:
    assert how_read(work(5), replace(SMALL, reads=Reads.NOTHING)) == Because(Why.READS_NOTHING, {"tier": "small"})
    assert how_read(work(None, Task.ANSWER), replace(SMALL, reads=Reads.NOTHING)) is How.WHOLE


def test_a_small_window_reads_the_lines_in_doubt() -> None:
    assert how_read(work(60, tokens=90_000), SMALL) is How.DOUBTS
    found = estimated(How.DOUBTS, work(60, tokens=90_000), SMALL)
    assert (found.passes, found.completion_tokens) == (24, 24 * 32)
    assert estimated(How.DOUBTS, work(60, tokens=90_000), replace(SMALL, thinking=True)).completion_tokens == 24_000
    assert estimated(How.DOUBTS, work(1, tokens=10), SMALL).passes == 1


def test_a_reply_longer_than_the_window_leaves_room_for_the_prompt() -> None:
    asked = work(5, Task.ANSWER, tokens=1500, reply_tokens=100_000)
    assert how_read(asked, SMALL) is How.WHOLE
    assert estimated(How.WHOLE, asked, LARGE).completion_tokens == 65_536
