"""What can be read off a line and its neighbours."""

from __future__ import annotations

from datetime import date

from agents.extract.signs import signs
from retrieval.domain import Line

DAY = date(2026, 3, 2)


def test_a_line_has_signs_of_its_own_and_of_its_neighbours() -> None:
    talk = [("Ann", "Shall we use the blue one?"), ("Bo", "好，就用蓝的，3月6号前换完。"), ("Bo", "Bye.")]
    asked, settled, last = signs([Line(i, who, None, None, text) for i, (who, text) in enumerate(talk)], DAY)
    assert set(asked) == set(settled) == set(last)
    assert (asked["asks.last"], settled["asks.last"], settled["before.asks"]) == (1, 0, 1)
    assert (settled["before.other"], last["before.other"]) == (1, 0)
    assert (settled["due"], settled["number"], settled["zh"], asked["zh"]) == (1, 1, 1, 0)
    assert settled["cue.accept"] == asked["after.accept"] > 0
    assert (asked["before.size"], asked["before.accept"], asked["place"], last["place"]) == (0, 0, 0, 1)


def test_a_line_alone_and_one_without_a_sentence() -> None:
    (alone,) = signs([Line(0, None, None, None, "")], DAY)
    assert alone["place"] == alone["size"] == alone["asks.last"] == 0
    assert signs([], DAY) == []
