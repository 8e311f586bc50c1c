"""Lines found again, after a transcript was corrected or cut anew: pure functions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from agents.ledger.domain import ItemDraft

LEAST_ALIKE = 0.6
"""Least likeness of two texts, 0..1 as `difflib` counts it, for one to be the other corrected."""

_LEAST = 4
"""Letters of a piece of a line that was cut in two, or of a whole line within a longer one."""

Places = Mapping[int, tuple[int, ...]]
"""For each line as it was the lines that it is now; none where it is gone."""


def places(words: Mapping[int, str], texts: Sequence[str], *, recut: bool) -> Places:
    """Where lines are now of which the number and the words are known. An imported transcript keeps its lines (`recut`
    false), so they are found by number, whatever they say now; those of a recording are found by their words."""
    if not recut:
        return {line: (line,) if line < len(texts) else () for line in words}
    keys = [_key(text) for text in texts]
    return {line: _place(line, _key(said), keys) for line, said in words.items()}


def verbatim(lines: Sequence[int], words: Mapping[int, str], where: Places, texts: Sequence[str]) -> bool:
    """Whether every one of the lines still says what it said, punctuation aside."""
    return bool(lines) and all(
        bool(where.get(line)) and "".join(_key(texts[now]) for now in where[line]) == _key(words[line])
        for line in lines
    )


def moved(said: ItemDraft, where: Places) -> ItemDraft:
    """An item on the lines where it is now. Owner, date and number go where the lines that said them are gone."""
    owner, due, measure = said.owner, said.due, said.measure
    owner_lines = lines_now(owner.lines, where) if owner else ()
    due_line = where.get(due.line) if due else None
    measure_line = where.get(measure.line) if measure else None
    return replace(
        said,
        lines=lines_now(said.lines, where),
        owner=replace(owner, lines=owner_lines) if owner and owner_lines else None,
        due=replace(due, line=due_line[0]) if due and due_line else None,
        measure=replace(measure, line=measure_line[0]) if measure and measure_line else None,
    )


def lines_now(lines: Sequence[int], where: Places) -> tuple[int, ...]:
    """What the lines are now, in order, each once."""
    return tuple(sorted({now for line in lines for now in where.get(line, ())}))


def _place(line: int, said: str, keys: Sequence[str]) -> tuple[int, ...]:
    def nearest(found: Sequence[int]) -> tuple[int, ...]:
        return (min(found, key=lambda at: (abs(at - line), at)),) if found else ()

    if not said:
        return ()
    if same := nearest([at for at, key in enumerate(keys) if key == said]):
        return same
    if len(said) >= _LEAST and (within := nearest([at for at, key in enumerate(keys) if said in key])):
        return within
    return _pieces(line, said, keys) or _likest(line, said, keys)


def _pieces(line: int, said: str, keys: Sequence[str]) -> tuple[int, ...]:
    """The lines that it was cut into: neighbours that together say at least half of it."""
    runs: list[list[int]] = []
    for at, key in enumerate(keys):
        if len(key) >= _LEAST and key in said:
            if runs and runs[-1][-1] == at - 1:
                runs[-1].append(at)
            else:
                runs.append([at])
    whole = [run for run in runs if 2 * sum(len(keys[at]) for at in run) >= len(said)]
    return tuple(min(whole, key=lambda run: abs(run[0] - line))) if whole else ()


def _likest(line: int, said: str, keys: Sequence[str]) -> tuple[int, ...]:
    matcher = SequenceMatcher(b=said, autojunk=False)
    best: tuple[float, int, int] | None = None
    for at, key in enumerate(keys):
        matcher.set_seq1(key)
        if matcher.real_quick_ratio() < LEAST_ALIKE or matcher.quick_ratio() < LEAST_ALIKE:
            continue
        found = (matcher.ratio(), -abs(at - line), -at)
        best = max(best, found) if best else found
    return (-best[2],) if best and best[0] >= LEAST_ALIKE else ()


def _key(text: str) -> str:
    """The letters and digits of a text alone."""
    return "".join(character for character in text.casefold() if character.isalnum())
