"""What words do to a matter that they speak of. Facts decide where there are facts, signs where there are none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from agents.ledger.domain import Due, ItemKind, LinkType, Owner
from agents.ledger.threads import Thread
from agents.link.cues import Sign, shows
from agents.link.facts import Quantity, Told, replaced, told
from agents.link.reasons import Why, parts, reason
from agents.qa.spans import people_in

_PLAIN = 0.9


@dataclass(frozen=True, slots=True)
class Said:
    """Words of the new meeting that are about a thread.

    `text` is what is said, `before` and `after` the lines around it, empty where there is none or it does not belong
    to it. `voices` are those who speak in it; `asks` says that it does nothing but ask. `owner` and `due` are there
    where the words give them.
    """

    kind: ItemKind
    text: str
    before: str
    after: str
    day: date
    asks: bool
    voices: frozenset[str] = frozenset()
    owner: Owner | None = None
    due: Due | None = None

    @property
    def whole(self) -> str:
        """What is said with the line before."""
        return f"{self.before} {self.text}".strip()


@dataclass(frozen=True, slots=True)
class Judgement:
    """A link's type, how plainly the words say so, 0..1, and why."""

    type: LinkType
    plain: float
    reason: str


def judge(thread: Thread, said: Said) -> Judgement | None:
    """What `said` does to a thread, of a measure never, or null when it does nothing that can be told."""
    if thread.closed:
        if shows(said.text, Sign.AGAIN):
            return Judgement(LinkType.CONTINUES, 0.6, reason(Why.TAKEN_UP_AGAIN))
        return None
    judgement = _JUDGES[thread.kind](thread, said)
    if thread.kind is ItemKind.DECISION and said.kind is ItemKind.UPDATE:
        return judgement if judgement and _is_plain_change(judgement) else None
    return judgement


def _is_plain_change(judgement: Judgement) -> bool:
    """Whether another number or day is given with words of moving: a line that nobody read as a decision must say it
    outright, and what a decision merely comes to is no news of it."""
    return parts(judgement.reason)[0] in (Why.NUMBER, Why.DAY) and judgement.plain >= _PLAIN


def _decision(thread: Thread, said: Said) -> Judgement | None:
    earlier, later = _held(thread), told(said.text, said.day)
    moved, back = shows(said.text, Sign.MOVED), shows(said.text, Sign.BACK)
    if shows(said.text, Sign.AGAINST) and not moved:
        return Judgement(LinkType.CONFLICTS, 0.6, reason(Why.SAYS_OTHERWISE))
    if shows(said.text, Sign.SAME) and not (moved or back):
        return Judgement(LinkType.RESTATES, 0.9, reason(Why.SAID_SAME))
    if back:
        return Judgement(LinkType.REVERSES, 0.8, reason(Why.TAKEN_BACK))
    if numbers := replaced(earlier, later):
        return Judgement(LinkType.REFINES, 0.9 if moved else 0.7, reason(Why.NUMBER, *_values(numbers)))
    fresh = later.adds(earlier)
    if earlier.days and fresh.days and (moved or not earlier.days & later.days):
        return Judgement(LinkType.REFINES, 0.9 if moved else 0.7, reason(Why.DAY, max(earlier.days), max(fresh.days)))
    if moved:
        return Judgement(LinkType.REFINES, 0.6, reason(Why.TAKEN_BACK))
    return Judgement(LinkType.RESTATES, 0.6, reason(Why.SAME_FACTS))


def _commitment(thread: Thread, said: Said) -> Judgement | None:
    old, owner = thread.owner, said.owner
    if old and owner and old.name != owner.name and said.kind is ItemKind.COMMITMENT:
        if not _hands_over(said, old.name):
            return None
        return Judgement(LinkType.HANDS_OVER, 0.8, reason(Why.OWNER, old.name, owner.name))
    if said.due and thread.due and said.due.day != thread.due.day and _sets_day(said):
        return Judgement(LinkType.REDATES, 0.9, reason(Why.DAY, thread.due.day, said.due.day))
    if said.asks:
        return Judgement(LinkType.CONTINUES, 0.4, reason(Why.UNDER_WAY))
    if not shows(said.text, Sign.UNDONE):
        if shows(said.text, Sign.DONE):
            return Judgement(LinkType.FULFILS, 0.8, reason(Why.DONE))
        if said.kind is ItemKind.COMMITMENT:
            return Judgement(LinkType.RESTATES, 0.7, reason(Why.SAME_FACTS))
        if thread.due is None or thread.due.day <= said.day:
            return Judgement(LinkType.FULFILS, 0.6, reason(Why.WHEN_DUE))
    return Judgement(LinkType.CONTINUES, 0.6, reason(Why.UNDER_WAY))


def _hands_over(said: Said, owner: str) -> bool:
    """Whether somebody takes it in words in which its owner has a part: two may promise much the same."""
    has_part = owner in said.voices or bool(people_in(said.whole, [owner]))
    return has_part and (shows(said.whole, Sign.TAKEN) or shows(said.after, Sign.TAKEN))


def _sets_day(said: Said) -> bool:
    return said.kind is ItemKind.COMMITMENT or shows(said.whole, Sign.MOVED)


def _question(thread: Thread, said: Said) -> Judgement | None:
    if said.asks or shows(said.text, Sign.UNSETTLED) or shows(said.text, Sign.AGAINST):
        return Judgement(LinkType.CONTINUES, 0.7, reason(Why.STILL_OPEN))
    return Judgement(LinkType.ANSWERS, 0.8, reason(Why.ANSWERED))


def _risk(thread: Thread, said: Said) -> Judgement | None:
    numbers = replaced(_held(thread), told(said.text, said.day))
    if shows(said.text, Sign.GONE) and not shows(said.text, Sign.UNSETTLED):
        return Judgement(LinkType.FULFILS, 0.8, reason(Why.GONE))
    if shows(f"{said.text} {said.after}", Sign.WORSE) or (numbers and _grown(*numbers)):
        return Judgement(LinkType.WORSENS, 0.8, reason(Why.GROWN, *_values(numbers)))
    return Judgement(LinkType.CONTINUES, 0.6, reason(Why.STILL_OPEN))


def _grown(before: Quantity, now: Quantity) -> bool:
    return before.sort == now.sort != "" and now.value > before.value


def _values(numbers: tuple[Quantity, Quantity] | None) -> list[str]:
    return [f"{number.value:f}" for number in numbers or ()]


def _held(thread: Thread) -> Told:
    """The facts that hold: those of the item that says what holds, and of the first where nothing changed them."""
    item = thread.current
    return told(item.said.text, item.day)


_JUDGES: dict[ItemKind, Callable[[Thread, Said], Judgement | None]] = {
    ItemKind.DECISION: _decision,
    ItemKind.COMMITMENT: _commitment,
    ItemKind.QUESTION: _question,
    ItemKind.RISK: _risk,
}
