"""The items of a meeting, found by code: `find_items`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from agents.extract.commitments import find_commitments
from agents.extract.decisions import find_decisions
from agents.extract.metrics import find_metrics
from agents.extract.questions import find_questions
from agents.extract.risks import find_risks
from agents.ledger.domain import ItemDraft
from agents.qa.orders import without_orders
from retrieval.domain import Line


def find_items(lines: Sequence[Line], day: date) -> list[ItemDraft]:
    """The decisions, commitments, open questions, risks and metric values of one meeting, in the order of their lines.

    `lines` are in order, `day` is the day of the meeting, against which "this Friday" is read. Sentences that are meant
    to steer a machine are not read. Time is linear in the text.
    """
    read = [replace(line, text=without_orders(line.text)) for line in lines]
    said = [line for line in read if line.text.strip()]
    commitments = find_commitments(said, day)
    decisions = find_decisions(said, frozenset(draft.lines[0] for draft in commitments))
    others = [*find_questions(said), *find_risks(said), *find_metrics(said, day)]
    return sorted([*commitments, *decisions, *others], key=lambda draft: draft.lines)
