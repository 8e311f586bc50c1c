from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any

import pytest

from agents.ledger.domain import ItemKind, LinkType
from agents.ledger.listing import Wanted, listed
from agents.ledger.matters import Matter
from agents.ledger.threads import Status
from agents.ledger.wording import KINDS, LINKS, REASONS, STATUSES, on_day, standing
from agents.link.reasons import Why
from tests.agents.ledger.memory import LedgerInMemory

FIRST, SECOND, THIRD = date(2026, 3, 2), date(2026, 3, 9), date(2026, 3, 16)


@pytest.fixture
def ledger() -> LedgerInMemory:
    return LedgerInMemory(
        {
            FIRST: [("Ann", "I'll write the script by March 6."), ("Bo", "We ship on April 17.")],
            SECOND: [("Ann", "I move the script to March 13.")],
            THIRD: [("Bo", "I take the script over from Ann."), ("Bo", "We ship on April 24.")],
        }
    )


def matters(ledger: Any, **wanted: Any) -> tuple[Matter, ...]:
    return listed(ledger, "Atlas", Wanted(**wanted), limit=100).matters


def test_evidence_holds_the_date_that_neither_the_first_nor_the_last_item_says(ledger: LedgerInMemory) -> None:
    first = ledger.say(FIRST, 0, ItemKind.COMMITMENT, owner="Ann", due=date(2026, 3, 6))
    moved = ledger.say(SECOND, 0, ItemKind.COMMITMENT, due=date(2026, 3, 13))
    given = ledger.say(THIRD, 0, ItemKind.COMMITMENT, owner="Bo")
    ledger.link(moved, LinkType.REDATES, first)
    ledger.link(given, LinkType.HANDS_OVER, moved)
    (matter,) = matters(ledger)
    document = matter.to_json()
    assert (document["owner"], document["due"], document["status"]) == ("Bo", "2026-03-13", "handed-over")
    assert {one["date"] for one in document["evidence"]} == {"2026-03-02", "2026-03-09", "2026-03-16"}
    assert standing(matter.thread, matter.status, "en") == "Bo, due 13 Mar 2026, handed over"
    assert standing(matter.thread, matter.status, "zh", owned=False) == "2026年3月13日前，已转交"


def test_a_matter_shows_the_links_that_join_nothing(ledger: LedgerInMemory) -> None:
    first = ledger.say(FIRST, 1, ItemKind.DECISION)
    other = ledger.say(THIRD, 1, ItemKind.DECISION)
    ledger.link(other, LinkType.CONFLICTS, first)
    assert [one["joins"] for matter in matters(ledger) for one in matter.to_json()["links"]] == [False, False]
    ledger.links.clear()
    ledger.link(other, LinkType.REFINES, first, confirmed=False)
    one, _ = matters(ledger)
    assert [(link["type"], link["confirmed"], link["joins"]) for link in one.to_json()["links"]] == [
        ("refines", False, False)
    ]
    ledger.links.clear()
    ledger.link(other, LinkType.REFINES, first)
    (both,) = matters(ledger)
    (link,) = both.to_json()["links"]
    assert (link["joins"], link["reason"], link["values"]) == (True, "day", ["old", "new"])


def test_matters_are_chosen_by_what_holds_now(ledger: LedgerInMemory) -> None:
    first = ledger.say(FIRST, 0, ItemKind.COMMITMENT, owner="Ann Lee", due=date(2026, 3, 6))
    given = ledger.say(THIRD, 0, ItemKind.COMMITMENT, owner="Bo Park")
    ledger.say(FIRST, 1, ItemKind.DECISION)
    ledger.link(given, LinkType.HANDS_OVER, first)
    assert matters(ledger, owner="Ann") == ()
    assert [m.thread.id for m in matters(ledger, owner="park")] == [first.id]
    assert [m.thread.id for m in matters(ledger, meeting=str(THIRD))] == [first.id]
    assert [m.thread.kind for m in matters(ledger, statuses=(Status.IN_FORCE,))] == [ItemKind.DECISION]
    assert matters(ledger, kinds=(ItemKind.RISK,)) == ()
    page = listed(ledger, "Atlas", Wanted(owner="Ann"), at=SECOND, limit=1)  # type: ignore[arg-type]
    assert [m.status for m in page.matters] == [Status.DROPPED]


@pytest.mark.parametrize(
    ("words", "values"), [(KINDS, ItemKind), (STATUSES, Status), (LINKS, LinkType), (REASONS, Why)]
)
def test_every_value_has_a_word_in_both_languages(words: dict[Any, dict[str, str]], values: type[StrEnum]) -> None:
    assert set(words) == set(values)
    assert all(set(one) == {"zh", "en"} and all(one.values()) for one in words.values())


def test_days_are_written_as_people_do() -> None:
    assert (on_day(FIRST, "en"), on_day(FIRST, "zh")) == ("2 Mar 2026", "2026年3月2日")
