"""A promise that is told as done in other words, when nothing else of theirs was due."""

from __future__ import annotations

from datetime import date

import pytest

from agents.ledger.domain import ItemKind, LinkType
from agents.ledger.threads import threads
from agents.link.domain import Linked
from agents.link.linking import link_meeting
from agents.link.reasons import Why, parts
from tests.agents.link.test_linking import ENGLISH_TALK, FIRST, SECOND, Ledger, Words

DUE, LATER = date(2026, 3, 9), date(2026, 3, 20)
ASKED = ("Ann", "Ben, do you want to begin?")
TOLD = ("Ben", "Sure, falling back is sorted, it was merged on Thursday.")


def done(*said: tuple[str, str], more: tuple[str, date] | None = None, due: date = DUE) -> Linked:
    ledger = Ledger()
    talk = [("Ben", "I'll write the rollback script."), ("Ben", "And the invoice template."), *ENGLISH_TALK]
    items = [(ItemKind.COMMITMENT, (0,), "Ben", due)]
    if more:
        items.append((ItemKind.COMMITMENT, (1,), *more))
    earlier = ledger.meeting(FIRST, talk, *items)
    return link_meeting(threads(earlier.items, ()), ledger.meeting(SECOND, [*said, *ENGLISH_TALK]), Words())


def test_asked_they_tell_of_something_done_and_only_one_promise_was_due() -> None:
    (link,) = done(ASKED, TOLD).links
    assert link.type is LinkType.FULFILS
    assert parts(link.reason)[0] is Why.ONLY_DUE
    assert link.confidence < 0.7


def test_another_promise_of_theirs_that_is_not_due_yet_does_not_matter() -> None:
    assert len(done(ASKED, TOLD, more=("Ben", LATER)).links) == 1


@pytest.mark.parametrize(
    "said",
    [
        [TOLD],
        [ASKED, ("Cho", TOLD[1])],
        [ASKED, ("Ben", "Falling back is not done yet, it hangs.")],
        [ASKED, TOLD, ("Ann", "And the other thing?"), ("Ben", "That is done as well, all finished.")],
    ],
    ids=["nobody asked", "somebody else tells", "not done", "told twice"],
)
def test_else_nothing_is_taken_for_it(said: list[tuple[str, str]]) -> None:
    assert not [link for link in done(*said).links if parts(link.reason)[0] is Why.ONLY_DUE]


def test_two_promises_that_were_due_or_none_are_not_told_apart() -> None:
    assert done(ASKED, TOLD, more=("Ben", DUE)).links == ()
    assert done(ASKED, TOLD, due=LATER).links == ()
