"""The items of a meeting, found by code: `find_items`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from agents.extract.commitments import find_commitments
from agents.extract.decisions import find_decisions
from agents.extract.learned import LineVectors, opinions
from agents.extract.merging import merge
from agents.extract.metrics import find_metrics
from agents.extract.questions import find_questions
from agents.extract.risks import find_risks
from agents.ledger.domain import ItemDraft
from agents.qa.orders import without_orders
from retrieval.domain import Line


def find_items(lines: Sequence[Line], day: date, vectors: LineVectors | None = None) -> list[ItemDraft]:
    """The decisions, commitments, open questions, risks and metric values of one meeting, in the order of their lines.

    `lines` are in order, `day` is the day of the meeting, against which "this Friday" is read. Sentences that are meant
    to steer a machine are not read. With `vectors`, a row a line, of a model that something was learned for, what the
    rules find is held against what was learned. Time is linear in the text.
    """
    read = [replace(line, text=without_orders(line.text)) for line in lines]
    kept = [place for place, line in enumerate(read) if line.text.strip()]
    said = [read[place] for place in kept]
    drafts = _by_rules(said, day)
    if vectors is not None:
        drafts = merge(said, day, drafts, opinions(said, replace(vectors, rows=vectors.rows[kept]), day))
    return sorted(drafts, key=lambda draft: draft.lines)


def _by_rules(said: Sequence[Line], day: date) -> list[ItemDraft]:
    commitments = find_commitments(said, day)
    decisions = find_decisions(said, frozenset(draft.lines[0] for draft in commitments))
    return [*commitments, *decisions, *find_questions(said), *find_risks(said), *find_metrics(said, day)]
