"""How large a model a piece of work wants: by how long it is, and one level up or down by what its content shows."""

from __future__ import annotations

from dataclasses import dataclass

from agents.llm.domain import Because, Level, Shape, Signals, Task, Work
from agents.routing.tokens import TOKENS_A_MINUTE
from agents.routing.wording import Why
from agents.settings import AgentsSettings

MANY_SPEAKERS = 7
"""People from which on it is hard to tell who means what: in a fifth of 146 recorded meetings of research, in Chinese
and English, as many speak."""
MANY_DISPUTES = 3
"""Lines that contradict: a sixth of those meetings have as many."""

_AGENDA_FROM = 3
"""Speakers from which on a talk without an agenda wanders."""
_SHORT_CALL = 0.5
"""Share of the largest that a medium tier takes on, up to which a call of two is short."""
_ORDER = tuple(Level)


@dataclass(frozen=True, slots=True)
class Rules:
    """From how many minutes on work goes to a medium tier, and above how many to a large one."""

    medium_from_minutes: float = 10.0
    large_from_minutes: float = 60.0

    @classmethod
    def of(cls, settings: AgentsSettings) -> Rules:
        """The rules of the settings."""
        return cls(settings.medium_from_minutes, settings.large_from_minutes)


def rank(level: Level) -> int:
    """Its place among the levels, from 0 for the least."""
    return _ORDER.index(level)


def wanted_level(work: Work, rules: Rules) -> tuple[Level, list[Because]]:
    """The level that the work wants, and why. Where no duration is known, as many tokens stand for one as talk of that
    length takes."""
    known = work.seconds is not None
    minutes = max(0.0, work.seconds / 60 if work.seconds is not None else work.prompt_tokens / TOKENS_A_MINUTE)
    level, limit = _by_length(minutes, rules)
    values: dict[str, str | int | float] = {"minutes": round(minutes, 2), "limit": limit}
    if not known:
        values |= {"tokens": work.prompt_tokens, "minutes": round(minutes, 1)}
    length = Because(Why(f"{'minutes' if known else 'tokens'}_{level}"), values)
    shifted, signs = _by_content(level, minutes, work, rules)
    return shifted, [length, *signs]


def _by_length(minutes: float, rules: Rules) -> tuple[Level, float]:
    """The level, and the limit that decided."""
    if minutes > rules.large_from_minutes:
        return Level.LARGE, rules.large_from_minutes
    if minutes >= rules.medium_from_minutes:
        return Level.MEDIUM, rules.medium_from_minutes
    return Level.LOCAL, rules.medium_from_minutes


def _by_content(level: Level, minutes: float, work: Work, rules: Rules) -> tuple[Level, list[Because]]:
    """One level up where the content is hard, one down where it is easy. It is hard by two signs; to compare and to
    review takes judgement, so that there one is enough. That nobody calls up items is only a second one."""
    hard = _hard_signs(work.signals)
    judged = work.task in (Task.COMPARE, Task.REVIEW)
    if hard and (judged or len(hard) > 1 or _wanders(work.signals)):
        return _shifted(level, +1, Why.HARDER, [*hard, *([Because(Why.NO_AGENDA)] if _wanders(work.signals) else [])])
    easy = _easy_sign(work.signals, minutes, rules)
    return _shifted(level, -1, Why.EASIER, [Because(easy)]) if easy and not hard else (level, [])


def _shifted(level: Level, by: int, why: Why, signs: list[Because]) -> tuple[Level, list[Because]]:
    place = rank(level) + by
    if not 0 <= place < len(_ORDER):
        return level, []
    return _ORDER[place], [*signs, Because(why, {"level": _ORDER[place].value})]


def _hard_signs(signals: Signals) -> list[Because]:
    found: list[Because] = []
    if signals.disputes >= MANY_DISPUTES:
        found.append(Because(Why.DISPUTES, {"lines": signals.disputes}))
    if signals.speakers >= MANY_SPEAKERS:
        found.append(Because(Why.MANY_SPEAKERS, {"speakers": signals.speakers}))
    return found


def _wanders(signals: Signals) -> bool:
    return signals.speakers >= _AGENDA_FROM and not signals.agenda and signals.shape is Shape.MEETING


def _easy_sign(signals: Signals, minutes: float, rules: Rules) -> Why | None:
    if signals.shape is Shape.LIVESTREAM:
        return Why.ONE_SPEAKER
    short = minutes <= rules.large_from_minutes * _SHORT_CALL
    return Why.SHORT_CALL if signals.shape is Shape.CALL and short else None
