"""What people said laid over what was read: pure functions. The same events over the same items give the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from agents.extract.sentences import words_of
from agents.ledger.domain import Due, Field, ItemDraft, ItemKind, Mark, Measure, Owner
from agents.ledger.edits import Anchor, Edit, Found, Operation
from agents.ledger.edits_places import Places, lines_now, moved, places, verbatim


@dataclass(frozen=True, slots=True)
class Transcript:
    """What the lines of a meeting say now. `recut` is whether they may have been cut otherwise before."""

    texts: Sequence[str]
    recut: bool

    def places(self, words: Mapping[int, str]) -> Places:
        """Where lines with these words are now."""
        return places(words, self.texts, recut=self.recut)


@dataclass(frozen=True, slots=True)
class Applied:
    """The items as people have left them, and the ids of the events that found nothing to be laid over."""

    items: tuple[Found, ...]
    lost: frozenset[str]


def said_now(anchor: Anchor, transcript: Transcript) -> ItemDraft:
    """An item as it stood, on the lines where it is now."""
    return moved(anchor.said, transcript.places(anchor.words))


def applied(found: Iterable[Found], edits: Sequence[Edit], transcript: Transcript) -> Applied:
    """What was found with the events laid over it in their order.

    An item that a person spoke of stays while its lines say what they said, whether it is found again or not. An event
    whose item is gone with its lines is lost: it is kept, and counts again once they are back.
    """
    applying = _Applying(found, transcript)
    lost = frozenset(edit.id for edit in edits if not applying.apply(edit))
    return Applied(tuple(Found(id, said) for id, said in applying.items.items()), lost)


class _Applying:
    def __init__(self, found: Iterable[Found], transcript: Transcript) -> None:
        self.items = {one.id: one.said for one in found}
        self._transcript = transcript
        self._removed: set[str] = set()
        self._how: dict[Operation, Callable[[Edit], bool]] = {
            Operation.CHANGE: self._change,
            Operation.STATUS: self._tell_status,
            Operation.ADD: self._add,
            Operation.REMOVE: self._remove,
            Operation.SPLIT: self._split,
            Operation.MERGE: self._present,
            Operation.CONFIRM: self._present,
            Operation.REJECT: lambda _: True,
        }

    def apply(self, edit: Edit) -> bool:
        """Lay an event over the items; returns whether there was something to lay it over."""
        return self._how[edit.operation](edit)

    def _present(self, edit: Edit) -> bool:
        if edit.item_id in self.items:
            return True
        anchor, texts = edit.anchor, self._transcript.texts
        where = self._transcript.places(anchor.words)
        if edit.item_id in self._removed or not anchor.derived:
            return False
        if not verbatim(anchor.said.lines, anchor.words, where, texts):
            return False
        self.items[edit.item_id] = moved(anchor.said, where)
        return True

    def _change(self, edit: Edit) -> bool:
        if not self._present(edit):
            return False
        self.items[edit.item_id] = _changed(self.items[edit.item_id], edit)
        return True

    def _tell_status(self, edit: Edit) -> bool:
        if not self._present(edit):
            return False
        said = self.items[edit.item_id]
        told = replace(
            said,
            kind=ItemKind.UPDATE,
            confidence=1.0,
            owner=None,
            due=None,
            measure=None,
            by_hand=(Mark(Field.STATUS, edit.at),),
            told_on=date.fromisoformat(edit.values["on"]),
        )
        self.items[edit.values["id"]] = told
        return True

    def _add(self, edit: Edit) -> bool:
        where = self._transcript.places(edit.anchor.words)
        lines = lines_now(edit.anchor.said.lines, where)
        if len(lines) < len(edit.anchor.said.lines):
            return False
        read = self.items.get(edit.item_id)
        said = read or ItemDraft(edit.anchor.said.kind, lines, self._text(lines), 1.0)
        self.items[edit.item_id] = _changed(_marked(said, edit, Field.LINES), edit)
        return True

    def _remove(self, edit: Edit) -> bool:
        self.items.pop(edit.item_id, None)
        self._removed.add(edit.item_id)
        return True

    def _split(self, edit: Edit) -> bool:
        if not self._present(edit):
            return False
        where = self._transcript.places(edit.anchor.words)
        parts = [(part, lines_now(part["lines"], where)) for part in edit.values["parts"]]
        if not all(lines for _, lines in parts):
            return False
        whole = self.items[edit.item_id]
        for number, (part, lines) in enumerate(parts):
            if number and part["id"] in self.items:
                continue
            said = _marked(_on(whole, lines, rest=not number), edit, Field.LINES)
            said = replace(said, text=self._text(lines), kind=ItemKind(part["kind"] or whole.kind))
            if part["text"]:
                said = _marked(replace(said, text=part["text"]), edit, Field.TEXT)
            self.items[part["id"]] = said
        return True

    def _text(self, lines: Iterable[int]) -> str:
        return words_of([self._transcript.texts[line] for line in lines])


def _changed(said: ItemDraft, edit: Edit) -> ItemDraft:
    after, first = edit.after, said.lines[0]
    if "kind" in after:
        said = replace(said, kind=ItemKind(after["kind"]))
    if "text" in after:
        said = replace(said, text=after["text"])
    if "owner" in after:
        said = replace(said, owner=Owner(after["owner"], ()) if after["owner"] else None)
    if "due" in after:
        day = after["due"]
        said = replace(said, due=Due(date.fromisoformat(day), day, first) if day else None)
    if {"name", "value", "unit"} & set(after):
        said = replace(said, measure=_measured(said.measure, edit, first))
    return _marked(said, edit, *map(Field, after))


def _measured(measure: Measure | None, edit: Edit, line: int) -> Measure | None:
    """The measure with what was set of it; null while its name or value is not known."""
    after = edit.after
    name = after.get("name", measure.name if measure else None)
    value = Decimal(after["value"]) if "value" in after else measure.value if measure else None
    unit = after.get("unit", measure.unit if measure else "") or ""
    if not name or value is None:
        return measure
    told = {"value", "unit"} & set(after)
    said = f"{value:f} {unit}".strip() if told or not measure else measure.said
    return Measure(name, value, unit, said, measure.line if measure else line)


def _on(whole: ItemDraft, lines: tuple[int, ...], *, rest: bool) -> ItemDraft:
    """The part of an item on some of its lines, with the owner, date and number that those say; what other lines say
    goes to the one that takes the `rest`."""

    def mine(stated: Iterable[int]) -> bool:
        own = set(stated)
        return bool(own & set(lines)) or (rest and not own & set(whole.lines))

    owner, due, measure = whole.owner, whole.due, whole.measure
    return replace(
        whole,
        lines=lines,
        owner=owner if owner and mine(owner.lines) else None,
        due=due if due and mine([due.line]) else None,
        measure=measure if measure and mine([measure.line]) else None,
    )


def _marked(said: ItemDraft, edit: Edit, *fields: Field) -> ItemDraft:
    kept = [mark for mark in said.by_hand if mark.field not in fields]
    return replace(said, by_hand=(*kept, *(Mark(field, edit.at) for field in fields)))
