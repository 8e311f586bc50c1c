"""Which item of an earlier reading a newly found one is: pure functions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from agents.ledger.domain import ItemDraft, ItemKind
from agents.ledger.edits import Edit, Found, Operation
from agents.ledger.edits_applying import Transcript
from agents.ledger.edits_places import lines_now, moved


def identified(
    old: Sequence[Found], new: Sequence[Found], edits: Iterable[Edit], transcript: Transcript
) -> list[Found]:
    """What was newly found, each with the id of the item that it is a new reading of, else with its own.

    What a person spoke of is known again by its lines, however they are numbered now, also after a reading that missed
    it; what was found before by the same lines or some of them; what a person made, once it is found as well, by the
    very same lines. All only as something of the same kind.
    """
    read, made = _spoken_of(edits, transcript)
    drafts = [one.said for one in new]
    ids: dict[int, str] = {}
    _assign(ids, read, drafts, _likeness)
    _assign(ids, {one.id: one.said for one in old if one.id not in read}, drafts, _likeness)
    _assign(ids, made, drafts, lambda before, now: _likeness(before, now) * (before.lines == now.lines))
    return [Found(ids.get(at, one.id), one.said) for at, one in enumerate(new)]


def _spoken_of(edits: Iterable[Edit], transcript: Transcript) -> tuple[dict[str, ItemDraft], dict[str, ItemDraft]]:
    """The items that were read and those that a person made, by their ids, on the lines where they are now."""
    read: dict[str, ItemDraft] = {}
    made: dict[str, ItemDraft] = {}
    for edit in edits:
        said, where = edit.anchor.said, transcript.places(edit.anchor.words)
        if edit.anchor.derived:
            read[edit.item_id] = moved(said, where)
        elif edit.operation is Operation.ADD:
            made[edit.item_id] = moved(said, where)
        if edit.operation is Operation.SPLIT:
            for part in edit.values["parts"][1:]:
                kind = ItemKind(part["kind"] or said.kind)
                made[part["id"]] = replace(said, kind=kind, lines=lines_now(part["lines"], where))
    return read, made


def _assign(
    ids: dict[int, str],
    known: Mapping[str, ItemDraft],
    drafts: Sequence[ItemDraft],
    likeness: Callable[[ItemDraft, ItemDraft], float],
) -> None:
    """Give the drafts that have none the ids of what is known, the likest first."""
    alike = sorted(
        (-found, at, id)
        for id, said in known.items()
        for at, draft in enumerate(drafts)
        if at not in ids and (found := likeness(said, draft))
    )
    used: set[str] = set()
    for _, at, id in alike:
        if at not in ids and id not in used:
            ids[at] = id
            used.add(id)


def _likeness(before: ItemDraft, now: ItemDraft) -> float:
    """Above 0 where both are of one kind on shared lines; more on the very same, and most with the same text."""
    shared = set(before.lines) & set(now.lines)
    if before.kind is not now.kind or not shared:
        return 0.0
    share = len(shared) / len(set(before.lines) | set(now.lines))
    return share + 2 * (before.lines == now.lines) + (before.text == now.text)
