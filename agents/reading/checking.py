"""What a model found in a window, held against its lines: what does not stand there is thrown away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from agents.extract.drafting import Drafter
from agents.extract.dues import find_due
from agents.extract.metrics import find_metrics
from agents.extract.owners import People, own
from agents.extract.sentences import is_question
from agents.extract.signs import SELF
from agents.ledger.domain import Due, ItemDraft, ItemKind, Measure, Owner
from agents.qa.dates import find_dates
from agents.qa.numbers import find_numbers
from agents.qa.orders import without_orders
from agents.reading.schema import FoundItem, WindowReply
from retrieval.domain import Line

SURE = 0.75
"""Confidence of an item that only a model found."""


def checked(reply: WindowReply, window: Sequence[Line], people: People, day: date) -> list[ItemDraft]:
    """The items of a reply about those lines of a meeting held on `day`, in the words of their lines.

    An item on a line that is not in the window is refused, as is one on lines that say nothing but orders to a machine,
    and a metric without a number. An owner, a date or a number that does not stand in the item's lines is unknown.
    """
    by_index = {line.index: line for line in window}
    drafts = (_draft(item, by_index, people, day) for item in reply.items)
    return [draft for draft in drafts if draft is not None]


def _draft(item: FoundItem, by_index: Mapping[int, Line], people: People, day: date) -> ItemDraft | None:
    if not by_index.keys() >= set(item.lines):
        return None
    lines = [by_index[index] for index in sorted(set(item.lines))]
    if not any(without_orders(line.text) for line in lines):
        return None
    kind = ItemKind(item.kind.value)
    measure = _measure(item, lines, day) if kind is ItemKind.METRIC else None
    if kind is ItemKind.METRIC and measure is None:
        return None
    draft = replace(Drafter(people, day).draft(kind, lines, SURE), measure=measure)
    if kind is not ItemKind.COMMITMENT:
        return draft
    owner, due = _owner(item.owner, lines, people), _due(item.due, lines, day)
    return replace(draft, owner=owner or draft.owner, due=due or draft.due)


def _owner(name: str, lines: Sequence[Line], people: People) -> Owner | None:
    """The person that is named, where one of the lines calls them or they say of themselves what they will do."""
    known = people.named(name) or name.strip()
    if not known:
        return None
    for line in lines:
        if line.speaker == known and SELF.search(line.text):
            return own(line)
    called = next((line for line in lines if people.named(line.text) == known), None)
    if called:
        return Owner(known, (called.index,))
    answers = next((line for line in lines if line.speaker == known and not is_question(line.text.strip())), None)
    if answers:
        return own(answers)
    spelled = next((line for line in lines if known in line.text), None)
    return Owner(known, (spelled.index,)) if spelled else None


def _due(words: str, lines: Sequence[Line], day: date) -> Due | None:
    """The date that the words set, where one of the lines says them."""
    for line in lines:
        if (said := words.strip()) and said in line.text:
            days = [mention for mention in find_dates(said, day) if mention.last >= day]
            if len(days) == 1:
                return find_due([said], line.index, day) or Due(days[0].last, said, line.index)
    return None


def _measure(item: FoundItem, lines: Sequence[Line], day: date) -> Measure | None:
    """The number of an item, as the rules read it, or with the name that its lines give it."""
    for line in lines:
        numbers = find_numbers(item.value) if item.value.strip() and item.value.strip() in line.text else []
        if len(numbers) != 1:
            continue
        value = Decimal(f"{numbers[0].value:f}")
        by_rules = (one.measure for one in find_metrics([line], day) if one.measure)
        if same := next((measure for measure in by_rules if measure.value == value), None):
            return same
        name = item.name.strip()
        if name and any(name in other.text for other in lines):
            unit = "%" if numbers[0].percent else ""
            return Measure(name, value, unit, item.value.strip(), line.index)
    return None
