"""The matters of the ledger that a question wants listed, a sentence each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from agents.comparison.summary import Sentence, checked
from agents.ledger.domain import Item, ItemKind
from agents.ledger.matters import Matter, evidence_of
from agents.ledger.threads import CHANGES, OVER, Status, Thread
from agents.ledger.wording import KINDS, on_day, set_by_hand, standing
from agents.qa.language import Language
from agents.qa.ledger import LedgerSource, in_scope, in_words
from agents.qa.spans import people_in
from agents.qa.wants import Standing, Wants
from ingestion.domain import SearchFilter
from retrieval.domain import Evidence

LONGEST = 240
"""Characters of one person's words that a sentence shows."""
_FORM: Mapping[Language, str] = {"zh": "{day} {kind}：{text}（{notes}）", "en": "{day}, {kind}: {text} ({notes})"}
_BARE: Mapping[Language, str] = {"zh": "{day} {kind}：{text}", "en": "{day}, {kind}: {text}"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to the ledger: what it wants, whom it names, where, and when it is asked.

    `people` are all known names; `near` says whether a matter is about what is asked, by the lines that state it.
    """

    wants: Wants
    named: tuple[str, ...]
    people: tuple[str, ...]
    where: SearchFilter
    today: date
    language: Language
    near: Callable[[Sequence[Item]], bool]


def listed(source: LedgerSource, projects: Iterable[str], asked: Asked) -> list[Sentence]:
    """A sentence for each matter that is wanted, by kind, what is open first; those that do not stand up to checking
    are left out. Raises NotFoundError."""
    found: list[tuple[Matter, list[Item]]] = []
    for project in projects:
        found += _of_project(source, project, asked)
    if asked.wants.topic:
        near = [one for one in found if asked.near(one[1])]
        found = near if near or not asked.named else found
    found.sort(key=lambda one: _place(one[0], asked.wants))
    told = (_sentence(matter, items, asked) for matter, items in found)
    return [sentence for sentence in told if sentence]


def _of_project(source: LedgerSource, project: str, asked: Asked) -> list[tuple[Matter, list[Item]]]:
    """The wanted matters of a project, about whatever, with what the meetings in scope say of each."""
    whole = source.project(project)
    wanted: list[tuple[Thread, Status, list[Item]]] = []
    for thread in whole.threads:
        status = thread.status(whole.held)
        items = in_scope(thread, asked.where)
        if items and thread.kind in asked.wants.kinds and _stands(thread, status, asked):
            wanted.append((thread, status, items))
    said = source.evidence(step.item for thread, _, _ in wanted for step in thread.steps)
    return [
        (Matter(thread, status, said), items)
        for thread, status, items in wanted
        if not asked.named or _concerns(thread, said, asked)
    ]


def _stands(thread: Thread, status: Status, asked: Asked) -> bool:
    """Whether a thread stands, and is due, as is wanted."""
    wants, due = asked.wants, thread.due
    is_open = status not in OVER
    if wants.has_due and (due is None or not (wants.due is None or wants.due[0] <= due.day <= wants.due[1])):
        return False
    match wants.standing:
        case Standing.OPEN:
            return is_open
        case Standing.OVER:
            return not is_open
        case Standing.DROPPED:
            return status is Status.DROPPED
        case Standing.OVERDUE:
            return is_open and due is not None and due.day < asked.today
        case Standing.GROWING:
            return status is Status.GROWING
        case Standing.CHANGED:
            return any(step.does in CHANGES for step in thread.steps)
        case None:
            return True


def _concerns(thread: Thread, said: Mapping[str, Sequence[Evidence]], asked: Asked) -> bool:
    """Whether a matter is one of the named people's: by who owns it, or once did unless what is open is asked for; what
    nobody owns by who speaks of it."""
    owners = [step.item.said.owner.name for step in thread.steps if step.item.said.owner]
    if thread.owner:
        now = [thread.owner.name] if asked.wants.standing is Standing.OPEN else owners
        return any(_is(owner, person) for owner in now for person in asked.named)
    first = thread.steps[0].item
    speakers = {line.speaker for one in said.get(first.id, ()) for line in one.lines if line.speaker}
    told = any(_is(speaker, person) for speaker in speakers for person in asked.named)
    return told or (thread.kind is not ItemKind.COMMITMENT and bool(people_in(first.said.text, asked.named)))


def _is(name: str, person: str) -> bool:
    return bool(people_in(name, [person]) or people_in(person, [name]))


def _place(matter: Matter, wants: Wants) -> tuple[int, bool, date, date]:
    thread = matter.thread
    due = thread.due.day if thread.due else date.max
    return wants.kinds.index(thread.kind), matter.status in OVER, due, thread.steps[0].item.day


def _sentence(matter: Matter, items: Sequence[Item], asked: Asked) -> Sentence | None:
    """The words of a matter with whose it is, by when, and how it stands, as far as its evidence bears that out."""
    shown = matter.shown if matter.shown in items else items[0]
    told = _moves(matter.thread) if asked.wants.standing in (Standing.GROWING, Standing.CHANGED) else [shown]
    evidence = [one for one in matter.evidence if _reachable(one, asked.where)]
    evidence += [one for one in evidence_of(told, matter.said) if one not in evidence]
    language = asked.language
    words = {
        "day": on_day(shown.day, language),
        "kind": KINDS[matter.thread.kind][language],
        "text": " → ".join(in_words(item, matter.said, language, LONGEST) for item in told),
        "notes": standing(matter.thread, matter.status, language),
    }
    people = [*asked.people, *([matter.thread.owner.name] if matter.thread.owner else [])]
    text = _FORM[language].format(**words)
    by_hand = set_by_hand(matter.thread, matter.status, language)
    whole = checked(text, evidence, people, by_hand)
    return whole or checked(_BARE[language].format(**words), evidence, people, by_hand)


def _moves(thread: Thread) -> list[Item]:
    """What was said first, and each change of it."""
    return [step.item for step in thread.steps if step.link is None or step.does in CHANGES]


def _reachable(evidence: Evidence, where: SearchFilter) -> bool:
    """Whether evidence lies in the meetings that were chosen by name; how a matter stands may be said on another day
    than the question speaks of."""
    return not where.meeting_ids or evidence.meeting_id in where.meeting_ids
