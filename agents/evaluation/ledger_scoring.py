"""Items found in meetings, scored against the truth of the ledger by the lines that they stand on.

Found and gold items of one kind are paired one to one, as many as can be and so that most of their lines agree; a pair
is possible where two lines are the same, or at most `reach` apart. Precision, recall and F1 are of all meetings
together (micro-averaged), their intervals from meetings drawn anew. Nothing is asked of the wording.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from agents.evaluation.ledger_records import GoldItem, LedgerMeeting
from agents.ledger.domain import ItemDraft, ItemKind
from ingestion.evaluation.intervals import Grouped, figures
from ingestion.pairing import best_pairs

NEAR_LINES = 5
"""How far an annotator's link may be off: where links are not exhaustive, a neighbour counts."""

OF_SERIES = {"decisions": ItemKind.DECISION, "commitments": ItemKind.COMMITMENT}
OF_LEDGER = {"decision": ItemKind.DECISION, "action": ItemKind.COMMITMENT}
"""What a document calls the kinds."""

_SCORED = frozenset(OF_SERIES.values())


@dataclass(frozen=True, slots=True)
class Pair:
    """A found item and the gold item that it is taken for."""

    found: ItemDraft
    gold: GoldItem


@dataclass(frozen=True, slots=True)
class ScoredMeeting:
    """A meeting, the decisions and commitments found in it, and which gold items these are.

    A found item whose gold is only a mention is neither right nor wrong: it counts for `mention_recall` alone.
    """

    meeting: LedgerMeeting
    found: tuple[ItemDraft, ...]
    pairs: tuple[Pair, ...]

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
        }


def score_meeting(meeting: LedgerMeeting, found: Sequence[ItemDraft], reach: int) -> ScoredMeeting:
    """Pair what was found in a meeting with its gold items. Lines at most `reach` apart agree; 0 means the same line.

    Statements have the first choice, mentions are paired with what is left over.
    """
    kept = tuple(item for item in found if item.kind in _SCORED)
    pairs: list[Pair] = []
    for kind in _SCORED:
        left = [item for item in kept if item.kind is kind]
        gold = [item for item in meeting.gold if item.kind is kind]
        for stated in (True, False):
            new = _pairs(left, [item for item in gold if item.stated is stated], reach)
            pairs += new
            taken = {id(pair.found) for pair in new}
            left = [item for item in left if id(item) not in taken]
    return ScoredMeeting(meeting, kept, tuple(pairs))


def series_figures(scored: Sequence[ScoredMeeting]) -> dict[str, Any]:
    """Precision, recall and F1 of decisions, commitments and both, mentions found, and owners and due dates."""
    owned = [(one, pair) for one in scored for pair in _promises(one) if pair.gold.owner]
    dated = [(one, pair) for one in scored for pair in _promises(one) if pair.gold.due]
    values = {
        "owner_exact": [Grouped(one.meeting.name, _same_owner(pair)) for one, pair in owned],
        "due_exact": [Grouped(one.meeting.name, _same_due(pair)) for one, pair in dated],
        "mention_recall": [
            Grouped(one.meeting.name, any(pair.gold is item for pair in one.pairs))
            for one in scored
            for item in one.meeting.gold
            if not item.stated
        ],
    }
    return {**kind_figures(scored, OF_SERIES), **_block(values)}


def kind_figures(scored: Sequence[ScoredMeeting], names: Mapping[str, ItemKind]) -> dict[str, Any]:
    """{"p", "r", "f1"} with their intervals for each kind, by the name it is given, and for `all` of them together."""
    chosen = {**{name: frozenset({kind}) for name, kind in names.items()}, "all": frozenset(names.values())}
    return {name: _rates(scored, kinds) for name, kinds in chosen.items()}


def by_language(
    scored: Sequence[ScoredMeeting], block: Callable[[Sequence[ScoredMeeting]], dict[str, Any]]
) -> dict[str, Any]:
    """The figures of all meetings, and in `per_language` those of each language; `n` gold statements, as many found."""
    languages = sorted({one.meeting.language for one in scored})
    parts = {name: [one for one in scored if one.meeting.language == name] for name in languages}
    return {
        **_counted(scored, block),
        "per_language": {name: _counted(part, block) for name, part in parts.items()},
    }


def _counted(
    scored: Sequence[ScoredMeeting], block: Callable[[Sequence[ScoredMeeting]], dict[str, Any]]
) -> dict[str, Any]:
    counts = [one.counts(_SCORED) for one in scored]
    gold, found = sum(gold for _, _, gold in counts), sum(found for _, found, _ in counts)
    # However few they are, it is meetings that are drawn: every value of a rate is a whole meeting's.
    return {"n": gold, "found": found, **block(scored), "ci_by": "meeting"}


def _rates(scored: Sequence[ScoredMeeting], kinds: frozenset[ItemKind]) -> dict[str, Any]:
    counts = [(one.meeting.name, *one.counts(kinds)) for one in scored]
    return _block(
        {
            "p": [Grouped(name, right, found) for name, right, found, _ in counts],
            "r": [Grouped(name, right, gold) for name, right, _, gold in counts],
            "f1": [Grouped(name, 2 * right, found + gold) for name, right, found, gold in counts],
        }
    )


def _block(values: Mapping[str, Sequence[Grouped]]) -> dict[str, Any]:
    """Figures with their intervals. Values of one meeting are added up first, so that meetings are what is drawn."""
    block = figures({name: _by_meeting(of) for name, of in values.items()})
    return {name: value for name, value in block.items() if name != "ci_by"}


def _by_meeting(values: Sequence[Grouped]) -> list[Grouped]:
    names = dict.fromkeys(one.group for one in values)
    return [
        Grouped(
            name,
            sum(one.value for one in values if one.group == name),
            sum(one.weight for one in values if one.group == name),
        )
        for name in names
    ]


def _pairs(found: Sequence[ItemDraft], gold: Sequence[GoldItem], reach: int) -> list[Pair]:
    if not found or not gold:
        return []
    worth = np.array([[_worth(item, other, reach) for other in gold] for item in found])
    most = min(worth.shape)  # as many pairs as can be come first, what their lines share decides among the rest
    worth = np.where(worth > 0, most + worth, 0.0)
    return [Pair(found[row], gold[column]) for row, column in best_pairs(worth) if worth[row, column] > 0]


def _worth(found: ItemDraft, gold: GoldItem, reach: int) -> float:
    """How well two items' lines agree, 0..1: 0 where they do not, a half at least where a line is the same."""
    own, other = set(found.lines), set(gold.lines)
    if own & other:
        return 0.5 + len(own & other) / len(own | other) / 2
    apart = min(abs(line - far) for line in own for far in other)
    return 0.5 - apart / (2 * reach + 2) if apart <= reach else 0.0


def _promises(scored: ScoredMeeting) -> list[Pair]:
    return [pair for pair in scored.pairs if pair.gold.kind is ItemKind.COMMITMENT and pair.gold.stated]


def _same_owner(pair: Pair) -> bool:
    return pair.found.owner is not None and _folded(pair.found.owner.name) == _folded(pair.gold.owner or "")


def _same_due(pair: Pair) -> bool:
    return pair.found.due is not None and pair.found.due.day == pair.gold.due


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def _named(gold: GoldItem | None) -> dict[str, str] | None:
    return {"id": gold.id, "event": gold.event} if gold else None
