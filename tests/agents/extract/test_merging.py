"""The rules' items and an opinion of the lines, made one list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np
import pytest

from agents.extract.learned import KindWeights, Opinion
from agents.extract.merging import merge
from agents.ledger.domain import ItemDraft, ItemKind
from retrieval.domain import Line

DAY = date(2026, 3, 2)
TALK = [
    ("Ann", "The blue one it is."),
    ("Bo", "Fine."),
    ("Ann", "Nice weather."),
    ("Bo", "I'll take the letter to the post office by Friday."),
    ("Ann", "Bo, could you write the plan?"),
]
LINES = [Line(index + 10, speaker, None, None, text) for index, (speaker, text) in enumerate(TALK)]
FOUND = ItemDraft(ItemKind.DECISION, (12,), "Nice weather.", 0.9)


def opinion(likely: Sequence[float], apart: int = 0) -> Opinion:
    weights = KindWeights(least=0.3, sure_none=0.05, apart=apart, bias=0.0, signs={}, vector=())
    return Opinion(np.array(likely), weights)


def merged(kind: ItemKind, likely: Sequence[float], *drafts: ItemDraft, apart: int = 0) -> list[ItemDraft]:
    return merge(LINES, DAY, drafts, {kind: opinion(likely, apart)})


def test_a_likely_line_that_no_rule_found_is_added_in_its_own_words() -> None:
    (draft,) = merged(ItemKind.DECISION, [0.8, 0.1, 0.0, 0.2, 0.29])
    assert (draft.kind, draft.lines, draft.text, draft.confidence) == (ItemKind.DECISION, (10,), TALK[0][1], 0.8)
    assert (draft.owner, draft.due) == (None, None)


def test_the_next_speakers_line_is_a_part_where_it_is_likely_to_state_the_same() -> None:
    (draft,) = merged(ItemKind.DECISION, [0.8, 0.2, 0.1, 0.0, 0.0])
    assert (draft.lines, draft.text) == ((10, 11), "The blue one it is. Fine.")


def test_what_the_rules_found_stays_unless_it_is_surely_none() -> None:
    assert merged(ItemKind.DECISION, [0.0, 0.0, 0.06, 0.0, 0.0], FOUND) == [FOUND]
    assert merged(ItemKind.DECISION, [0.0, 0.0, 0.04, 0.0, 0.0], FOUND) == []


def test_a_line_of_the_rules_is_not_added_again() -> None:
    assert merged(ItemKind.DECISION, [0.0, 0.0, 0.9, 0.0, 0.0], FOUND) == [FOUND]


def test_kinds_without_an_opinion_stay_as_they_are() -> None:
    risk = ItemDraft(ItemKind.RISK, (11,), "Fine.", 0.6)
    assert merged(ItemKind.DECISION, [0.0] * 5, risk) == [risk]
    opinions: Mapping[ItemKind, Opinion] = {}
    assert merge(LINES, DAY, [FOUND, risk], opinions) == [FOUND, risk]


def test_owner_and_due_date_are_read_off_the_lines() -> None:
    (draft,) = merged(ItemKind.COMMITMENT, [0.0, 0.0, 0.0, 0.9, 0.0])
    assert draft.owner is not None
    assert draft.due is not None
    assert (draft.owner.name, draft.owner.lines) == ("Bo", (13,))
    assert (draft.due.day, draft.due.said, draft.due.line) == (date(2026, 3, 6), "Friday", 13)


def test_who_is_asked_by_name_is_the_owner() -> None:
    (draft,) = merged(ItemKind.COMMITMENT, [0.0, 0.0, 0.0, 0.0, 0.9])
    assert draft.owner is not None
    assert (draft.owner.name, draft.due) == ("Bo", None)


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("新的班表我排，周五贴出来。", "Ann"),
        ("The rota hangs on the wall.", None),
        ("I thought you had the rota.", None),
        ("I saw Bo with the rota.", "Bo"),
        ("Am I on the rota?", None),
    ],
)
def test_who_speaks_of_what_they_do_is_the_owner(text: str, owner: str | None) -> None:
    lines = [Line(0, "Ann", None, None, text), Line(1, "Bo", None, None, "Hm.")]
    (draft,) = merge(lines, DAY, [], {ItemKind.COMMITMENT: opinion([0.9, 0.0])})
    assert (draft.owner.name if draft.owner else None) == owner


def test_nobody_is_the_owner_of_what_nobody_promises() -> None:
    (draft,) = merged(ItemKind.COMMITMENT, [0.0, 0.0, 0.9, 0.0, 0.0])
    assert draft.owner is None


def test_no_metric_is_added_but_a_sure_mistake_is_taken_away() -> None:
    number = ItemDraft(ItemKind.METRIC, (12,), "Nice weather.", 0.6)
    assert merged(ItemKind.METRIC, [0.9, 0.0, 0.0, 0.0, 0.0], number) == []
    assert merged(ItemKind.METRIC, [0.9, 0.0, 0.5, 0.0, 0.0], number) == [number]


@pytest.mark.parametrize(("apart", "lines"), [(0, [(10,), (13,)]), (2, [(10,), (13,)]), (3, [(13,)])])
def test_of_near_ones_the_likeliest_is_kept(apart: int, lines: list[tuple[int, ...]]) -> None:
    drafts = merged(ItemKind.DECISION, [0.5, 0.0, 0.0, 0.7, 0.0], apart=apart)
    assert sorted(draft.lines for draft in drafts) == lines
