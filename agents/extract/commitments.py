"""What somebody undertakes, is asked and agrees to do, or moves to another date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from agents.extract.cues import HEAD, Role, either, weigh
from agents.extract.cues_en import NAMED_EN
from agents.extract.cues_zh import NAMED_ZH
from agents.extract.dues import find_due
from agents.extract.exchange import answers_line_before, asks_before
from agents.extract.owners import People, called, own, third
from agents.extract.parts import promised_parts
from agents.extract.place import LONG, is_closing
from agents.extract.sentences import is_question, sentences, words_of
from agents.ledger.domain import Due, ItemDraft, ItemKind, Owner
from retrieval.domain import Line

SURE = 0.5
"""Least confidence of a commitment that is put forward."""

_IN_CLOSING = 0.3
_ON_THE_WAY = 0.6
_DATED = 0.35
_NAMED = 0.5
_WHEN = 0.5
_ASSENT = 0.4
_FIRST_PERSON = re.compile(r"我(?!们)|\bI\b")


@dataclass(frozen=True, slots=True)
class _Said:
    """A commitment as one line says it; `asks` when somebody else has to agree to it, `told` when it is another's."""

    sure: float
    owner: Owner | None
    due: Due | None
    asks: bool
    told: bool = False


def find_commitments(lines: Sequence[Line], day: date) -> list[ItemDraft]:
    """The commitments of a meeting held on `day`, in its order. A request and the promise that answers it are one."""
    return _Finder(lines, day).find()


class _Finder:
    def __init__(self, lines: Sequence[Line], day: date) -> None:
        self._lines = lines
        self._day = day
        self._people = People(lines)
        templates = [template.replace("{name}", self._people.pattern) for template in (*NAMED_ZH, *NAMED_EN)]
        self._assigned = re.compile("|".join(templates))

    def find(self) -> list[ItemDraft]:
        found: list[ItemDraft] = []
        at = 0
        while at < len(self._lines):
            promise, request = self._promise(at), self._request(at)
            if promise and promise.told and request:
                promise = None
            answer = self._promise(at + 1) if request and at + 1 < len(self._lines) else None
            if request and answer and self._other_speaker(at):
                due = answer.due or request.due
                found.append(
                    self._draft((at, at + 1), replace(answer, due=due, sure=either(answer.sure, request.sure)))
                )
                at += 1
            elif promise and promise.sure >= SURE and (parts := self._parts(at)):
                found += [self._part(at, promise, text, due) for text, due in parts]
            elif promise and promise.sure >= SURE:
                places = (at, at + 1) if promise.asks and self._agreed(at) else (at,)
                found.append(self._draft((*self._subject(at, found), *places), promise))
            elif request and request.sure >= SURE and (request.owner or self._agreed(at) or not request.asks):
                found.append(self._draft((at, at + 1) if self._agreed(at) else (at,), request))
                at += self._agreed(at)
            at += 1
        return found

    def _subject(self, at: int, found: Sequence[ItemDraft]) -> tuple[int, ...]:
        """The line before, where that says what this one promises and no commitment has it yet."""
        if not at or not answers_line_before(self._lines, at):
            return ()
        taken = found and self._lines[at - 1].index in found[-1].lines
        return () if taken else (at - 1,)

    def _promise(self, at: int) -> _Said | None:
        line = self._lines[at]
        said = sentences(line.text)
        best: _Said | None = None
        asked = asks_before(self._lines, at) and weigh(self._lines[at - 1].text[-HEAD:], Role.WHEN) > 0
        for i, sentence in enumerate(said):
            promise, redate, told = (weigh(sentence, role) for role in (Role.PROMISE, Role.REDATE, Role.TOLD))
            due = find_due([sentence, *said[i + 1 : i + 2]], line.index, self._day)
            answered = _WHEN if due and asked else 0.0
            if not (promise or redate or answered or (told and due)):
                continue
            told *= due is not None
            if redate and not max(promise, told, answered) and not (due and _FIRST_PERSON.search(line.text)):
                continue
            sure = either(max(promise, redate, told, answered), _DATED if due else 0.0)
            agreed = is_question(sentence) and redate > 0 and self._agreed(at)
            if not agreed:
                sure *= 1 - weigh(_promising(sentence, promise), Role.OPEN)
            sure *= 1 - weigh(sentence, Role.IDLE)
            if not due:
                sure = self._in_place(at, sure * (1 - weigh(sentence, Role.REPORT)))
            if best is None or sure > best.sure:
                others = told > max(promise, redate)
                best = _Said(sure, third(sentence, line, self._people) if others else own(line), due, agreed, others)
        return best

    def _request(self, at: int) -> _Said | None:
        line = self._lines[at]
        said = sentences(line.text)
        for i, sentence in enumerate(said):
            named = self._people.calls(sentence) and self._assigned.search(sentence) is not None
            weight = max(weigh(sentence, Role.ASK), _NAMED if named else 0.0)
            if not weight:
                continue
            agreed = self._agreed(at)
            due = find_due([sentence, *said[i + 1 : i + 2]], line.index, self._day)
            sure = either(weight, _DATED if due else 0.0, _ASSENT if agreed else 0.0)
            if is_question(sentence) and not agreed:
                sure *= 1 - weigh(sentence, Role.OPEN)
            owner = called(line, self._lines[at + 1] if agreed else None, self._people, sentence)
            return _Said(self._in_place(at, sure), owner, due, not named)
        return None

    def _in_place(self, at: int, sure: float) -> float:
        """A long meeting gives out its work when it closes; on the way "I'll" mostly says what comes next in it."""
        if len(self._lines) < LONG:
            return sure
        return either(sure, _IN_CLOSING) if is_closing(at, len(self._lines)) else sure * _ON_THE_WAY

    def _other_speaker(self, at: int) -> bool:
        return self._lines[at + 1].speaker != self._lines[at].speaker

    def _agreed(self, at: int) -> bool:
        if at + 1 >= len(self._lines) or not self._other_speaker(at):
            return False
        return weigh(self._lines[at + 1].text[:HEAD], Role.ACCEPT) > 0

    def _parts(self, at: int) -> list[tuple[str, Due]]:
        line = self._lines[at]
        return promised_parts(line.text, line.index, self._day)

    def _part(self, at: int, promise: _Said, text: str, due: Due) -> ItemDraft:
        said = self._draft((at,), replace(promise, due=due))
        return replace(said, text=words_of([text]))

    def _draft(self, places: Sequence[int], said: _Said) -> ItemDraft:
        lines = [self._lines[place] for place in places]
        return ItemDraft(
            ItemKind.COMMITMENT,
            tuple(line.index for line in lines),
            words_of([line.text for line in lines]),
            round(said.sure, 3),
            owner=said.owner,
            due=said.due,
        )


def _promising(sentence: str, promise: float) -> str:
    """The sentence without a last clause that asks somebody something, where the promise stands before it."""
    head = sentence[: max(sentence.rfind(mark) for mark in ",，")] if is_question(sentence) else ""
    return head if head and weigh(head, Role.PROMISE) >= promise > 0 else sentence
