"""Figures as people read them."""

from __future__ import annotations

import pytest

from server.cli.render import amount, place, price


@pytest.mark.parametrize(
    ("money", "shown"),
    [
        (0, "0.00"),
        (0.000005, "0.000005"),
        (0.0000001, "0.0000001"),
        (0.0123456, "0.01235"),
        (0.5, "0.50"),
        (-0.25, "-0.25"),
        (1.234, "1.23"),
        (12345.6, "12,345.60"),
    ],
)
def test_money_is_never_rounded_away_and_never_written_with_an_exponent(money: float, shown: str) -> None:
    assert amount(money) == shown


def test_a_price_that_is_not_known_is_not_nothing() -> None:
    assert price({"amount": 12345.6, "currency": "CNY"}) == "12,345.60 CNY"
    assert price({"amount": 0.0, "currency": "CNY"}) == "free"
    assert price(None) == "price not known"


@pytest.mark.parametrize(
    ("who", "shown"),
    [
        ({"speaker": None, "speakers": ["Mina", "Leo"]}, "Weekly · 2026-03-04 · Mina, Leo"),
        ({"speaker": None, "speakers": []}, "Weekly · 2026-03-04"),
        ({"speaker": "Mina"}, "Weekly · 2026-03-04 · Mina"),
    ],
)
def test_evidence_stands_with_everybody_who_is_known_to_speak(who: dict[str, object], shown: str) -> None:
    assert place({"meeting_title": "Weekly", "date": "2026-03-04", "start": None, **who}) == shown
