"""What a meeting is for, in the lines that open it; what it came to, in those that close it; and who is who."""

from __future__ import annotations

import math
from collections.abc import Sequence

from agents.extract.cues import either
from agents.extract.cues_aim import Tells, tells
from agents.extract.sentences import is_question, sentences, words_of
from agents.ledger.domain import ItemDraft, ItemKind, Owner
from ingestion.text.language import words
from retrieval.domain import Line

SURE = 0.5
"""Least confidence of what is put forward."""

MOST_LINES = 60
"""Lines at either end that are read for the aim and the outcome, however long the meeting is."""

MOST_WORDS = 80
"""Words of an aim or an outcome, after which no further sentence is taken in."""

_SHARE = 0.2
_FEWEST_LINES = 6
_BRIEF = 6
_AT_FIRST = 0.15
_SELDOM = 4
_LAST = 3
_ENDS = (".", "。", "!", "！")


def find_aims(lines: Sequence[Line]) -> list[ItemDraft]:
    """The aim of a meeting and its outcome, as far as anybody says one, each in the words that say it.

    The aim is the plainest statement of one in the opening lines, the outcome that in the closing lines; of two as
    plain the first, and the last. A line that only says "that's settled" stands with the one before.
    """
    if len(lines) < _SELDOM:
        return []
    reach = min(MOST_LINES, max(_FEWEST_LINES, math.ceil(len(lines) * _SHARE)))
    half = len(lines) // 2
    opening = range(min(reach, half))
    closing = range(len(lines) - min(reach, half), len(lines))
    aim = max(((_aim(lines, at), -at) for at in opening), default=(0.0, 0))
    end = max(((_outcome(lines, at), at) for at in closing), default=(0.0, 0))
    found = [_stated(ItemKind.AIM, lines, -aim[1], Tells.AIM, aim[0])] if aim[0] >= SURE else []
    return [*found, _closed(lines, end[1], end[0])] if end[0] >= SURE else found


def find_roles(lines: Sequence[Line]) -> list[ItemDraft]:
    """What people say that their part is, in the order of the meeting; of a speaker who is not known nothing."""
    found: list[ItemDraft] = []
    for line in lines:
        for said in sentences(line.text) if line.speaker else []:
            sure = _told(said, Tells.PART)
            if line.speaker and sure >= SURE:
                owner = Owner(line.speaker, (line.index,))
                found.append(ItemDraft(ItemKind.ROLE, (line.index,), words_of([said]), round(sure, 3), owner))
                break
    return found


def _told(sentence: str, what: Tells) -> float:
    if is_question(sentence):
        return 0.0
    return tells(sentence, what) * (1 - tells(sentence, Tells.OTHER))


def _aim(lines: Sequence[Line], at: int) -> float:
    """How surely a line says what the meeting is for; a little surer at the very beginning."""
    told = max((_told(said, Tells.AIM) for said in sentences(lines[at].text)), default=0.0)
    return told and either(told, _AT_FIRST * (1 - at / len(lines)))


def _outcome(lines: Sequence[Line], at: int) -> float:
    """How surely a line says what the meeting came to. That something is settled says so only at the very end: before,
    it is one matter of several."""
    said = sentences(lines[at].text)
    kinds = (Tells.SUM, Tells.SETTLED) if at >= len(lines) - _LAST else (Tells.SUM,)
    return max((_told(one, kind) for one in said for kind in kinds), default=0.0)


def _stated(kind: ItemKind, lines: Sequence[Line], at: int, what: Tells, sure: float) -> ItemDraft:
    """The plainest sentence and those after it, up to `MOST_WORDS`; on in the speaker's next line where it is broken
    off."""
    said = sentences(lines[at].text)
    begin = max(range(len(said)), key=lambda place: (_told(said[place], what), -place))
    places, kept = [at], _up_to(said[begin:])
    follows = at + 1 < len(lines) and lines[at + 1].speaker == lines[at].speaker and lines[at].speaker is not None
    if follows and not kept[-1].endswith(_ENDS) and sum(map(words, kept)) < _BRIEF * 2:
        places.append(at + 1)
        kept = _up_to([*kept, *sentences(lines[at + 1].text)])
    return ItemDraft(kind, tuple(lines[place].index for place in places), words_of(kept), round(sure, 3))


def _closed(lines: Sequence[Line], at: int, sure: float) -> ItemDraft:
    said = sentences(lines[at].text)
    if max((_told(one, Tells.SUM) for one in said), default=0.0) >= SURE:
        return _stated(ItemKind.OUTCOME, lines, at, Tells.SUM, sure)
    places = [at]
    if at and words(lines[at].text) < _BRIEF * 2:
        places.insert(0, at - 1)
    kept = [sentence for place in places for sentence in sentences(lines[place].text)]
    return ItemDraft(ItemKind.OUTCOME, tuple(lines[p].index for p in places), words_of(_up_to(kept)), round(sure, 3))


def _up_to(said: Sequence[str]) -> list[str]:
    """The first sentences, one at least, of `MOST_WORDS` together at most."""
    kept: list[str] = []
    for sentence in said:
        if kept and sum(map(words, kept)) + words(sentence) > MOST_WORDS:
            break
        kept.append(sentence)
    return kept
