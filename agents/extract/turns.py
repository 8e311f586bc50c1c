"""Lines that a recogniser cut from one turn, read as one: people say what they promise and by when in two breaths."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from agents.extract.sentences import words_of
from agents.ledger.domain import OUTLINE, ItemDraft
from agents.qa.language import has_han
from ingestion.text.language import words
from retrieval.domain import Line

PAUSE_SECONDS = 1.5
"""A speaker who is silent for longer has come to something else."""

LONGEST_WORDS = 40
"""Words of a turn; what is longer is more than one matter."""


@dataclass(frozen=True, slots=True)
class Turn:
    """Consecutive lines of one speaker."""

    lines: tuple[Line, ...]

    @property
    def whole(self) -> Line:
        """The lines as one, with the index of the first."""
        first, last = self.lines[0], self.lines[-1]
        return replace(first, end=last.end, text=_text(self.lines))


def turns(lines: Iterable[Line]) -> list[Turn]:
    """The turns of a recording, in order. A line whose speaker or time is not known is a turn of its own."""
    found: list[list[Line]] = []
    for line in lines:
        if found and _goes_on(found[-1], line):
            found[-1].append(line)
        else:
            found.append([line])
    return [Turn(tuple(one)) for one in found]


def on_their_lines(drafts: Iterable[ItemDraft], turns: Sequence[Turn]) -> list[ItemDraft]:
    """The drafts that were found in whole turns, on the lines that the turns are made of: an owner, a date and a number
    on the line that says them."""
    by_index = {turn.lines[0].index: turn.lines for turn in turns}

    def saying(index: int, said: str) -> int:
        return next((line.index for line in by_index[index] if said in line.text), index)

    found: list[ItemDraft] = []
    for draft in drafts:
        lines = [line for index in draft.lines for line in by_index[index]]
        due, measure, owner = draft.due, draft.measure, draft.owner
        found.append(
            replace(
                draft,
                lines=tuple(line.index for line in lines),
                text=_words_of(draft, lines),
                owner=replace(owner, lines=tuple(line.index for i in owner.lines for line in by_index[i]))
                if owner
                else None,
                due=replace(due, line=saying(due.line, due.said)) if due else None,
                measure=replace(measure, line=saying(measure.line, measure.said)) if measure else None,
            )
        )
    return found


def _words_of(draft: ItemDraft, lines: Sequence[Line]) -> str:
    """What the lines say; what tells of a meeting keeps its words, which are a part of them."""
    if draft.kind in OUTLINE or len(lines) == len(draft.lines):
        return draft.text
    return words_of([line.text for line in lines])


def _goes_on(turn: Sequence[Line], line: Line) -> bool:
    last = turn[-1]
    if line.speaker is None or line.speaker != last.speaker or line.start is None or last.end is None:
        return False
    brief = words(_text([*turn, line])) <= LONGEST_WORDS
    return brief and line.start - last.end <= PAUSE_SECONDS


def _text(lines: Sequence[Line]) -> str:
    texts = [line.text.strip() for line in lines]
    return ("" if has_han(texts[0]) else " ").join(texts)
