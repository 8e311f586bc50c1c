from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from agents.comparison.markdown import comparison_markdown
from agents.comparison.report import Comparison, compare
from agents.ledger.domain import ItemKind, LinkType
from tests.agents.ledger.memory import LedgerInMemory

FIRST, SECOND = date(2026, 3, 2), date(2026, 3, 9)


@pytest.fixture
def ledger() -> LedgerInMemory:
    found = LedgerInMemory(
        {
            FIRST: [
                ("Ann", "I'll write the script by March 6."),
                ("Bo", "Who pays for the audit?"),
                ("Bo", "The error rate is 2.4%."),
                ("Ann", "The budget is 20 thousand."),
                ("Bo", "I'll call the bank."),
            ],
            SECOND: [
                ("Ann", "I move the script to March 13."),
                ("Cy", "Finance pays for it."),
                ("Bo", "Now it is 1.9%."),
                ("Cy", "The budget is 25 thousand."),
                ("Bo", "The bank is not called yet."),
                ("Cy", "We hire a <b>tester</b>."),
            ],
        }
    )
    kinds = [ItemKind.COMMITMENT, ItemKind.QUESTION, ItemKind.METRIC, ItemKind.DECISION, ItemKind.COMMITMENT]
    given: list[dict[str, Any]] = [{"owner": "Ann", "due": date(2026, 3, 6)}, {}, {"value": "2.4"}, {}, {"owner": "Bo"}]
    earlier = [found.say(FIRST, line, kind, **given[line]) for line, kind in enumerate(kinds)]
    steps: list[tuple[ItemKind, LinkType, dict[str, Any]]] = [
        (ItemKind.COMMITMENT, LinkType.REDATES, {"due": date(2026, 3, 13)}),
        (ItemKind.UPDATE, LinkType.ANSWERS, {}),
        (ItemKind.METRIC, LinkType.CONTINUES, {"value": "1.9"}),
        (ItemKind.DECISION, LinkType.CONFLICTS, {}),
        (ItemKind.UPDATE, LinkType.CONTINUES, {}),
    ]
    for line, (kind, does, said) in enumerate(steps):
        found.link(found.say(SECOND, line, kind, **said), does, earlier[line])
    found.say(SECOND, 5, ItemKind.DECISION)
    return found


def made(ledger: Any) -> Comparison:
    return compare(ledger, ["Atlas"])


def sides(rows: list[dict[str, Any]]) -> list[tuple[str | None, str | None]]:
    return [(row["before"], row["after"]) for row in rows]


def test_rows_have_both_sides_with_their_evidence(ledger: LedgerInMemory) -> None:
    found = made(ledger).to_json()
    assert sides(found["changed"]) == [("I'll write the script by March 6.", "I move the script to March 13.")]
    assert sides(found["closed"]) == [("Who pays for the audit?", "Finance pays for it.")]
    assert ("I'll call the bank.", "The bank is not called yet.") in sides(found["carried"])
    assert (None, "We hire a <b>tester</b>.") in sides(found["new"])
    assert sides(found["conflicts"]) == [("The budget is 20 thousand.", "The budget is 25 thousand.")]
    (conflict,) = found["conflicts"]
    assert (conflict["item"], conflict["link"]["type"], conflict["link"]["joins"]) == (None, "conflicts", False)
    assert [row["link"] for row in found["changed"]] == [None]
    for name in ("changed", "closed", "conflicts"):
        for row in found[name]:
            assert row["evidence_before"][0]["quote"] == row["before"]
            assert row["evidence_after"][0]["quote"] == row["after"]
    (metric,) = found["metrics"]
    assert (metric["before"], metric["after"], len(metric["evidence"])) == ("2.4", "1.9", 2)


def test_markdown_shows_both_sides(ledger: LedgerInMemory) -> None:
    text = comparison_markdown(made(ledger))
    assert text.startswith("# Atlas: 2026-03-02 → 2026-03-09\n\n## Summary (")
    assert (
        "## Changed (1)\n\n"
        "- **commitment** (Ann, due 13 Mar 2026, re-dated)\n"
        "  - Before: I'll write the script by March 6.\n"
        "    - [2026-03-02 00:00 Ann] “I'll write the script by March 6.”\n"
        "  - Now: I move the script to March 13.\n"
        "    - [2026-03-09 00:00 Ann] “I move the script to March 13.”\n"
    ) in text
    assert "## In conflict (1)" in text
    assert "## Past its day" not in text
    assert "- error rate: 2.4% → 1.9%" in text
    assert r"\<b\>tester\</b\>" in text
    assert text.endswith("(2 meetings in scope, 2 searched, 2 read)\n")


def test_markdown_is_chinese_where_the_meetings_are() -> None:
    ledger = LedgerInMemory({FIRST: [("逯鸣", "预算先定十五万。")], SECOND: [("沈岚", "预算加到二十万。")]})
    first = ledger.say(FIRST, 0, ItemKind.DECISION)
    ledger.link(ledger.say(SECOND, 0, ItemKind.DECISION), LinkType.REFINES, first)
    text = comparison_markdown(made(ledger))
    assert "## 有变化（1）\n\n- **决定**（有效）\n  - 此前：预算先定十五万。\n    - [2026-03-02 00:00 逯鸣] 「" in text
    assert text.endswith("（范围内 2 场会议，检索 2 场，读到 2 场）\n")
