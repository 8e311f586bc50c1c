from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from agents.exports.paper import checked_base, one_line
from agents.exports.papers import paper
from agents.ledger.domain import Item, ItemKind, Link, LinkType
from ingestion.errors import BadInputError

FIRST, SECOND = date(2026, 3, 2), date(2026, 3, 9)
BASE = "http://127.0.0.1:8000"
AddItem = Callable[..., Item]


def test_a_dossier_has_the_parts_that_hold_something(make: AddItem, told: Any) -> None:
    items = [
        make("a", FIRST, ItemKind.DECISION, "We ship on Friday."),
        make("b", FIRST, ItemKind.COMMITMENT, "I write the report.", owner="Mina", due=date(2026, 3, 20)),
    ]
    found = paper(told(items).dossier(), BASE)
    assert [part.key for part in found.parts] == ["people", "decisions", "commitments", "timeline"]
    assert (found.title, found.language, found.as_of) == ("Atlas (as of 2 Mar 2026)", "en", FIRST)
    assert [matter.thread.id for matter in found.open_commitments] == ["b"]


def test_an_empty_dossier_says_that_nothing_was_read(told: Any) -> None:
    found = paper(told([]).dossier(), BASE)
    assert (found.parts, found.nothing) == ((), "Nothing has been read yet.")


def test_a_comparison_shows_both_sides_of_what_changed(make: AddItem, told: Any) -> None:
    items = [
        make("a", FIRST, ItemKind.DECISION, "We ship on Friday."),
        make("b", SECOND, ItemKind.DECISION, "We ship on Monday instead."),
        make("c", FIRST, ItemKind.METRIC, "转化率 3%", value="3"),
        make("d", SECOND, ItemKind.METRIC, "转化率 4%", value="4"),
    ]
    links = [Link("b", "a", LinkType.REVERSES, 0.9, ""), Link("d", "c", LinkType.CONTINUES, 0.9, "")]
    found = paper(told(items, links).comparison(), BASE)
    parts = {part.key: part for part in found.parts}
    assert list(parts) == ["summary", "changed", "metrics"]
    assert [side.text for side in parts["changed"].entries[0].sides] == [
        "Before: We ship on Friday.",
        "Now: We ship on Monday instead.",
    ]
    assert [len(side.cites) for side in parts["changed"].entries[0].sides] == [1, 1]
    assert parts["metrics"].entries[0].text == "转化率: 3% → 4%"
    assert len(parts["metrics"].entries[0].cites) == 2


def test_a_cited_time_leads_to_the_line_and_the_second(make: AddItem, told: Any) -> None:
    found = paper(told([make("a", FIRST, ItemKind.DECISION, "Yes.")]).dossier(), BASE)
    (cite,) = found.parts[0].entries[0].cites
    assert (cite.place, cite.url) == ("01:01", f"{BASE}/#meeting=m0302&line=3&t=61.5")
    assert cite.source == "2026-03-02 · Weekly · Mina"


def test_a_line_without_a_time_is_cited_by_its_number(make: AddItem, told: Any) -> None:
    ledger = told([make("a", FIRST, ItemKind.DECISION, "Yes.")], start=None, speaker=None)
    (cite,) = paper(ledger.dossier(), BASE).parts[0].entries[0].cites
    assert (cite.place, cite.url) == ("line 4", f"{BASE}/#meeting=m0302&line=3")
    assert cite.source == "2026-03-02 · Weekly"


@pytest.mark.parametrize("base", ["javascript:alert(1)", "//host", "http://", "ftp://host", "http://a/?b", "http://["])
def test_links_begin_with_a_web_address(base: str) -> None:
    with pytest.raises(BadInputError):
        checked_base(base)


def test_the_address_is_quoted_and_has_no_slash_at_its_end() -> None:
    assert checked_base('https://huimai.example:8443/a"b/') == "https://huimai.example:8443/a%22b"


def test_what_no_document_can_hold_is_left_out() -> None:
    assert one_line("a\x00b\x1b\u202ec\ud800 d\n\te\uffff") == "abc d e"
