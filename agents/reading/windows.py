"""What a model is asked about a meeting: long windows of it, or the few lines that code is in doubt about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from agents.extract.learned import Opinion
from agents.ledger.domain import ItemDraft, ItemKind
from agents.llm.domain import Tier
from agents.ports import ChatCard, Reads
from agents.reading.domain import Form, Inquiry
from agents.reading.prompts import doubt_text, window_text
from agents.routing.tokens import room_for_lines, tokens_of
from retrieval.domain import Line

WINDOW_SECONDS = 20 * 60.0
OVERLAP_SECONDS = 5 * 60.0
WINDOW_LINES = 200
OVERLAP_LINES = 50
"""The same for a transcript without times: people say about ten lines a minute."""

MOST_DOUBTS = 24
"""Inquiries of a meeting about lines that code is in doubt about, the most doubtful first."""

UNSURE = (0.15, 0.5)
"""How likely lines state an item of a kind for code to be in doubt about them."""

SMALLEST_CONTEXT = 8000
"""Tokens of context in which long windows can be read."""

_BEFORE, _AFTER = 3, 2


def reads(card: ChatCard | Tier) -> Reads:
    """What a model of that card is given of a meeting: no long windows where its own is small."""
    small = card.context_tokens < SMALLEST_CONTEXT
    return Reads.DOUBTS if small and card.reads is Reads.WINDOWS else card.reads


def windows(lines: Sequence[Line], day: date, card: ChatCard, reply_tokens: int) -> list[Inquiry]:
    """Windows that hold the whole meeting, the first and the last of them first: there it says what it is for and what
    it came to. Each overlaps the next, and leaves room in the model's window for a reply of that many tokens. A meeting
    that the model reads evenly as a whole is one window."""
    room = room_for_lines(card.context_tokens, reply_tokens)
    if lines and _tokens(lines, day) <= min(room, card.even_tokens or 0):
        return [window(lines, day)]
    found = [part for stretch in _stretches(lines) for part in _fitting(stretch, day, room)]
    first_and_last = [*found[:1], *found[1:][-1:], *found[1:-1]]
    return [Inquiry(Form.WINDOW, window_text(part, day), _indices(part)) for part in first_and_last]


def window(lines: Sequence[Line], day: date) -> Inquiry:
    """The inquiry about one stretch of a meeting."""
    return Inquiry(Form.WINDOW, window_text(lines, day), _indices(lines))


def doubts(lines: Sequence[Line], drafts: Sequence[ItemDraft], opinions: Mapping[ItemKind, Opinion]) -> list[Inquiry]:
    """Inquiries about the lines that are as likely as not to state an item: what the rules found there, and what they
    did not. Those nearest to being taken or left are first."""
    place = {line.index: at for at, line in enumerate(lines)}
    unsure: list[tuple[float, ItemKind, tuple[int, ...]]] = []
    for kind, opinion in opinions.items():
        least = opinion.weights.least
        taken: set[int] = set()
        for draft in (draft for draft in drafts if draft.kind is kind):
            taken.update(draft.lines)
            likely = max(float(opinion.likely[place[index]]) for index in draft.lines)
            unsure.append((likely, kind, draft.lines))
        low = [line.index for line, likely in zip(lines, opinion.likely, strict=True) if likely < least]
        unsure += [(float(opinion.likely[place[index]]), kind, (index,)) for index in low if index not in taken]
    between = [one for one in unsure if UNSURE[0] <= one[0] < UNSURE[1]]
    between.sort(key=lambda one: (abs(one[0] - opinions[one[1]].weights.least), one[2]))
    return [doubt(lines, about, kind) for _, kind, about in between[:MOST_DOUBTS]]


def doubt(lines: Sequence[Line], about: Sequence[int], kind: ItemKind) -> Inquiry:
    """The inquiry about lines of a meeting, by their indices, that may state an item of a kind; with those around."""
    places = [at for at, line in enumerate(lines) if line.index in about]
    shown = lines[max(0, places[0] - _BEFORE) : places[-1] + _AFTER + 1]
    return Inquiry(Form.DOUBT, doubt_text(shown, about), _indices(shown), tuple(about), kind)


def _stretches(lines: Sequence[Line]) -> Iterator[Sequence[Line]]:
    """Stretches of equal time, or of equally many lines where no times are known."""
    if any(line.start is None for line in lines):
        step = WINDOW_LINES - OVERLAP_LINES
        for begin in range(0, max(1, len(lines) - OVERLAP_LINES), step):
            yield lines[begin : begin + WINDOW_LINES]
        return
    begin, end = 0.0, max((line.start or 0.0 for line in lines), default=0.0)
    while True:
        if inside := [line for line in lines if begin <= (line.start or 0.0) < begin + WINDOW_SECONDS]:
            yield inside
        if begin + WINDOW_SECONDS > end:
            return
        begin += WINDOW_SECONDS - OVERLAP_SECONDS


def _fitting(lines: Sequence[Line], day: date, room: int) -> Iterator[Sequence[Line]]:
    """The lines in halves until each half takes no more tokens than there is room; one line is never cut."""
    if len(lines) <= 1 or _tokens(lines, day) <= room:
        yield lines
        return
    middle = len(lines) // 2
    yield from _fitting(lines[:middle], day, room)
    yield from _fitting(lines[middle:], day, room)


def _tokens(lines: Sequence[Line], day: date) -> int:
    return tokens_of(window_text(lines, day))


def _indices(lines: Sequence[Line]) -> tuple[int, ...]:
    return tuple(line.index for line in lines)
