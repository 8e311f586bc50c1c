"""More lines than a model reads at once: overlapping windows of them say which answer, and those are read again.

Map and reduce by evidence: what the windows find are lines, never summaries, so that the last reading stands on the
words themselves. Levels follow until what is left can be read in one pass.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from agents.domain import Usage
from agents.ports import ChatCard
from agents.qa.prompts import LONGEST_LINE
from agents.qa.verify import Numbered
from agents.reading.windows import OVERLAP_LINES, WINDOW_LINES
from agents.routing.tokens import room_for_lines, tokens_of

AskWindow = Callable[[Sequence[Numbered]], Awaitable[tuple[set[int], Usage]]]
"""From lines to the numbers of those that answer, and what asking took. Raises ModelFailedError."""

AT_ONCE = 4
"""Windows that are asked about at the same time."""

_MARK_TOKENS = 16
"""What the number, date and speaker of a line take."""


@dataclass(frozen=True, slots=True)
class Narrowed:
    """The lines to read in one pass, and what finding them took."""

    sources: list[Numbered]
    usage: Usage


def read_at_once(card: ChatCard, reply_tokens: int) -> int:
    """Tokens of lines that a model reads at once with the same care from end to end."""
    free = room_for_lines(card.context_tokens, reply_tokens)
    return max(1, min(free, card.even_tokens or free))


async def narrow_down(sources: Sequence[Numbered], room: int, ask: AskWindow) -> Narrowed:
    """The lines themselves where they fit into so many tokens; else those that windows of them found to answer. Raises
    what `ask` raises."""
    left, usage = list(sources), Usage()
    while _tokens(left) > room and len(left) > 1:
        answers = await _ask_all(windows(left, room), ask)
        found: set[int] = set()
        for numbers, spent in answers:
            found |= numbers
            usage = usage.plus(spent)
        kept = [source for source in left if source.n in found]
        # windows that take everything narrow nothing down: then the newest that fit
        left = kept if len(kept) < len(left) else _newest(left, room)
    return Narrowed(left, usage)


async def _ask_all(windows: Sequence[Sequence[Numbered]], ask: AskWindow) -> list[tuple[set[int], Usage]]:
    """What each window answered; one that fails calls the others off."""
    seats = asyncio.Semaphore(AT_ONCE)

    async def asked(window: Sequence[Numbered]) -> tuple[set[int], Usage]:
        async with seats:
            return await ask(window)

    asking = [asyncio.create_task(asked(window)) for window in windows]
    try:
        return await asyncio.gather(*asking)
    finally:
        for task in asking:
            task.cancel()


def windows(sources: Sequence[Numbered], room: int) -> list[Sequence[Numbered]]:
    """Overlapping windows of lines, none larger than so many tokens unless it is a single line."""
    found: list[Sequence[Numbered]] = []
    begin = 0
    while begin < len(sources):
        end, spent = begin, 0
        while end < len(sources) and end - begin < WINDOW_LINES:
            spent += _cost(sources[end])
            if spent > room and end > begin:
                break
            end += 1
        found.append(sources[begin:end])
        if end == len(sources):
            break
        overlap = (end - begin) * OVERLAP_LINES // WINDOW_LINES
        begin = end - overlap
    return found


def _newest(sources: Sequence[Numbered], room: int) -> list[Numbered]:
    kept: list[Numbered] = []
    for source in reversed(sources):
        room -= _cost(source)
        if kept and room < 0:
            break
        kept.insert(0, source)
    return kept


def _tokens(sources: Sequence[Numbered]) -> int:
    return sum(_cost(source) for source in sources)


def _cost(source: Numbered) -> int:
    return tokens_of(source.evidence.lines[0].text[:LONGEST_LINE]) + _MARK_TOKENS
