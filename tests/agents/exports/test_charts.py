from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from agents.exports.charts import charts
from agents.exports.paper import BASE
from agents.exports.papers import paper
from agents.exports.svg import clipped
from agents.ledger.domain import Item, ItemKind, Link, LinkType

FIRST, SECOND, DUE = date(2026, 3, 2), date(2026, 3, 9), date(2026, 3, 20)
AddItem = Callable[..., Item]


def drawn(ledger: Any) -> dict[str, Any]:
    return {chart.title: chart for chart in charts(paper(ledger.dossier(), BASE), "sans-serif")}


def test_charts_of_nothing_are_left_out(make: AddItem, told: Any) -> None:
    assert drawn(told([])) == {}
    assert drawn(told([make("a", FIRST, ItemKind.METRIC, "3%", value="3")])) == {}


def test_each_chart_says_in_words_what_it_shows(make: AddItem, told: Any) -> None:
    items = [
        make("a", FIRST, ItemKind.DECISION, "We ship on Friday."),
        make("b", SECOND, ItemKind.DECISION, "We ship on Monday."),
        make("c", FIRST, ItemKind.COMMITMENT, "I call them.", owner="Mina", due=DUE),
        make("d", SECOND, ItemKind.COMMITMENT, "Tom does it now.", owner="Tom", due=date(2026, 3, 27)),
        make("e", FIRST, ItemKind.COMMITMENT, "I write it.", owner="Ann", due=SECOND),
        make("f", SECOND, ItemKind.UPDATE, "It is written.", owner="Tom", due=DUE),
        make("g", FIRST, ItemKind.METRIC, "3%", value="3"),
        make("h", SECOND, ItemKind.METRIC, "4%", value="4"),
    ]
    does = {"b": LinkType.REVERSES, "d": LinkType.HANDS_OVER, "f": LinkType.FULFILS, "h": LinkType.CONTINUES}
    links = [Link(id, chr(ord(id) - 1), one, 0.9, "") for id, one in does.items()]
    found = drawn(told(items, links))
    assert {title: chart.lines for title, chart in found.items()} == {
        "Decisions over time": (
            "2 Mar 2026 · We ship on Friday.",
            "9 Mar 2026 · puts another in its place · We ship on Monday.",
        ),
        "Who is to do what": ("Tom: I call them. · formerly Mina · due 27 Mar 2026",),
        "How commitments stand": (
            "Tom: I call them. · promised 2 Mar 2026 · was due 20 Mar 2026 · due 27 Mar 2026 · handed over",
            "Ann: I write it. · promised 2 Mar 2026 · due 9 Mar 2026 · done 9 Mar 2026",
        ),
        "转化率 (%)": ("2026-03-02: 3%", "2026-03-09: 4%"),
    }


def test_a_bar_without_a_day_has_no_end(make: AddItem, told: Any) -> None:
    dated, undated = (
        drawn(told([make("a", FIRST, ItemKind.COMMITMENT, "I call them.", due=due)]))["How commitments stand"].svg
        for due in (DUE, None)
    )
    assert 'stroke-width="6"' in dated
    assert 'stroke-width="6"' not in undated


@pytest.mark.parametrize(
    ("said", "shown"), [("short", "short"), ("a long line of words", "a long l…"), ("一二三四五六", "一二三…")]
)
def test_words_are_cut_to_a_width(said: str, shown: str) -> None:
    assert clipped(said, 4.9) == shown
