"""What a meeting leaves open: questions without an answer, and views that stand against each other."""

from __future__ import annotations

from collections.abc import Sequence

from agents.extract.cues import HEAD, Role, either, strongest, weigh
from agents.extract.sentences import is_question, sentences, words_of
from agents.ledger.domain import ItemDraft, ItemKind
from ingestion.text.language import words
from retrieval.domain import Line

SURE = 0.5
"""Least confidence of a question that is put forward."""

NEAR = 2
"""How many lines after a question it may be left open, and how many after a view another may stand against it."""

_ASKED = 0.3
_BRIEF = 12
_FEWEST = 3
_HALF = 0.75
_PLAIN = 0.4
_OUTRIGHT = 0.85


def find_questions(lines: Sequence[Line]) -> list[ItemDraft]:
    """The questions that a meeting leaves open, in its order; a line belongs to one of them at most.

    A question is open when the lines after it say so (nobody knows, it is put off, somebody else has to be asked), or
    when its own line does. Two people who want different things, and neither gives way in the lines that follow, leave
    a question open too: its lines are both sides.
    """
    found: list[ItemDraft] = []
    at = 0
    while at < len(lines):
        places, sure = max(_asked(lines, at), _told(lines, at), _disagreed(lines, at), key=lambda one: one[1])
        if sure >= SURE:
            said = [lines[place] for place in places]
            indices = tuple(line.index for line in said)
            text = words_of([line.text for line in said])
            found.append(ItemDraft(ItemKind.QUESTION, indices, text, round(sure, 3)))
            at = places[-1]
        at += 1
    return found


_Read = tuple[Sequence[int], float]
_NOT: _Read = ((), 0.0)


def _asked(lines: Sequence[Line], at: int) -> _Read:
    """A question and the line that leaves it open."""
    said = sentences(lines[at].text)
    asked = max((_asks(sentence) for sentence in said if is_question(sentence)), default=0.0)
    if not asked or words(lines[at].text) < _FEWEST:
        return _NOT
    if is_question(said[-1]):
        for place in range(at + 1, min(at + 1 + NEAR, len(lines))):
            left = _leaves(lines[place].text)
            if left:
                return tuple(range(at, place + 1)), either(asked, left) * _weight(asked)
            if _answers(lines[place].text):
                break
        return _NOT
    left = _leaves(lines[at].text)
    return ((at,), either(asked, left) * _weight(asked)) if left else _NOT


def _told(lines: Sequence[Line], at: int) -> _Read:
    """A line that says of a choice that it is open."""
    text = lines[at].text
    left = _leaves(text)
    chosen = weigh(text, Role.CHOICE) or (_PLAIN if strongest(text, Role.UNSETTLED) >= _OUTRIGHT else 0.0)
    if not left or not chosen or weigh(text, Role.PROMISE) >= SURE:
        return _NOT
    return (at,), left * either(chosen, left)


def _disagreed(lines: Sequence[Line], at: int) -> _Read:
    """A view, the line that stands against it, and the one that leaves it there, if there is one."""
    text, speaker = lines[at].text, lines[at].speaker
    view = either(weigh(text, Role.VIEW), weigh(text, Role.PROPOSE))
    if not view or speaker is None:
        return _NOT
    for place in range(at + 1, min(at + 1 + NEAR, len(lines))):
        other = lines[place]
        against = weigh(other.text, Role.REFUSE)
        opposed = against or weigh(other.text, Role.OPPOSE)
        if opposed and other.speaker not in (speaker, None) and not is_question(other.text):
            after = lines[place : place + 1 + NEAR]
            left = next((i for i, line in enumerate(after) if _leaves(line.text)), None)
            if left is not None:
                return tuple(range(at, place + 1 + left)), either(view, opposed) * (1.0 if against else _HALF)
            return tuple(range(at, place + 1)), 0.0 if any(map(_gives_way, after[1:])) else view * either(against, view)
        if _gives_way(other):
            return _NOT
    return _NOT


def _gives_way(line: Line) -> bool:
    """Whether a line agrees with what was said, or settles it."""
    return weigh(line.text[:HEAD], Role.ACCEPT) > 0 or weigh(line.text, Role.SETTLE) >= SURE


def _asks(sentence: str) -> float:
    """How much a sentence that is a question asks what shall be or is so, and not for a deed or for small talk."""
    return either(_ASKED, weigh(sentence, Role.QUERY)) * (1 - weigh(sentence, Role.ERRAND))


def _leaves(text: str) -> float:
    return max((weigh(sentence, Role.UNSETTLED) for sentence in sentences(text)), default=0.0)


def _answers(text: str) -> bool:
    """Whether a line is long enough to answer, and asks nothing itself."""
    return len(text) > _BRIEF and not is_question(text)


def _weight(asked: float) -> float:
    """A question that is hardly one makes what follows no open question, whatever it says."""
    return min(1.0, asked / _ASKED)
