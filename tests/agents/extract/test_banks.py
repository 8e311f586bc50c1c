"""Banks of made-up utterances for each kind, half of them near misses: what is found of one kind, wherever it is said.

A row holds `said`, lines of (speaker, text), and `lines`, the places of the item in them, none for a near miss.
"""

import json
from datetime import date
from pathlib import Path

import pytest

from agents.extract.items import find_items
from agents.ledger.domain import MATTERS
from retrieval.domain import Line

DAY = date(2026, 3, 2)  # a Monday
BANKS = Path(__file__).parent / "banks"


def read_bank(kind):
    return [json.loads(row) for row in (BANKS / f"{kind.value}.jsonl").read_text(encoding="utf-8").splitlines()]


def judge(row, kind):
    """Whether the item of a row is found, how many items stand on its lines, and how many are found."""
    lines = [Line(i, who, None, None, text) for i, (who, text) in enumerate(row["said"])]
    found = [draft for draft in find_items(lines, DAY) if draft.kind is kind]
    gold = set(row["lines"])
    right = sum(not gold.isdisjoint(draft.lines) for draft in found)
    return right > 0, right, len(found)


@pytest.mark.parametrize(
    ("kind", "precision", "recall"),
    [(kind, 0.8, 0.8) for kind in MATTERS],
)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_most_of_a_bank_is_found_and_little_else(kind, precision, recall, language):
    rows = [row for row in read_bank(kind) if (language == "zh") == _has_han(row)]
    judged = [judge(row, kind) for row in rows]
    missed = [row["said"] for row, (hit, _, _) in zip(rows, judged, strict=True) if row["lines"] and not hit]
    wrong = [row["said"] for row, (_, right, count) in zip(rows, judged, strict=True) if count > right]
    assert sum(hit for hit, _, _ in judged) >= recall * sum(bool(row["lines"]) for row in rows), missed
    assert sum(right for _, right, _ in judged) >= precision * sum(count for _, _, count in judged), wrong


@pytest.mark.parametrize("kind", MATTERS)
def test_a_bank_has_sixty_items_and_about_as_many_near_misses_in_both_languages(kind):
    rows = read_bank(kind)
    for han in (True, False):
        items = [bool(row["lines"]) for row in rows if _has_han(row) == han]
        assert sum(items) >= 25
        assert len(items) - sum(items) >= 25


def _has_han(row):
    return any("\u4e00" <= letter <= "\u9fff" for _, text in row["said"] for letter in text)
