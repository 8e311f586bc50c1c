"""The figures of `huimai eval ledger`.

Precision, recall and F1 are of all meetings together (micro-averaged), their intervals from meetings drawn anew.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from agents.evaluation.ledger_measures import same_unit, same_value
from agents.evaluation.ledger_records import GoldItem
from agents.evaluation.ledger_scoring import Pair, ScoredMeeting
from agents.ledger.domain import ItemKind
from ingestion.evaluation.intervals import Grouped, figures

OF_SERIES = {"decisions": ItemKind.DECISION, "commitments": ItemKind.COMMITMENT}
OF_LEDGER = {"decision": ItemKind.DECISION, "action": ItemKind.COMMITMENT}
"""What a document calls the kinds."""

_OTHERS = {"questions": ItemKind.QUESTION, "risks": ItemKind.RISK, "metrics": ItemKind.METRIC}
_COUNTED_KINDS = frozenset(OF_SERIES.values())
_PROMISE, _METRIC = ItemKind.COMMITMENT, ItemKind.METRIC


def series_figures(scored: Sequence[ScoredMeeting]) -> dict[str, Any]:
    """Everything that is asked of a series: the items of each kind and what they say, and what changed."""
    values = {
        "owner_exact": _of_pairs(scored, _PROMISE, lambda gold: gold.owner is not None, _same_owner),
        "due_exact": _of_pairs(scored, _PROMISE, lambda gold: gold.due is not None, _same_due),
        "metric_value_exact": _of_pairs(scored, _METRIC, _any, lambda pair: same_value(pair.found, pair.gold)),
        "metric_unit_exact": _of_pairs(scored, _METRIC, _any, lambda pair: same_unit(pair.found, pair.gold)),
        "mention_recall": [
            Grouped(one.meeting.name, any(pair.gold is item for pair in one.pairs))
            for one in scored
            for item in one.meeting.gold
            if item.kind is _PROMISE and not item.stated
        ],
    }
    return {
        **kind_figures(scored, OF_SERIES),
        **{name: _rates(scored, frozenset({kind})) for name, kind in _OTHERS.items()},
        **_block({**values, **_changes(scored)}),
        "uncited_claims": sum(one.uncited for one in scored),
    }


def _changes(scored: Sequence[ScoredMeeting]) -> dict[str, list[Grouped]]:
    told = [(one.meeting.name, one.changes) for one in scored if one.changes]
    compared = [(name, changes.sections) for name, changes in told if changes.sections]
    return {
        "current_value_exact": [Grouped(name, right) for name, one in told for right in one.current],
        "restated_as_changed": [Grouped(name, wrong) for name, one in told for wrong in one.restated],
        "delta_f1": [Grouped(name, *one.sums(exempt="carried")) for name, one in compared],
        "delta_f1_strict": [Grouped(name, *one.sums()) for name, one in compared],
        "dropped_found": [Grouped(name, found) for name, one in told for found in one.dropped],
        "link_f1": [Grouped(name, *one.links.sums()) for name, one in told],
    }


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
    counts = [one.counts(_COUNTED_KINDS) for one in scored]
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


def _of_pairs(
    scored: Sequence[ScoredMeeting],
    kind: ItemKind,
    asked: Callable[[GoldItem], bool],
    right: Callable[[Pair], bool],
) -> list[Grouped]:
    """Of the items of a kind that were found and of whose gold it is asked, whether each is right."""
    return [
        Grouped(one.meeting.name, right(pair))
        for one in scored
        for pair in one.pairs
        if pair.gold.kind is kind and pair.gold.stated and asked(pair.gold)
    ]


def _any(_gold: GoldItem) -> bool:
    return True


def _same_owner(pair: Pair) -> bool:
    return pair.found.owner is not None and _folded(pair.found.owner.name) == _folded(pair.gold.owner or "")


def _same_due(pair: Pair) -> bool:
    return pair.found.due is not None and pair.found.due.day == pair.gold.due


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
