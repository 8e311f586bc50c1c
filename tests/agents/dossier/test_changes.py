from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import cast

import pytest

from agents.dossier.changes import changes, trail
from agents.dossier.dossier import dossier
from agents.dossier.markdown import changes_markdown, trail_markdown
from agents.ledger.domain import ItemKind, LinkType
from agents.ledger.service import Ledger
from ingestion.errors import BadInputError, NotFoundError
from tests.agents.ledger.memory import LedgerInMemory

FIRST, SECOND = date(2026, 3, 2), date(2026, 3, 9)


@pytest.fixture
def memory() -> LedgerInMemory:
    made = LedgerInMemory(
        {
            FIRST: [("Ann", "We take Redis."), ("Bo", "Who pays?")],
            SECOND: [("Ann", "We take Kafka instead of Redis."), ("Bo", "We ship on Friday.")],
        }
    )
    first = made.say(FIRST, 0, ItemKind.DECISION)
    made.say(FIRST, 1, ItemKind.QUESTION)
    made.link(made.say(SECOND, 0, ItemKind.DECISION), LinkType.REVERSES, first)
    made.say(SECOND, 1, ItemKind.DECISION)
    return made


@pytest.fixture
def ledger(memory: LedgerInMemory) -> Ledger:
    return cast(Ledger, memory)


def version(ledger: Ledger) -> str:
    return dossier(ledger, "Atlas").version


def test_since_a_day_it_tells_what_is_new_and_what_changed(ledger: Ledger) -> None:
    found = changes(ledger, "Atlas", "2026-03-02")
    assert "decisions/9-1" in [claim.key for claim in found.new]
    assert "questions/2-1" not in [claim.key for claim in found.new]
    pairs = {after.key: (before.text, after.text) for before, after in found.changed}
    assert pairs["decisions/2-0"] == (
        "We take Redis. (in force)",
        "We take Kafka instead of Redis. (in force since 9 Mar 2026; before: We take Redis.)",
    )
    assert found.gone == ()
    text = changes_markdown(found)
    assert text.startswith("# Atlas: what changed since 2 Mar 2026\n\n## New (")
    assert "  - Before: We take Redis. (in force)" in text


def test_since_a_version_means_the_day_of_which_that_was_told(ledger: Ledger) -> None:
    then = dossier(ledger, "Atlas", FIRST).version
    assert changes(ledger, "Atlas", then).to_json() == changes(ledger, "Atlas", "2026-03-02").to_json()


def test_since_now_nothing_has_changed(ledger: Ledger) -> None:
    found = changes(ledger, "Atlas", version(ledger))
    assert (found.new, found.gone, found.changed) == ((), (), ())
    assert "Nothing has changed." in changes_markdown(found)


def test_before_the_first_meeting_everything_is_new_and_afterwards_seen_from_there_gone(ledger: Ledger) -> None:
    found = changes(ledger, "Atlas", "2026-01-01")
    assert [claim.key for claim in found.new] == list(found.after.claims)
    back = changes(ledger, "Atlas", "2026-03-09", at=date(2026, 1, 1))
    assert (back.new, len(back.gone)) == ((), len(found.new))


def test_what_is_neither_a_day_nor_a_version_is_refused(ledger: Ledger) -> None:
    with pytest.raises(BadInputError, match="'yesterday' is no day"):
        changes(ledger, "Atlas", "yesterday")


def test_a_version_moves_with_a_correction_and_with_nothing_else(memory: LedgerInMemory, ledger: Ledger) -> None:
    before = version(ledger)
    assert version(ledger) == before
    memory.items = [replace(item, said=replace(item.said, confidence=0.7)) for item in memory.items]
    assert version(ledger) == before
    # a line that only stands as a quote
    memory.meetings[SECOND] = [("Ann", "We take Kafka instead of Redis!"), *memory.meetings[SECOND][1:]]
    assert version(ledger) != before


def test_why_names_every_step_with_its_link_and_its_reason(ledger: Ledger) -> None:
    found = trail(ledger, "Atlas", "decisions/2-0")
    (item,) = found.to_json()["items"]
    assert [step["item_id"] for step in item["history"]] == ["2-0", "9-0"]
    assert item["links"][0]["reason"]
    text = trail_markdown(found)
    assert "puts another in its place · another day (old → new) · 0.80" in text
    assert "“We take Redis.”" in text


def test_why_of_a_meetings_words_is_their_item(memory: LedgerInMemory, ledger: Ledger) -> None:
    memory.say(FIRST, 0, ItemKind.AIM)
    (key,) = (key for key in dossier(ledger, "Atlas").claims if key.startswith("purpose/"))
    assert [matter.thread.kind for matter in trail(ledger, "Atlas", key).matters][-1] is ItemKind.AIM


def test_a_key_that_no_claim_has_is_not_found(ledger: Ledger) -> None:
    with pytest.raises(NotFoundError, match="no claim 'decisions/none'"):
        trail(ledger, "Atlas", "decisions/none")
