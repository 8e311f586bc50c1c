"""The items of one meeting, by everything that is known of its lines: their words, their meaning, how they were cut."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from agents.extract.items import find_items
from agents.extract.turns import on_their_lines, turns
from agents.ledger.domain import ItemDraft
from agents.link.domain import Meaning
from agents.link.meaning import line_vectors
from retrieval.domain import Line


def find_drafts(lines: Sequence[Line], day: date, meaning: Meaning, *, heard: bool = False) -> list[ItemDraft]:
    """What a meeting of that day says. Lines that were `heard` by a recogniser, which cuts at every breath, are read
    turn by turn. Raises ModelMissingError."""
    if not heard:
        return find_items(lines, day, line_vectors(lines, meaning))
    spoken = turns(lines)
    whole = [turn.whole for turn in spoken]
    return on_their_lines(find_items(whole, day, line_vectors(whole, meaning)), spoken)
