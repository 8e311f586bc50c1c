from __future__ import annotations

from datetime import date

from agents.ledger.domain import ItemKind
from agents.ledger.threads import threads
from agents.link.apart import Apart
from agents.link.measures import link_measures
from tests.agents.ledger.memory import LedgerInMemory

FIRST, SECOND = date(2026, 3, 4), date(2026, 3, 11)


def test_what_a_person_set_apart_is_linked_to_the_next_best() -> None:
    said = [("Ann", "The error rate is 2.4%."), ("Bo", "The error rate is 9%.")]
    ledger = LedgerInMemory({FIRST: said, SECOND: said})
    first = ledger.say(FIRST, 0, ItemKind.METRIC, value="2.4")
    second = ledger.say(FIRST, 1, ItemKind.METRIC, value="9")
    later = ledger.say(SECOND, 0, ItemKind.METRIC, value="1.9")
    before = threads([first, second], [])
    assert [link.earlier for link in link_measures(before, [later])] == [first.id]
    assert [link.earlier for link in link_measures(before, [later], Apart([(later, first.id)]))] == [second.id]
    assert link_measures(before, [later], Apart([(later, first.id), (later, second.id)])) == []


def test_an_update_has_no_id_before_it_is_linked_so_its_lines_are_set_apart() -> None:
    ledger = LedgerInMemory({FIRST: [("Ann", "I write it.")], SECOND: [("Ann", "It is done."), ("Bo", "Fine.")]})
    promise = ledger.say(FIRST, 0, ItemKind.COMMITMENT)
    update = ledger.say(SECOND, 0, ItemKind.UPDATE)
    (thread,) = threads([promise], [])
    apart = Apart([(update, promise.id)])
    assert apart.lines((0, 1), thread)
    assert not apart.lines((1,), thread)
    assert not Apart([(update, "other")]).lines((0,), thread)
