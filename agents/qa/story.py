"""How one matter of the ledger came to stand as it does: what holds now, and what held before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from agents.comparison.summary import Sentence, checked
from agents.ledger.domain import ItemKind
from agents.ledger.matters import Matter, evidence_of
from agents.ledger.threads import CHANGES, CLOSES, Step, Thread
from agents.ledger.wording import STATUSES, by_hand, on_day, set_by_hand
from agents.qa.language import Language
from agents.qa.ledger import LedgerSource, in_scope, in_words, lines_of
from agents.qa.rank import RankedLine
from ingestion.domain import SearchFilter

LONGEST = 240
"""Characters of one person's words that a sentence shows."""
_NOW: Mapping[Language, str] = {"zh": "现在（{day}{status}）：{text}", "en": "Now ({day}{status}): {text}"}
_STATUS: Mapping[Language, str] = {"zh": "，{status}", "en": ", {status}"}
_SINCE: Mapping[Language, str] = {"zh": "后来（{day}）：{text}", "en": "Since ({day}): {text}"}
_BEFORE: Mapping[Language, str] = {"zh": "此前（{day}）：{text}", "en": "Earlier ({day}): {text}"}
_DAYS: Mapping[Language, str] = {"zh": "此前说法不同：{days}", "en": "It was told otherwise before: {days}"}


def matter_at(source: LedgerSource, where: SearchFilter, best: RankedLine) -> Matter | None:
    """The matter that the line speaks of, if that has moved: it was changed, closed or measured again on another day;
    null else, and when meetings that are not in scope speak of it. Raises NotFoundError."""
    whole = source.project(best.evidence.project)
    for thread in whole.threads:
        items = in_scope(thread, where)
        if len(items) == len(thread.steps) and _moved(thread) and any(best.key in lines_of(one) for one in items):
            return Matter(thread, thread.status(whole.held), source.evidence(items))
    return None


def story(matter: Matter, people: Sequence[str], language: Language, *, older: bool) -> list[Sentence]:
    """What holds now, what was said since, and what held before, newest first: in words, or unless `older` only the
    days on which it was said."""
    holds, since, before = _parts(matter.thread)
    now = _told(_NOW, holds, matter, people, language)
    if now is None:
        return []
    told = [now]
    told += [_told(_SINCE, step, matter, people, language) for step in since]
    if older:
        told += [_told(_BEFORE, step, matter, people, language) for step in before]
    elif before:
        days = "、" if language == "zh" else "; "
        text = _DAYS[language].format(days=days.join(dict.fromkeys(on_day(step.item.day, language) for step in before)))
        told.append(checked(text, evidence_of((step.item for step in before), matter.said), people))
    return [sentence for sentence in told if sentence]


def _told(
    forms: Mapping[Language, str], step: Step, matter: Matter, people: Sequence[str], language: Language
) -> Sentence | None:
    text = forms[language].format(
        day=on_day(step.item.day, language),
        status=_status(matter, language),
        text=in_words(step.item, matter.said, language, LONGEST),
    )
    marked = set_by_hand(matter.thread, matter.status, language)
    return checked(text, matter.said.get(step.item.id, ()), people, marked)


def _status(matter: Matter, language: Language) -> str:
    """How a matter stands that can be open or over."""
    if matter.thread.kind in (ItemKind.DECISION, ItemKind.METRIC):
        return ""
    status = STATUSES[matter.status][language]
    said = by_hand(status, language) if matter.thread.status_by_hand else status
    return _STATUS[language].format(status=said)


def _moved(thread: Thread) -> bool:
    several = len({step.item.day for step in thread.steps}) > 1
    moved = thread.kind is ItemKind.METRIC or any(step.does in CHANGES | CLOSES for step in thread.steps)
    return several and moved


def _parts(thread: Thread) -> tuple[Step, list[Step], list[Step]]:
    """The step that says what holds, the last one since, and those that held before, newest first; each of other
    lines. What a person has told by hand is no step."""
    said = [step for step in thread.steps if step.item.said.told_on is None]
    steps = list({tuple(lines_of(step.item)): step for step in said}.values())
    measures = thread.kind is ItemKind.METRIC
    telling = [step for step in steps if measures or step.link is None or step.does in CHANGES | CLOSES]
    *before, holds = telling
    since = steps[steps.index(holds) + 1 :][-1:]
    return holds, since, before[::-1]
