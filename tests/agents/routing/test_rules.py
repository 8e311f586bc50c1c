from __future__ import annotations

from dataclasses import replace

import pytest

from agents.llm.domain import Because, Level, Route, Shape, Signals, Task, Tier
from agents.llm.metering import BudgetError, Ruling, Verdict
from agents.ports import Reads
from agents.routing.rules import Rules, Standing, route
from agents.routing.wording import Why, reason
from agents.settings import AgentsSettings
from ingestion.errors import BadInputError
from ingestion.outbound import PrivacyError
from tests.agents.routing.tiers import LARGE, LOCAL, MEDIUM, SMALL, THREE, tier, work

WELL = Standing()
RULES = Rules()
STOPPED = Verdict(Ruling.STOPPED, Because("budget_price_unknown"))
NEARLY = Verdict(Ruling.WARN, Because("budget_warn", {"budget": "9", "spent": "8", "wanted": "1", "currency": "CNY"}))


def taken(found: Route) -> str | None:
    return found.tier.name if found.tier else None


def names(tiers: tuple[Tier, ...]) -> list[str]:
    return [tier.name for tier in tiers]


def codes(found: Route) -> list[str]:
    return [one.code for one in found.because]


@pytest.mark.parametrize(
    ("minutes", "name", "code"),
    [
        (0, "local", Why.MINUTES_LOCAL),
        (9.99, "local", Why.MINUTES_LOCAL),
        (10, "medium", Why.MINUTES_MEDIUM),
        (60, "medium", Why.MINUTES_MEDIUM),
        (60.1, "large", Why.MINUTES_LARGE),
        (10_000, "large", Why.MINUTES_LARGE),
    ],
)
def test_the_duration_decides(minutes: float, name: str, code: str) -> None:
    found = route(work(minutes), THREE, RULES, WELL)
    assert (taken(found), code in codes(found)) == (name, True)


def test_thresholds_are_settings() -> None:
    rules = Rules.of(AgentsSettings(medium_from_minutes=1, large_from_minutes=2))
    assert [taken(route(work(m), THREE, rules, WELL)) for m in (0.5, 1.5, 2.5)] == ["local", "medium", "large"]


@pytest.mark.parametrize(("tokens", "name"), [(900, "local"), (12_000, "medium"), (30_000, "large")])
def test_without_a_duration_the_tokens_decide(tokens: int, name: str) -> None:
    assert taken(route(work(None, Task.ANSWER, tokens=tokens), THREE, RULES, WELL)) == name


def test_decisions_are_recorded_in_their_order() -> None:
    hard = Signals(speakers=9, disputes=5, agenda=True)
    found = route(work(42, tokens=16_000, private=True, signals=hard), THREE, RULES, WELL)
    assert codes(found) == [
        Why.KEPT_PRIVATE,
        Why.AT_ONCE,
        Why.MINUTES_MEDIUM,
        Why.DISPUTES,
        Why.MANY_SPEAKERS,
        Why.HARDER,
        Why.INSTEAD,
        Why.THINKING,
    ]
    assert found.because[-2].values == {"wanted": "large", "level": "medium"}


def test_the_nearest_level_is_taken_larger_ones_first() -> None:
    assert taken(route(work(42), (LOCAL, LARGE), RULES, WELL)) == "large"
    assert taken(route(work(90), (LOCAL, MEDIUM), RULES, WELL)) == "medium"
    assert taken(route(work(5), (MEDIUM, LARGE), RULES, WELL)) == "medium"
    assert names(route(work(42), THREE, RULES, WELL).others) == ["large", "local"]
    assert names(route(work(5), THREE, RULES, WELL).others) == ["medium", "large"]
    assert names(route(work(90), THREE, RULES, WELL).others) == ["medium", "local"]


def test_on_one_level_at_once_comes_before_in_windows_and_thinking_before_not() -> None:
    plain, narrow, thinks = (
        tier("a", Level.MEDIUM),
        tier("b", Level.MEDIUM, even=1000),
        tier("c", Level.MEDIUM, thinking=True),
    )
    found = route(work(42, tokens=20_000), (narrow, plain, thinks), RULES, WELL)
    assert [taken(found), *names(found.others)] == ["c", "a", "b"]


def test_a_tier_alone_needs_no_thresholds() -> None:
    found = route(work(5), (LARGE,), RULES, WELL)
    assert (taken(found), codes(found)) == ("large", [Why.AT_ONCE, Why.ONLY, Why.THINKING])


HARD = Signals(speakers=8, disputes=4, agenda=True)
ONE_SIGN = Signals(speakers=4, disputes=4, agenda=True)


@pytest.mark.parametrize(
    ("task", "signals", "name"),
    [
        (Task.EXTRACT, HARD, "large"),
        (Task.ANSWER, HARD, "large"),
        (Task.EXTRACT, ONE_SIGN, "medium"),
        (Task.EXTRACT, replace(ONE_SIGN, agenda=False), "large"),
        (Task.COMPARE, ONE_SIGN, "large"),
        (Task.REVIEW, ONE_SIGN, "large"),
        (Task.REVIEW, Signals(speakers=4, agenda=False), "medium"),
        (Task.REVIEW, Signals(), "medium"),
        (Task.EXTRACT, Signals(speakers=2, shape=Shape.CALL), "medium"),
        (Task.EXTRACT, Signals(speakers=3, shape=Shape.LIVESTREAM), "local"),
    ],
)
def test_content_moves_the_level_by_one_at_most(task: Task, signals: Signals, name: str) -> None:
    assert taken(route(work(42, task, signals=signals), THREE, RULES, WELL)) == name


def test_a_short_call_is_easier_and_a_long_one_is_not() -> None:
    call = Signals(speakers=2, shape=Shape.CALL)
    assert [taken(route(work(m, signals=call), THREE, RULES, WELL)) for m in (20, 30, 31)] == [
        "local",
        "local",
        "medium",
    ]


def test_hard_work_does_not_jump_two_levels() -> None:
    assert taken(route(work(5, Task.REVIEW, signals=HARD), THREE, RULES, WELL)) == "medium"


def test_private_work_and_offline_never_leave() -> None:
    for asked, standing, code in (
        (work(90, private=True), WELL, Why.PRIVATE),
        (work(90), Standing(offline=True), Why.OFFLINE),
    ):
        found = route(asked, THREE, RULES, standing)
        assert (taken(found), names(found.others)) == ("medium", ["local"])
        assert [(one.tier, one.because.code) for one in found.refused] == [("large", code)]


def test_nothing_is_taken_where_nothing_may() -> None:
    found = route(work(90, private=True), (LARGE,), RULES, WELL)
    assert (found.tier, found.estimate, codes(found)) == (None, None, [Why.KEPT_PRIVATE, Why.NONE_LEFT])
    assert codes(route(work(90), (), RULES, WELL)) == [Why.NO_TIERS]


def test_what_is_unhealthy_comes_last_and_says_why() -> None:
    found = route(work(42), THREE, RULES, Standing(unhealthy={"medium": "it failed five times"}))
    assert (taken(found), names(found.others)) == ("large", ["local", "medium"])
    assert Because(Why.UNHEALTHY, {"tier": "medium", "problem": "it failed five times"}) in found.because


def test_where_nothing_works_the_best_is_tried_all_the_same() -> None:
    found = route(work(42), THREE, RULES, Standing(unhealthy=dict.fromkeys(["local", "medium", "large"], "x")))
    assert taken(found) == "medium"
    assert [code for code in codes(found) if code in (Why.UNHEALTHY, Why.NONE_HEALTHY)] == [
        Why.UNHEALTHY,
        Why.NONE_HEALTHY,
    ]


def test_what_a_budget_stops_is_not_taken() -> None:
    found = route(work(90), THREE, RULES, Standing(verdicts={"large": STOPPED}))
    assert (taken(found), names(found.others)) == ("medium", ["local"])
    assert [(one.tier, one.because) for one in found.refused] == [("large", STOPPED.because)]


@pytest.mark.parametrize("named", [None, "large"])
def test_a_budget_nearly_used_up_is_said_by_the_tier_that_it_is_for(named: str | None) -> None:
    found = route(work(90, tier=named), THREE, RULES, Standing(verdicts={"large": NEARLY, "medium": NEARLY}))
    assert (taken(found), [one for one in found.because if one == NEARLY.because]) == ("large", [NEARLY.because])
    assert "budget of 9 CNY is nearly used up: 8 spent" in reason(found, "en")
    assert "预算 9 CNY 即将用完" in reason(found, "zh")
    assert NEARLY.because not in route(work(5), THREE, RULES, Standing(verdicts={"large": NEARLY})).because


def test_what_sees_all_of_the_evidence_comes_before_what_does_not() -> None:
    late = Rules(medium_from_minutes=100, large_from_minutes=200)
    found = route(work(None, Task.ANSWER, tokens=12_000), (SMALL, MEDIUM), late, WELL)
    assert (taken(found), names(found.others)) == ("medium", ["small"])
    assert taken(route(work(None, Task.ANSWER, tokens=900), (SMALL, MEDIUM), late, WELL)) == "small"


def test_long_input_is_read_in_windows() -> None:
    found = route(work(300, tokens=120_000), THREE, RULES, WELL)
    assert found.windowed
    assert found.estimate is not None
    assert found.estimate.passes > 10
    assert not route(work(42, tokens=16_000), THREE, RULES, WELL).windowed


def test_a_tier_asked_for_by_name_is_taken_and_none_follows_it() -> None:
    found = route(work(90, tier="local"), THREE, RULES, WELL)
    assert (taken(found), found.others, codes(found)) == ("local", (), [Why.NAMED, Why.AT_ONCE])
    assert {(one.tier, one.because.code) for one in found.refused} == {
        ("medium", Why.NOT_NAMED),
        ("large", Why.NOT_NAMED),
    }


def test_an_unhealthy_tier_asked_for_by_name_is_tried() -> None:
    found = route(work(90, tier="local"), THREE, RULES, Standing(unhealthy={"local": "x"}))
    assert (taken(found), Why.UNHEALTHY in codes(found)) == ("local", True)


@pytest.mark.parametrize(
    ("given", "standing", "error", "said"),
    [
        ({"tier": "huge"}, WELL, BadInputError, "there is no tier 'huge'"),
        ({"tier": "large", "private": True}, WELL, PrivacyError, "must not see what is private"),
        ({"tier": "large"}, Standing(offline=True), PrivacyError, "offline"),
        ({"tier": "large"}, Standing(verdicts={"large": STOPPED}), BudgetError, "price is not known"),
        ({"tier": "small", "task": Task.REVIEW, "prompt_tokens": 9000}, WELL, BadInputError, "too small"),
        ({"tier": "mute"}, WELL, BadInputError, "not set to read meetings"),
    ],
)
def test_what_is_asked_for_by_name_is_never_replaced(given, standing, error, said) -> None:
    mute = tier("mute", Level.LOCAL, reads=Reads.NOTHING)
    with pytest.raises(error, match=said) as raised:
        route(replace(work(5), **given), (*THREE, SMALL, mute), RULES, standing)
    assert raised.value.hint


def test_a_name_that_is_not_there_shows_those_that_are() -> None:
    with pytest.raises(BadInputError) as raised:
        route(work(5, tier="huge"), THREE, RULES, WELL)
    assert raised.value.hint == "tiers: local, medium, large"
    with pytest.raises(BadInputError) as raised:
        route(work(5, tier="huge"), (), RULES, WELL)
    assert raised.value.hint == "tiers: none is set up"
