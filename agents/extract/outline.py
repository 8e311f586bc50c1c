"""What a meeting is about, as far as its words tell: its aim and outcome, its topics, and who is who in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from agents.extract.aims import find_aims, find_roles
from agents.extract.learned import LineVectors
from agents.extract.topics import find_topics
from agents.ledger.domain import ItemDraft
from agents.qa.orders import without_orders
from retrieval.domain import Line


def find_outline(lines: Sequence[Line], vectors: LineVectors) -> list[ItemDraft]:
    """The aim, the outcome, the topics and the roles of one meeting, in the order of their lines.

    `lines` are in order, `vectors` has a row for each. Sentences that are meant to steer a machine are not read.
    """
    read = [replace(line, text=without_orders(line.text)) for line in lines]
    kept = [place for place, line in enumerate(read) if line.text.strip()]
    said = [read[place] for place in kept]
    found = [*find_aims(said), *find_roles(said), *find_topics(said, vectors.rows[kept])]
    return sorted(found, key=lambda draft: draft.lines)
