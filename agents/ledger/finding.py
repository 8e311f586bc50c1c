"""The items of one meeting, by everything that is known of its lines: their words, their meaning, how they were cut,
and what a chat model replied about them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from agents.extract.items import find_items
from agents.extract.learned import opinions
from agents.extract.outline import find_outline
from agents.extract.turns import on_their_lines, turns
from agents.ledger.domain import ItemDraft
from agents.link.domain import Meaning
from agents.link.meaning import line_vectors
from agents.ports import ChatCard, Reads
from agents.reading.domain import Inquiry, Reply
from agents.reading.merging import merge_replies
from agents.reading.windows import doubts, reads, windows
from retrieval.domain import Line


def find_drafts(
    lines: Sequence[Line], day: date, meaning: Meaning, *, heard: bool = False, replies: Iterable[Reply] = ()
) -> list[ItemDraft]:
    """What a meeting of that day says, and what it is about. Lines that were `heard` by a recogniser, which cuts at
    every breath, are read turn by turn. `replies` are a model's to `inquiries`. Raises ModelMissingError."""
    if not heard:
        return _find(lines, day, meaning, replies)
    spoken = turns(lines)
    return on_their_lines(_find([turn.whole for turn in spoken], day, meaning, replies), spoken)


def inquiries(
    lines: Sequence[Line], day: date, meaning: Meaning, card: ChatCard, reply_tokens: int, *, heard: bool = False
) -> list[Inquiry]:
    """What a model of that card is asked about a meeting of that day, in order; a reply about a window has at most so
    many tokens. Raises ModelMissingError."""
    read = [turn.whole for turn in turns(lines)] if heard else lines
    if reads(card) is Reads.WINDOWS:
        return windows(read, day, card, reply_tokens)
    if reads(card) is Reads.NOTHING:
        return []
    vectors = line_vectors(read, meaning)
    return doubts(read, find_items(read, day, vectors), opinions(read, vectors, day))


def _find(lines: Sequence[Line], day: date, meaning: Meaning, replies: Iterable[Reply]) -> list[ItemDraft]:
    vectors = line_vectors(lines, meaning)
    return merge_replies(lines, day, [*find_items(lines, day, vectors), *find_outline(lines, vectors)], replies)
