"""What calls cost."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.llm.cards import PriceList, PriceStep
from agents.llm.domain import Money, Spent
from agents.llm.pricing import FREE, cost, seller_at

PRICES = PriceList(
    seller="somebody",
    currency="CNY",
    read_on=date(2026, 11, 1),
    source="https://example.org",
    steps=(
        PriceStep(up_to_tokens=1000, input=Decimal(1), output=Decimal(10), cached_input=Decimal("0.2")),
        PriceStep(up_to_tokens=2000, input=Decimal(2), output=Decimal(20), thinking_output=Decimal(80)),
    ),
)

tokens = st.integers(0, 10_000_000)
amounts = st.decimals(0, 1000, places=4)


@st.composite
def price_lists(draw: st.DrawFn) -> PriceList:
    ends: list[int | None] = sorted(draw(st.sets(st.integers(1, 1_000_000), min_size=1, max_size=4)))  # pyright: ignore[reportAssignmentType]
    if draw(st.booleans()):
        ends.append(None)
    steps = [
        PriceStep(
            up_to_tokens=end,
            input=(price := draw(amounts)),
            output=draw(amounts),
            thinking_output=draw(st.none() | amounts),
            cached_input=draw(st.none() | st.decimals(0, price, places=4)),
        )
        for end in ends
    ]
    return PriceList(seller="s", currency="USD", read_on=date(2026, 1, 1), source="", steps=tuple(steps))


@st.composite
def calls(draw: st.DrawFn) -> Spent:
    return Spent(draw(tokens), draw(tokens), draw(tokens), draw(st.booleans()))


def amount(prices: PriceList, spent: Spent) -> Decimal:
    found = cost(prices, spent)
    assert found is not None
    return found.amount


def test_the_whole_call_is_priced_by_the_step_of_its_prompt() -> None:
    assert amount(PRICES, Spent(1000, 100)) == Decimal("0.002")
    assert amount(PRICES, Spent(1001, 100)) == Decimal("0.004002")


def test_a_longer_prompt_than_any_is_priced_by_the_last_step() -> None:
    assert amount(PRICES, Spent(1_000_000, 0)) == Decimal(2)


def test_cached_tokens_cost_less_where_a_price_says_so() -> None:
    assert amount(PRICES, Spent(1000, 0, cached_tokens=500)) == Decimal("0.0006")
    assert amount(PRICES, Spent(2000, 0, cached_tokens=500)) == Decimal("0.004")


def test_thinking_costs_more_where_a_price_says_so() -> None:
    assert amount(PRICES, Spent(0, 100, thinking=True)) == Decimal("0.001")
    assert amount(PRICES, Spent(1500, 100, thinking=True)) == Decimal("0.011")


def test_no_prices_are_no_cost_and_not_nothing() -> None:
    assert cost(None, Spent(1, 1)) is None
    assert cost(FREE, Spent(10**9, 10**9, thinking=True)) == Money(Decimal(0), "USD")


@pytest.mark.parametrize(
    ("base_url", "seller"),
    [
        ("https://dashscope.aliyuncs.com/compatible-mode/v1", "dashscope"),
        ("https://dashscope-intl.aliyuncs.com/compatible-mode/v1", "dashscope-intl"),
        ("https://ws-1.cn-beijing.maas.aliyuncs.com/compatible-mode/v1", "dashscope"),
        ("https://ws-1.ap-southeast-1.maas.aliyuncs.com/compatible-mode/v1", "dashscope-intl"),
        ("https://ws-1.cn-hongkong.maas.aliyuncs.com/compatible-mode/v1", None),
        ("https://cn-hongkong.dashscope.aliyuncs.com/compatible-mode/v1", None),
        ("https://cn-beijing.maas.aliyuncs.com.example.org/v1", None),
        ("http://127.0.0.1:8000/v1", None),
        ("", None),
    ],
)
def test_an_address_tells_whose_prices_hold_where_its_region_is_known(base_url: str, seller: str | None) -> None:
    assert seller_at(base_url) == seller


@given(price_lists(), calls())
def test_a_cost_is_never_negative_and_in_the_list_s_currency(prices: PriceList, spent: Spent) -> None:
    found = cost(prices, spent)
    assert found is not None
    assert found.amount >= 0
    assert found.currency == "USD"


@given(price_lists(), calls(), tokens)
def test_more_words_never_cost_less(prices: PriceList, spent: Spent, more: int) -> None:
    longer = Spent(spent.prompt_tokens, spent.completion_tokens + more, spent.cached_tokens, spent.thinking)
    assert amount(prices, longer) >= amount(prices, spent)


@given(price_lists(), calls())
def test_what_is_cached_never_costs_more(prices: PriceList, spent: Spent) -> None:
    uncached = Spent(spent.prompt_tokens, spent.completion_tokens, 0, spent.thinking)
    assert amount(prices, spent) <= amount(prices, uncached)


@given(price_lists(), calls())
def test_it_is_one_step_s_prices(prices: PriceList, spent: Spent) -> None:
    fitting = [s for s in prices.steps if s.up_to_tokens is None or spent.prompt_tokens <= s.up_to_tokens]
    alone = prices.model_copy(update={"steps": (fitting[0] if fitting else prices.steps[-1],)})
    assert cost(prices, spent) == cost(alone, spent)
