"""What holds of every route, whatever the work, the tiers and how they stand."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from agents.llm.domain import Because, Level, Shape, Signals, Task, Tier, Work
from agents.llm.metering import Ruling, Verdict
from agents.llm.pricing import FREE
from agents.ports import Reads
from agents.routing.rules import Rules, Standing, route
from agents.routing.wording import BASES, reason, told
from tests.agents.routing.tiers import PRICES, tier

NAMES = ("a", "b", "c", "d", "e")

tiers = st.builds(
    tier,
    st.sampled_from(NAMES),
    st.sampled_from(Level),
    context_tokens=st.integers(1024, 2_000_000),
    even=st.integers(512, 1_000_000),
    thinking=st.booleans(),
    remote=st.booleans(),
    reads=st.sampled_from(Reads),
    prices=st.sampled_from([None, FREE, PRICES]),
)
sets = st.lists(tiers, max_size=5, unique_by=lambda one: one.name)
signals = st.builds(Signals, st.integers(0, 20), st.integers(0, 50), st.booleans(), st.sampled_from(Shape))
works = st.builds(
    Work,
    task=st.sampled_from(Task),
    prompt_tokens=st.integers(0, 10_000_000),
    reply_tokens=st.integers(1, 100_000),
    private=st.booleans(),
    seconds=st.none() | st.floats(0, 1e6),
    signals=signals,
)
STOPPED = Verdict(Ruling.STOPPED, Because("budget_price_unknown"))
some = st.frozensets(st.sampled_from(NAMES))
standings = st.builds(
    lambda sick, stopped, offline: Standing(dict.fromkeys(sick, "it failed"), dict.fromkeys(stopped, STOPPED), offline),
    some,
    some,
    st.booleans(),
)
rules = st.builds(Rules, st.floats(0, 100), st.floats(0, 300))
examples = settings(max_examples=300, derandomize=True, deadline=None)


@examples
@given(works, sets, rules, standings)
def test_nothing_private_and_nothing_offline_is_remote(
    work: Work, tiers: list[Tier], rules: Rules, standing: Standing
) -> None:
    found = route(work, tiers, rules, standing)
    if work.private or standing.offline:
        assert not any(one.remote for one in (*([found.tier] if found.tier else []), *found.others))


@examples
@given(works, sets, rules, standings)
def test_every_tier_is_taken_follows_or_is_refused(
    work: Work, tiers: list[Tier], rules: Rules, standing: Standing
) -> None:
    found = route(work, tiers, rules, standing)
    told_of = [*([found.tier.name] if found.tier else []), *(one.name for one in found.others)]
    told_of += [one.tier for one in found.refused]
    assert sorted(told_of) == sorted(one.name for one in tiers)
    assert found.tier is not None or not found.others
    assert not {one.name for one in found.others} & standing.verdicts.keys()


@examples
@given(works, sets, rules, standings)
def test_what_works_comes_before_what_does_not(work: Work, tiers: list[Tier], rules: Rules, standing: Standing) -> None:
    found = route(work, tiers, rules, standing)
    order = [one.name in standing.unhealthy for one in ((*([found.tier] if found.tier else []), *found.others))]
    assert order == sorted(order)


@examples
@given(works, sets, rules, standings, st.floats(0, 1e6), st.floats(0, 1e6))
def test_longer_recordings_never_go_to_a_lesser_tier(
    work: Work, tiers: list[Tier], rules: Rules, standing: Standing, one: float, other: float
) -> None:
    short, long = (route(replace(work, seconds=s), tiers, rules, standing).tier for s in sorted((one, other)))
    assert (short is None) == (long is None)
    if short and long:
        assert list(Level).index(short.level) <= list(Level).index(long.level)


@examples
@given(works, sets, rules, standings)
def test_estimates_are_never_negative_and_no_call_overflows(
    work: Work, tiers: list[Tier], rules: Rules, standing: Standing
) -> None:
    found = route(work, tiers, rules, standing)
    assert (found.tier is None) == (found.estimate is None)
    if found.tier and found.estimate:
        estimate = found.estimate
        assert estimate.passes >= 1
        assert min(estimate.prompt_tokens, estimate.completion_tokens) >= 0
        assert estimate.prompt_tokens + estimate.completion_tokens <= estimate.passes * found.tier.context_tokens
        assert (estimate.cost is None) == (found.tier.prices is None)
        assert estimate.cost is None or estimate.cost.amount >= 0
        assert not found.windowed or estimate.passes > 1


@examples
@given(works, sets, rules, standings)
def test_every_reason_is_worded(work: Work, tiers: list[Tier], rules: Rules, standing: Standing) -> None:
    found = route(work, tiers, rules, standing)
    assert sum(one.code in BASES for one in found.because) == (found.tier is not None)
    for language in ("zh", "en"):
        assert "{" not in "".join(told(one, language) for one in [*found.because, *(r.because for r in found.refused)])
        assert "\n" not in reason(found, language)
        assert reason(found, language).startswith(
            found.tier.name if found.tier else {"zh": "无", "en": "none"}[language]
        )
