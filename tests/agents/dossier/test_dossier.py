from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from agents.dossier.dossier import SECTIONS, Dossier, dossier
from agents.dossier.markdown import dossier_markdown
from agents.dossier.wording import WORDS
from agents.ledger.domain import ItemKind, LinkType
from tests.agents.ledger.memory import LedgerInMemory

FIRST, SECOND = date(2026, 3, 2), date(2026, 3, 9)


@pytest.fixture
def ledger() -> LedgerInMemory:
    found = LedgerInMemory(
        {
            FIRST: [("Ann", "I'll write the script by March 6."), ("Bo", "The error rate is 2.4%.")],
            SECOND: [("Ann", "I move the script to March 13."), ("Bo", "We ship the # release."), ("Bo", "1.9% now.")],
        }
    )
    first = found.say(FIRST, 0, ItemKind.COMMITMENT, owner="Ann", due=date(2026, 3, 6))
    found.link(found.say(SECOND, 0, ItemKind.COMMITMENT, due=date(2026, 3, 13)), LinkType.REDATES, first)
    measure = found.say(FIRST, 1, ItemKind.METRIC, value="2.4")
    found.say(SECOND, 1, ItemKind.DECISION)
    found.link(found.say(SECOND, 2, ItemKind.METRIC, value="1.9"), LinkType.CONTINUES, measure)
    return found


def made(ledger: Any, at: date | None = None) -> Dossier:
    return dossier(ledger, "Atlas", at)


def claims(found: Dossier, key: str) -> list[str]:
    return [claim.text for section in found.sections if section.key == key for claim in section.claims]


def test_claims_say_how_matters_stand_now(ledger: LedgerInMemory) -> None:
    found = made(ledger)
    assert [section.key for section in found.sections] == list(SECTIONS)
    assert claims(found, "commitments") == ["I'll write the script by March 6. (Ann, due 13 Mar 2026, re-dated)"]
    assert claims(found, "people") == [
        "Ann: speaks from 2 Mar 2026 to 9 Mar 2026",
        "Ann: I'll write the script by March 6. (due 13 Mar 2026, re-dated)",
        "Bo: speaks from 2 Mar 2026 to 9 Mar 2026",
    ]
    counted = found.claims["people/Bo"].counted
    assert counted == {"meetings": 2, "decisions": 1, "commitments": 0}
    assert claims(found, "metrics") == ["error rate: 2.4% → 1.9% (down)"]
    assert claims(found, "timeline") == ["9 Mar 2026: We ship the # release."]
    assert all(claim.evidence for section in found.sections for claim in section.claims)


def test_a_day_before_is_told_as_it_was(ledger: LedgerInMemory) -> None:
    found = made(ledger, FIRST)
    assert found.as_of == FIRST
    assert claims(found, "commitments") == ["I'll write the script by March 6. (Ann, due 6 Mar 2026, promised)"]
    assert claims(found, "decisions") == []


def test_what_its_evidence_does_not_say_is_left_out(ledger: LedgerInMemory) -> None:
    ledger.say(SECOND, 1, ItemKind.COMMITMENT, owner="Zed", due=date(2026, 5, 5))
    found = made(ledger)
    assert not any("Zed" in text for text in claims(found, "commitments"))
    # the commitment, and what is open to its owner
    assert found.left_out == found.to_json()["left_out"] == 2
    assert "(left out, since their evidence does not say them: 2)" in dossier_markdown(found)


def test_markdown_has_the_sections_that_hold_something(ledger: LedgerInMemory) -> None:
    text = dossier_markdown(made(ledger))
    assert text.startswith("# Atlas (as of 9 Mar 2026)\n\n## People (3)\n\n")
    assert "## Risks" not in text
    assert r"- We ship the \# release. (in force)" in text
    assert "  - [2026-03-09 00:00 Ann] “I move the script to March 13.”" in text
    assert text.endswith("(2 meetings in scope, 2 searched, 2 read)\n")


def test_an_empty_project_says_so() -> None:
    text = dossier_markdown(made(LedgerInMemory({})))
    assert text == "# Atlas\n\nNothing has been read yet.\n\n(0 meetings in scope, 0 searched, 0 read)\n"


def test_sections_have_a_title_in_both_languages() -> None:
    assert set(WORDS["zh"]) == set(WORDS["en"])
    assert set(SECTIONS) <= set(WORDS["en"])
