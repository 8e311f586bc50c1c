"""How a tier would read the input of a piece of work: at once, in overlapping windows, or only a part of it; and what
that will take."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from math import ceil

from agents.llm.domain import Because, Estimate, Money, Spent, Task, Tier, Work
from agents.llm.pricing import cost
from agents.ports import Reads
from agents.reading.windows import MOST_DOUBTS, OVERLAP_SECONDS, SMALLEST_CONTEXT, WINDOW_SECONDS, reads
from agents.routing.tokens import AROUND_TOKENS, TOKENS_A_MINUTE, room_for_lines
from agents.routing.wording import Why

_PICKED = (Task.ANSWER, Task.COMPARE)
"""Work on lines that were picked: fewer of them do where they do not fit."""
_JOINED_BY_CODE = (Task.EXTRACT,)
_DOUBT_TOKENS = 500
"""Of a prompt about one doubt: its rules, and the few lines that it shows."""
_CHOICE_TOKENS = 32
"""Of a reply that chooses among a few words."""


class How(StrEnum):
    """How a tier reads the input."""

    WHOLE = "whole"
    WINDOWS = "windows"
    DOUBTS = "doubts"
    SHORTENED = "shortened"


@dataclass(frozen=True, slots=True)
class _Calls:
    """Calls of one size, in tokens."""

    count: int
    prompt: int
    completion: int


def how_read(work: Work, tier: Tier) -> How | Because:
    """How the tier reads the input of the work, or why it cannot. At once where prompt and reply fit in its window and
    it reads that much with the same care from end to end; else in windows where it has room for those."""
    if work.task is Task.EXTRACT and (least := reads(tier)) is not Reads.WINDOWS:
        refused = Because(Why.READS_NOTHING, {"tier": tier.name})
        return How.DOUBTS if least is Reads.DOUBTS else refused
    needed = work.prompt_tokens + _reply(work, tier)
    fits = needed <= tier.context_tokens
    if fits and work.prompt_tokens <= tier.card.even_tokens:
        return How.WHOLE
    if tier.context_tokens >= SMALLEST_CONTEXT:
        return How.WINDOWS if _windows(work, tier) > 1 else How.WHOLE
    if fits:
        return How.WHOLE
    if work.task in _PICKED:
        return How.SHORTENED
    return Because(Why.TOO_SMALL, {"tier": tier.name, "needed": needed, "context": tier.context_tokens})


def because_of(how: How, work: Work, tier: Tier, estimate: Estimate) -> Because:
    """Why the tier reads it that way."""
    sizes = {"tokens": work.prompt_tokens, "context": tier.context_tokens}
    match how:
        case How.WHOLE:
            return Because(Why.AT_ONCE, {**sizes})
        case How.SHORTENED:
            return Because(Why.SHORTENED, {**sizes})
        case How.WINDOWS:
            return Because(Why.WINDOWS, {"passes": estimate.passes})
        case How.DOUBTS:
            return Because(Why.DOUBTS, {"passes": estimate.passes})


def estimated(how: How, work: Work, tier: Tier) -> Estimate:
    """What the work will take on the tier, at most: every reply as long as it may be."""
    calls = _calls(how, work, tier)
    return Estimate(
        passes=sum(one.count for one in calls),
        prompt_tokens=sum(one.count * one.prompt for one in calls),
        completion_tokens=sum(one.count * one.completion for one in calls),
        cost=_priced(calls, tier),
    )


def _calls(how: How, work: Work, tier: Tier) -> list[_Calls]:
    reply = _reply(work, tier)
    match how:
        case How.WHOLE:
            return [_Calls(1, work.prompt_tokens, reply)]
        case How.SHORTENED:
            return [_Calls(1, min(work.prompt_tokens, tier.context_tokens - reply), reply)]
        case How.DOUBTS:
            count = max(1, min(MOST_DOUBTS, work.prompt_tokens // _DOUBT_TOKENS))
            prompt = min(_DOUBT_TOKENS, tier.context_tokens - reply)
            # what thinks needs its whole reply to choose a word
            return [_Calls(count, prompt, reply if tier.thinking else _CHOICE_TOKENS)]
        case How.WINDOWS:
            return _in_windows(work, tier)


def _in_windows(work: Work, tier: Tier) -> list[_Calls]:
    """A call for each window. Unless code puts the replies together, further calls do: one where they all fit in it,
    else level upon level. Replies are then short enough for two of them to be read at once."""
    count, reply, room = _windows(work, tier), _reply(work, tier), _room(work, tier)
    prompt = ceil(_told(work) / count) + AROUND_TOKENS
    if work.task in _JOINED_BY_CODE:
        return [_Calls(count, prompt, reply)]
    reply = max(1, min(reply, room // 2))
    found = [_Calls(count, prompt, reply)]
    together, left = max(2, room // reply), count
    while left > 1:
        joined, left = min(left, together), ceil(left / together)
        found.append(_Calls(left, joined * reply + AROUND_TOKENS, reply))
    return found


def _windows(work: Work, tier: Tier) -> int:
    """The windows of a recording, as `agents.reading.windows` cuts it: by time, then in halves until each fits."""
    stretches = _stretches(_seconds(work))
    halves, room = 1, _room(work, tier)
    while ceil(_told(work) / (stretches * halves)) > room:
        halves *= 2
    return stretches * halves


def _stretches(seconds: float) -> int:
    """How many stretches overlap to cover so many seconds."""
    beyond = seconds - WINDOW_SECONDS
    return 1 if beyond < 0 else int(beyond // (WINDOW_SECONDS - OVERLAP_SECONDS)) + 2


def _told(work: Work) -> int:
    """Tokens of all windows together: what overlaps is read twice."""
    seconds = _seconds(work)
    twice = (_stretches(seconds) - 1) * OVERLAP_SECONDS
    return ceil(work.prompt_tokens * (1 + twice / seconds)) if seconds else work.prompt_tokens


def _seconds(work: Work) -> float:
    """The duration, or where it is not known that of talk of as many tokens."""
    if work.seconds is not None:
        return max(0.0, work.seconds)
    return work.prompt_tokens / TOKENS_A_MINUTE * 60


def _room(work: Work, tier: Tier) -> int:
    return max(1, min(room_for_lines(tier.context_tokens, work.reply_tokens), tier.card.even_tokens))


def _reply(work: Work, tier: Tier) -> int:
    return min(work.reply_tokens, tier.context_tokens // 2)


def _priced(calls: list[_Calls], tier: Tier) -> Money | None:
    """What the calls cost together; null where the price is not known. Each is priced by itself, since a price may
    depend on how long its prompt is."""
    total = Decimal(0)
    currency = ""
    for one in calls:
        each = cost(tier.prices, Spent(one.prompt, one.completion, thinking=tier.thinking))
        if each is None:
            return None
        total, currency = total + each.amount * one.count, each.currency
    return Money(total, currency)
