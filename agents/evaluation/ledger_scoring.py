"""Items found in meetings, paired with the truth of the ledger by the lines that they stand on.

Found and gold items of one kind are paired one to one, as many as can be and so that most of their lines agree; a pair
is possible where two lines are the same, or at most `reach` apart. Nothing is asked of the wording; of metrics, which
often share a line, those with the same number are paired first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from agents.evaluation.ledger_changes import ScoredChanges
from agents.evaluation.ledger_measures import same_value
from agents.evaluation.ledger_records import GoldItem, LedgerMeeting
from agents.ledger.domain import ItemDraft, ItemKind
from ingestion.pairing import best_pairs

NEAR_LINES = 5
"""How far an annotator's link may be off: where links are not exhaustive, a neighbour counts."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A found item and the gold item that it is taken for."""

    found: ItemDraft
    gold: GoldItem


@dataclass(frozen=True, slots=True)
class ScoredMeeting:
    """A meeting, the items found in it of the kinds that its truth has, and which gold items these are.

    A found item whose gold is only a mention is neither right nor wrong. `changes` is what was found to have changed in
    the meeting; null where the truth says nothing of that. `uncited` counts what stands on no words of the meeting.
    """

    meeting: LedgerMeeting
    found: tuple[ItemDraft, ...]
    pairs: tuple[Pair, ...]
    changes: ScoredChanges | None = None
    uncited: int = 0

    def counts(self, kinds: frozenset[ItemKind]) -> tuple[int, int, int]:
        """Of these kinds: the items that are right, those found that are right or wrong, and the gold statements."""
        pairs = [pair for pair in self.pairs if pair.gold.kind in kinds]
        right = sum(pair.gold.stated for pair in pairs)
        found = sum(item.kind in kinds for item in self.found) - (len(pairs) - right)
        return right, found, sum(item.kind in kinds and item.stated for item in self.meeting.gold)

    def rows(self) -> list[dict[str, Any]]:
        """Its lines of the details: every found item with the gold one it is taken for, and the other way round."""
        gold_of = {id(pair.found): pair.gold for pair in self.pairs}
        found_of = {id(pair.gold): pair.found for pair in self.pairs}
        said = {line.index: line.text for line in self.meeting.lines}
        return [
            *({**self._found(item), "matched": _named(gold_of.get(id(item)))} for item in self.found),
            *(
                {**self._gold(item, said), "matched": list(one.lines) if (one := found_of.get(id(item))) else None}
                for item in self.meeting.gold
            ),
            *(self.changes.rows(self.meeting.name) if self.changes else ()),
        ]

    def _found(self, item: ItemDraft) -> dict[str, Any]:
        return {
            "meeting": self.meeting.name,
            "side": "found",
            "kind": item.kind.value,
            "lines": list(item.lines),
            "text": item.text,
            "owner": item.owner.name if item.owner else None,
            "due": item.due.day.isoformat() if item.due else None,
            "value": str(item.measure.value) if item.measure else None,
            "unit": item.measure.unit if item.measure else None,
            "confidence": item.confidence,
        }

    def _gold(self, item: GoldItem, said: Mapping[int, str]) -> dict[str, Any]:
        return {
            "meeting": self.meeting.name,
            "side": "gold",
            "kind": item.kind.value,
            "id": item.id,
            "event": item.event,
            "lines": list(item.lines),
            "text": item.text,
            "said": [said[index] for index in item.lines],
            "owner": item.owner,
            "due": item.due.isoformat() if item.due else None,
            "value": item.value,
            "unit": item.unit,
        }


def score_meeting(meeting: LedgerMeeting, found: Sequence[ItemDraft], reach: int) -> ScoredMeeting:
    """Pair what was found in a meeting with its gold items. Lines at most `reach` apart agree; 0 means the same line.

    Statements have the first choice, mentions are paired with what is left over.
    """
    kept = tuple(item for item in found if item.kind in meeting.kinds)
    pairs: list[Pair] = []
    for kind in sorted(meeting.kinds):
        left = [item for item in kept if item.kind is kind]
        gold = [item for item in meeting.gold if item.kind is kind]
        for stated in (True, False):
            new = _pairs(left, [item for item in gold if item.stated is stated], reach)
            pairs += new
            taken = {id(pair.found) for pair in new}
            left = [item for item in left if id(item) not in taken]
    return ScoredMeeting(meeting, kept, tuple(pairs))


def _pairs(found: Sequence[ItemDraft], gold: Sequence[GoldItem], reach: int) -> list[Pair]:
    if not found or not gold:
        return []
    worth = np.array([[_worth(item, other, reach) for other in gold] for item in found])
    most = 2 * min(worth.shape)  # as many pairs as can be come first, what their lines share decides among the rest
    worth = np.where(worth > 0, most + worth, 0.0)
    return [Pair(found[row], gold[column]) for row, column in best_pairs(worth) if worth[row, column] > 0]


def _worth(found: ItemDraft, gold: GoldItem, reach: int) -> float:
    """How well two items' lines agree, 0..1: 0 where they do not, a half at least where a line is the same. One more
    where their numbers are the same too."""
    own, other = set(found.lines), set(gold.lines)
    if own & other:
        return 0.5 + len(own & other) / len(own | other) / 2 + same_value(found, gold)
    apart = min((abs(line - far) for line in own for far in other), default=reach + 1)
    return 0.5 - apart / (2 * reach + 2) if apart <= reach else 0.0


def _named(gold: GoldItem | None) -> dict[str, str] | None:
    return {"id": gold.id, "event": gold.event} if gold else None
