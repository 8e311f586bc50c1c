"""The same calls on other tiers, by hand-made sums."""

from __future__ import annotations

import re
import textwrap
import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from agents.llm.card_catalogue import CardCatalogue
from agents.llm.cards import ModelCard
from agents.llm.domain import NOTHING, Money, Spent
from agents.settings import BudgetSettings
from agents.usage.domain import PastCall
from agents.usage.plan import Plan, parse_plan
from agents.usage.simulation import CAVEATS, Simulation, priced, simulate
from agents.usage.wording import CAVEATS as SAID
from ingestion.errors import BadInputError
from tests.agents.usage.conftest import yuan

FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)
MACHINE = {"price": 36525, "years": 10, "watts": 3600, "price_per_kwh": 2}
MACHINE |= {"prompt_tokens_per_second": 1000, "tokens_per_second": 10}


def prices(seller: str, currency: str, steps: list[dict[str, Any]]) -> dict[str, Any]:
    return {"seller": seller, "currency": currency, "read_on": "2026-11-01", "source": "test", "steps": steps}


def card(*lists: dict[str, Any]) -> ModelCard:
    return ModelCard.model_validate(
        {"name": "m", "family": "f", "description": "d", "context_tokens": 4096, "even_tokens": 4096, "prices": lists}
    )


SHOP = prices(
    "shop",
    "CNY",
    [
        {"up_to_tokens": 1000, "input": 1, "output": 10, "thinking_output": 40, "cached_input": "0.2"},
        {"input": 2, "output": 20},
    ],
)


def past(prompt: int = 1000, completion: int = 100, **given: Any) -> PastCall:
    cached, thinking = given.pop("cached", 0), given.pop("thinking", False)
    made = {"task": "answer", "project": "Atlas", "tier": "medium", "audio_seconds": 0.0, "cost": yuan("0.01")}
    return PastCall(spent=Spent(prompt, completion, cached, thinking), **(made | given))


def replay(*calls: PastCall, tiers: dict[str, Any], machines: dict[str, Any] | None = None) -> Simulation:
    plan = Plan.model_validate({"tiers": tiers, "hardware": machines or {}})
    return simulate(calls, priced(plan, {"m": card(SHOP), "unknown": card()}.__getitem__), FIRST, LAST)


def then(found: Simulation) -> list[tuple[dict[str, Decimal], int]]:
    return [(dict(row.then.amounts), row.then.unpriced) for row in found.rows]


def test_each_call_is_priced_by_the_step_of_its_own_prompt() -> None:
    found = replay(past(1000), past(1001), past(cached=500), past(thinking=True), tiers={"medium": {"card": "m"}})
    first, longer, cached, thinking = (Decimal(n) / 10**6 for n in (2000, 4002, 1600, 5000))
    assert then(found) == [({"CNY": first + longer + cached + thinking}, 0)]
    assert found.rows[0].now.amounts == {"CNY": Decimal("0.04")}


def test_thinking_can_be_left_out_of_the_other_table() -> None:
    found = replay(past(thinking=True), tiers={"medium": {"card": "m", "thinking": False}})
    assert then(found) == [({"CNY": Decimal("0.002")}, 0)]


def test_a_tier_that_no_call_used_is_told() -> None:
    found = replay(past(), tiers={"medium": {"card": "m"}, "mediun": {"card": "m"}})
    assert (found.unused, found.to_json()["unused"]) == (("mediun",), ["mediun"])


def test_what_is_not_known_stays_so() -> None:
    found = replay(
        past(tier="large", cost=None),
        past(task="compare", project=None),
        past(task="speech", audio_seconds=60.0, completion=0, prompt=0, cost=None),
        past(prompt=0, completion=0, cost=None),
        tiers={"medium": {"card": "unknown"}},
    )
    assert [(row.task, row.project) for row in found.rows] == [
        ("answer", "Atlas"),
        ("compare", None),
        ("speech", "Atlas"),
    ]
    assert then(found) == [({}, 1), ({}, 1), ({}, 1)]
    assert found.left_out == 1
    assert found.to_json()["then"] == {"costs": [], "unpriced": 3}


def test_currencies_are_never_added_up() -> None:
    euro = past(cost=Money(Decimal(1), "EUR"), tier="large")
    found = replay(past(), euro, tiers={"medium": {"card": "m"}}).to_json()
    assert found["now"]["costs"] == [{"amount": 0.01, "currency": "CNY"}, {"amount": 1.0, "currency": "EUR"}]
    assert found["rows"][0]["then"]["costs"][1] == {"amount": 1.0, "currency": "EUR"}


def test_a_machine_is_paid_by_the_day_and_by_the_second_and_borne_by_its_use() -> None:
    work = [past(0, 90, cost=yuan(5)), past(0, 30, project="Borealis", cost=yuan(5))]
    found = replay(*work, tiers={"medium": {"hardware": "box"}}, machines={"box": MACHINE})
    (box,) = found.machines
    assert (box.purchase.amount, box.busy_seconds) == (300, 12)
    assert box.electricity.amount == Decimal("0.024")
    shares = [row.then.amounts["CNY"] for row in found.rows]
    assert shares == [Decimal("300.024") * 3 / 4, Decimal("300.024") / 4]
    # 36525 / 120 a month, by 5 less 6 seconds of 3.6 kW at 2 a kWh, each
    assert box.break_even_calls_a_month == 62
    assert found.to_json()["then"]["costs"] == [{"amount": 300.024, "currency": "CNY"}]


def test_what_a_machine_draws_while_idle_is_paid_for() -> None:
    machines = {"box": {**MACHINE, "idle_watts": 1000, "price": 0}}
    found = replay(past(0, 10), tiers={"medium": {"hardware": "box"}}, machines=machines)
    assert found.machines[0].electricity.amount == (Decimal(30 * 86400 - 1) * 1000 + 3600) * 2 / 3_600_000


def test_an_idle_machine_is_paid_for_too() -> None:
    found = replay(past(), tiers={"large": {"hardware": "box"}}, machines={"box": MACHINE}).to_json()
    assert found["then"]["costs"] == [{"amount": 300.01, "currency": "CNY"}]
    assert found["machines"][0]["break_even_calls_a_month"] is None


@pytest.mark.parametrize("cost", [None, NOTHING, Money(Decimal(1), "EUR"), yuan("0.0000001")])
def test_a_machine_that_never_pays_off_or_of_which_that_cannot_be_said(cost: Money | None) -> None:
    found = replay(past(cost=cost), tiers={"medium": {"hardware": "box"}}, machines={"box": MACHINE})
    assert found.machines[0].break_even_calls_a_month is None


def test_a_machine_that_is_too_slow_shows_it() -> None:
    found = replay(past(0, 30 * 86_400 * 20), tiers={"medium": {"hardware": "box"}}, machines={"box": MACHINE})
    assert found.machines[0].busy_share == 2


def test_sellers_have_to_be_named_where_there_are_several() -> None:
    cards = {"m": card(SHOP, prices("stall", "USD", [{"input": 3, "output": 3}]))}
    plan = Plan.model_validate({"tiers": {"medium": {"card": "m"}}})
    with pytest.raises(BadInputError, match="several sell m"):
        priced(plan, cards.__getitem__)
    named = Plan.model_validate({"tiers": {"medium": {"card": "m", "seller": "stall"}}})
    found = simulate([past()], priced(named, cards.__getitem__), FIRST, LAST)
    assert then(found) == [({"USD": Decimal("0.0033")}, 0)]


def test_caveats_are_always_told() -> None:
    assert replay(tiers={"medium": {"card": "m"}}).to_json()["caveats"] == list(SAID) == list(CAVEATS)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("tiers = [", "no TOML"),
        ("", "tiers"),
        ("[tiers.medium]\ncrad = 'm'", "tiers.medium.crad"),
        ("[tiers.medium]\nhardware = 'box'", "hardware.box"),
        ("[tiers.medium]\nhardware = 'box'\nseller = 'x'\n[hardware.box]", "neither a seller"),
        ("[tiers.m]\ncard='m'\n[hardware.box]\nprice=1\nyears=0\nwatts=1\nprice_per_kwh=1", "hardware.box.years"),
    ],
)
def test_a_file_that_is_no_plan_says_where(text: str, said: str) -> None:
    with pytest.raises(BadInputError) as refused:
        parse_plan(text)
    assert said in refused.value.message


def test_the_examples_of_the_docs_work() -> None:
    text = (Path(__file__).parents[3] / "docs" / "usage.md").read_text(encoding="utf-8")
    budget, plan = (
        textwrap.dedent(block)
        for block in re.findall(r"(?:^    .*\n|^\n(?=    ))+", text, re.MULTILINE)
        if "[" in block
    )
    settings = BudgetSettings.model_validate(tomllib.loads(budget)["agents"]["budget"])
    assert settings.projects["Atlas"] < (settings.month or 0)
    tiers = priced(Plan.model_validate(parse_plan(plan)), CardCatalogue.load().get).tiers
    assert tiers["large"].prices is not None
    assert tiers["medium"].machine == "workstation"
