"""The rules' items and a model's replies about the same meeting, made one list: `merge_replies`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from agents.extract.cues import either
from agents.extract.drafting import Drafter
from agents.extract.owners import People
from agents.ledger.domain import OUTLINE, ItemDraft, ItemKind
from agents.reading.checking import checked
from agents.reading.domain import Form, Reply
from agents.reading.schema import DoubtReply, Sort, WindowReply
from agents.reading.windows import doubt, window
from retrieval.domain import Line

LEAST = 0.25
"""Least confidence of an item: one that falls below when a model does not find it either is left out."""

_VETO = 0.5
"""What is left of the confidence in an item that a model has read over."""
_AGREES = 0.5
_ALONE = 0.45
"""Confidence of an item on lines that code was in doubt about, where a model takes them for it."""

_SORTS = {
    ItemKind.DECISION: Sort.DECISION,
    ItemKind.COMMITMENT: Sort.PROMISE,
    ItemKind.QUESTION: Sort.QUESTION,
    ItemKind.RISK: Sort.RISK,
}


def merge_replies(
    lines: Sequence[Line], day: date, drafts: Sequence[ItemDraft], replies: Iterable[Reply]
) -> list[ItemDraft]:
    """The drafts with what a model says of the lines of a meeting held on `day`, in their order.

    What both found on shared lines is one item, and surer; the rules' words and lines stay. What only the model found
    is added. What it read over is less sure, and left out where the rules were not sure either. A reply about words
    that are not the meeting's any more is not heeded.
    """
    current = list(_current(lines, day, replies))
    read = [reply for reply in current if reply.form is Form.WINDOW]
    merged = list(drafts)
    if read:
        merged = _with_windows(lines, day, merged, read)
    for reply in current:
        if reply.form is Form.DOUBT:
            merged = _with_doubt(lines, day, merged, reply)
    return sorted(merged, key=lambda draft: draft.lines)


def _current(lines: Sequence[Line], day: date, replies: Iterable[Reply]) -> Iterator[Reply]:
    """The replies that can be read and are about the lines as they are."""
    by_index = {line.index: line for line in lines}
    for reply in replies:
        if reply.text is None or not by_index.keys() >= {*reply.lines, *reply.about}:
            continue
        asked = window([by_index[i] for i in reply.lines], day) if reply.form is Form.WINDOW else None
        if reply.form is Form.DOUBT and reply.kind:
            asked = doubt(lines, reply.about, reply.kind)
        if asked and asked.key == reply.key:
            yield reply


def _with_windows(
    lines: Sequence[Line], day: date, drafts: Sequence[ItemDraft], replies: Sequence[Reply]
) -> list[ItemDraft]:
    people, by_index = People(lines), {line.index: line for line in lines}
    found: list[ItemDraft] = []
    for reply in replies:
        said = [by_index[index] for index in reply.lines]
        for draft in checked(WindowReply.model_validate_json(reply.text or ""), said, people, day):
            _add(found, draft)
    merged: list[ItemDraft] = []
    seen = {index for reply in replies for index in reply.lines}
    for draft in drafts:
        same = next((other for other in found if _is_same(draft, other)), None)
        if same:
            found.remove(same)
            merged.append(_joined(draft, same))
        else:
            merged += _doubted(draft, seen)
    # one that the rules found tells enough of the meeting
    told = {draft.kind for draft in drafts} & OUTLINE
    return [*merged, *(draft for draft in found if draft.kind not in told)]


def _add(found: list[ItemDraft], draft: ItemDraft) -> None:
    """Add what a window gave, or join it with what the window before gave of the same lines."""
    for at, other in enumerate(found):
        if _is_same(draft, other):
            found[at] = _joined(other, draft, agrees=0.0)
            return
    found.append(draft)


def _is_same(one: ItemDraft, other: ItemDraft) -> bool:
    if one.kind is not other.kind or set(one.lines).isdisjoint(other.lines):
        return False
    return one.measure is None or other.measure is None or one.measure.value == other.measure.value


def _joined(one: ItemDraft, other: ItemDraft, agrees: float = _AGREES) -> ItemDraft:
    """One item of two: the first's words, and of the second what the first does not say."""
    return replace(
        one,
        confidence=round(either(one.confidence, agrees), 3),
        owner=one.owner or other.owner,
        due=one.due or other.due,
    )


def _doubted(draft: ItemDraft, seen: set[int]) -> list[ItemDraft]:
    """An item that a model did not find in lines that it has seen; none where nobody is sure of it. What tells of the
    whole meeting is not doubted."""
    if draft.kind in OUTLINE or not seen.issuperset(draft.lines):
        return [draft]
    left = round(draft.confidence * _VETO, 3)
    return [replace(draft, confidence=left)] if left >= LEAST else []


def _with_doubt(lines: Sequence[Line], day: date, drafts: Sequence[ItemDraft], reply: Reply) -> list[ItemDraft]:
    kind, about = reply.kind, set(reply.about)
    if kind is None or kind not in _SORTS:
        return list(drafts)
    agrees = DoubtReply.model_validate_json(reply.text or "").sort is _SORTS[kind]
    on_lines = [draft for draft in drafts if draft.kind is kind and not about.isdisjoint(draft.lines)]
    if agrees and not on_lines:
        said = [line for line in lines if line.index in about]
        return [*drafts, Drafter(People(lines), day).draft(kind, said, _ALONE)]
    merged: list[ItemDraft] = []
    for draft in drafts:
        if not any(draft is one for one in on_lines):
            merged.append(draft)
        elif agrees:
            merged.append(replace(draft, confidence=round(either(draft.confidence, _AGREES), 3)))
        else:
            merged += _doubted(draft, about | set(draft.lines))
    return merged
