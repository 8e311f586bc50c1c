from __future__ import annotations

import ast
import string
from pathlib import Path

import pytest

import agents.routing
from agents.llm.domain import Because, Level
from agents.llm.metering import Ruling, Verdict
from agents.ports import Reads
from agents.routing.rules import Rules, Standing, route
from agents.routing.wording import LEVELS, SENTENCES, Why, reason, told
from agents.usage.wording import BUDGETS
from tests.agents.routing.tiers import LARGE, LOCAL, MEDIUM, SMALL, tier, work

SOURCES = [path for path in Path(agents.routing.__file__).parent.glob("*.py") if path.name != "wording.py"]


def fields(text: str) -> set[str]:
    return {field for _, field, _, _ in string.Formatter().parse(text) if field}


def test_every_code_is_worded_in_both_languages_with_the_same_values() -> None:
    assert set(SENTENCES) == set(Why)
    for words in [*SENTENCES.values(), *LEVELS.values()]:
        assert set(words) == {"zh", "en"}
        assert fields(words["zh"]) == fields(words["en"])
        assert all(words.values())
    assert set(LEVELS) == set(Level)


def test_every_code_is_used_and_every_use_is_a_code() -> None:
    used: set[str] = set()
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "Why":
                used.add(node.attr)
    # these six are made of the level
    made = {f"{base}_{level.name}" for base in ("MINUTES", "TOKENS") for level in Level}
    assert used | made == set(Why.__members__)


def test_no_code_is_also_one_of_a_budget() -> None:
    assert not set(BUDGETS) & {why.value for why in Why}


def test_a_code_that_nobody_words_is_told() -> None:
    with pytest.raises(ValueError, match="nobody"):
        told(Because("nobody"), "en")


def test_numbers_are_written_for_people() -> None:
    because = Because(Why.TOO_SMALL, {"tier": "local", "needed": 12_000, "context": 4096})
    assert told(because, "en") == "local is too small (12,000 tokens needed, 4,096 there)"
    assert told(Because(Why.MINUTES_MEDIUM, {"minutes": 42.5, "limit": 10.0}), "zh") == "录音 42.5 分钟（10 起）"


def test_one_line_says_what_speaks_for_the_tier_and_against_the_others() -> None:
    mute = tier("embedded", Level.LOCAL, reads=Reads.NOTHING)
    found = route(work(42, tokens=16_000), (mute, MEDIUM, LARGE), Rules(), Standing())
    assert reason(found, "en") == (
        "medium: 42 minutes of recording (from 10), thinking; large is not needed; embedded is not set to read meetings"
    )
    assert reason(found, "zh") == "medium：录音 42 分钟（10 起），开启思考；不需要 large；embedded 不通读会议"


def test_one_line_names_what_a_budget_stops() -> None:
    stopped = Standing(verdicts={"large": Verdict(Ruling.STOPPED, Because("budget_price_unknown"))})
    found = route(work(90, tokens=16_000), (LOCAL, LARGE), Rules(), stopped)
    assert reason(found, "en") == (
        "local: 90 minutes of recording (more than 60); no large tier can do it, the next is local; "
        "large: there is a budget, and its price is not known: add prices to its card in models.toml"
    )


def test_one_line_says_why_there_is_no_model() -> None:
    assert reason(route(work(5), (), Rules(), Standing()), "en") == "none: no chat model is set up"
    found = route(work(5, private=True), (LARGE,), Rules(), Standing())
    assert reason(found, "en") == (
        "none: private: nothing of it leaves this machine; no model may do it; "
        "large is remote and must not see what is private"
    )


def test_one_line_for_a_tier_alone_or_asked_for_is_short() -> None:
    assert reason(route(work(5), (SMALL,), Rules(), Standing()), "en").startswith("small: the only one set up")
    named = route(work(5, tier="local"), (LOCAL, MEDIUM), Rules(), Standing())
    assert reason(named, "en") == "local: asked for by name"
