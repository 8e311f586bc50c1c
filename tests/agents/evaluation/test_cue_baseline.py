"""What cue words alone find."""

from __future__ import annotations

import pytest

from agents.evaluation.cue_baseline import cue_items
from agents.ledger.domain import ItemKind
from retrieval.domain import Line


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("So we decided on the yellow one.", [ItemKind.DECISION]),
        ("就这么定了。", [ItemKind.DECISION]),
        ("I'll write it up by Friday.", [ItemKind.COMMITMENT]),
        ("这个我来写。", [ItemKind.COMMITMENT]),
        ("Agreed, I'll do that.", [ItemKind.DECISION, ItemKind.COMMITMENT]),
        ("It was raining in Agraria.", []),
    ],
)
def test_a_line_with_a_cue_is_an_item_of_that_kind(text: str, kinds: list[ItemKind]) -> None:
    found = cue_items([Line(6, None, None, None, "um"), Line(7, None, None, None, text)])
    assert [item.kind for item in found] == kinds
    assert all(item.lines == (7,) and item.text == text for item in found)
