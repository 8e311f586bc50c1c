"""What may go wrong: dangers that somebody names, and troubles that last."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agents.extract.cues import Role, either, weigh
from agents.extract.sentences import sentences, words_of
from agents.ledger.domain import ItemDraft, ItemKind
from retrieval.domain import Line

SURE = 0.5
"""Least confidence of a risk that is put forward."""

_ANOTHER = re.compile(
    r"^\W*(?:另外|还有|再说|第二|对了|其次|(?:and |oh,? )*(?:another|also|second|one more|the other|besides)\b)",
    re.IGNORECASE,
)
_NEXT = 0.25
_MORE = 0.4


def find_risks(lines: Sequence[Line]) -> list[ItemDraft]:
    """The risks of a meeting, in its order. What another speaker adds in the very next line belongs to the same risk,
    unless it begins as another."""
    found: list[ItemDraft] = []
    places: list[int] = []
    sures: list[float] = []
    for at, line in enumerate(lines):
        follows = bool(places) and places[-1] == at - 1
        anew = _ANOTHER.match(line.text) is not None
        sure = _danger(line.text)
        if sure and follows and anew:
            sure = either(sure, _NEXT)
        if places and follows and not anew and sure >= _MORE and line.speaker != lines[at - 1].speaker:
            places.append(at)
            sures.append(sure)
        elif sure >= SURE:
            found += _draft(lines, places, sures)
            places, sures = [at], [sure]
    return [*found, *_draft(lines, places, sures)]


def _danger(text: str) -> float:
    """How much a line tells of something that may go wrong, 0..1."""
    told = 0.0
    calm = 0.0
    for sentence in sentences(text):
        threat = either(weigh(sentence, Role.THREAT), weigh(sentence, Role.TROUBLE))
        calm = max(calm, weigh(sentence, Role.CALM))
        told = either(told, threat)
    return told * (1 - calm)


def _draft(lines: Sequence[Line], places: Sequence[int], sures: Sequence[float]) -> list[ItemDraft]:
    if not places:
        return []
    said = [lines[place] for place in places]
    indices = tuple(line.index for line in said)
    return [ItemDraft(ItemKind.RISK, indices, words_of([line.text for line in said]), round(max(sures), 3))]
