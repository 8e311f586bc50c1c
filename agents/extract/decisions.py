"""What a meeting settles: a course that is taken, or put forward and agreed to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from agents.extract.cues import HEAD, Role, either, weigh
from agents.extract.exchange import asks_before, echoes
from agents.extract.place import LONG, is_late
from agents.extract.sentences import is_question, sentences, words_of
from agents.ledger.domain import ItemDraft, ItemKind
from retrieval.domain import Line

SURE = 0.5
"""Least confidence of a decision that is put forward."""

NEAR = 2
"""How many lines after a proposal its acceptance may stand."""

AROUND = 5
"""In a long meeting, how many lines around a decision speak of the same one."""

_EARLY = 0.7
_ALONE = 0.9
_AGREED = 0.62
_PUT = 0.3
_ECHO = 0.5
_UNDERTAKES = 0.4
_BRIEF = 32


@dataclass(frozen=True, slots=True)
class _Read:
    """How much a line settles, proposes and accepts, each 0..1, and whether agreement is all that it says."""

    settles: float
    proposes: float
    accepts: float
    brief: bool


def find_decisions(lines: Sequence[Line], promised: frozenset[int] = frozenset()) -> list[ItemDraft]:
    """The decisions of a meeting in its order, each with its statement and the lines that accept it.

    What somebody undertakes in a line whose index is among `promised`, or in the next, settles nothing.
    """
    read = [_read(line.text, _near(lines, at, promised)) for at, line in enumerate(lines)]
    found: list[ItemDraft] = []
    long = len(lines) >= LONG
    at, last = 0, -1
    while at < len(lines):
        answers = _answers(lines, read, at)
        sure = _sure(read, at, answers) * (_discount(at, len(lines), bool(answers)) if long else 1)
        if sure >= SURE:
            before = [at - 1] if at and at - 1 > last and asks_before(lines, at) else []
            places = [*before, at, *(i for i in answers if read[i].brief or read[i].settles or read[i].proposes)]
            said = [lines[i] for i in places]
            indices = tuple(line.index for line in said)
            found.append(ItemDraft(ItemKind.DECISION, indices, words_of([line.text for line in said]), round(sure, 3)))
            at = last = places[-1]
        at += 1
    return _surest(found) if long else found


def _surest(found: Sequence[ItemDraft]) -> list[ItemDraft]:
    """Of decisions that begin within `AROUND` lines of one another the surest: long talk says a thing many times."""
    kept: list[ItemDraft] = []
    for draft in found:
        if not kept or draft.lines[0] - kept[-1].lines[0] > AROUND:
            kept.append(draft)
        elif draft.confidence > kept[-1].confidence:
            kept[-1] = draft
    return kept


def _answers(lines: Sequence[Line], read: Sequence[_Read], at: int) -> list[int]:
    answers: list[int] = []
    for i in range(at + 1, min(at + 1 + NEAR, len(lines))):
        other = lines[i].speaker != lines[at].speaker
        if other and (read[i].accepts or echoes(lines[at].text, lines[i].text)):
            answers.append(i)
        elif not read[i].brief:
            break
    return answers


def _sure(read: Sequence[_Read], at: int, answers: Sequence[int]) -> float:
    put = max(read[at].settles, read[at].proposes)
    assent = max((max(read[i].accepts, _ECHO) for i in answers), default=0.0)
    agreed = either(put, assent)
    if read[at].settles >= SURE:
        return agreed
    settled = max((read[i].settles for i in answers), default=0.0)
    return agreed if put >= _PUT and (settled >= SURE or (assent and agreed >= _AGREED)) else 0.0


def _discount(at: int, count: int, answered: bool) -> float:
    """How much less is settled by a line of long talk: in its first half, and where nobody answers to it."""
    return (1.0 if is_late(at, count) else _EARLY) * (1.0 if answered else _ALONE)


def _near(lines: Sequence[Line], at: int, promised: frozenset[int]) -> bool:
    return any(lines[place].index in promised for place in range(max(at - 1, 0), at + 1))


def _read(text: str, promised: bool) -> _Read:
    settles = proposes = 0.0
    minded = 1 - weigh(text, Role.REFUSE)
    for sentence in sentences(text):
        if promised and max(weigh(sentence, role) for role in (Role.PROMISE, Role.REDATE)) >= _UNDERTAKES:
            continue
        holds = (1 - weigh(sentence, Role.OPEN)) * (1 - weigh(sentence, Role.OTHERS))
        told = max(weigh(sentence, Role.REPORT), min(weigh(sentence, Role.QUANTITY), weigh(sentence, Role.MOVED)))
        settles = max(settles, weigh(sentence, Role.SETTLE) * holds * (1 - told) * minded)
        proposes = max(proposes, weigh(sentence, Role.PROPOSE) * (1 if is_question(sentence) else holds * minded))
    head = text[:HEAD]
    return _Read(
        settles,
        proposes,
        weigh(head, Role.ACCEPT) * (1 - weigh(head, Role.OPEN)),
        len(text) <= _BRIEF,
    )
