"""What may be said of items. Every refusal is one clear line with what to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from agents.ledger.domain import MATTERS, ItemDraft, ItemKind
from agents.ledger.edits import STATUS_LINKS, Change, Part
from agents.ledger.threads import Thread
from ingestion.corrections.domain import checked_name, checked_text
from ingestion.errors import BadInputError, ConflictError, NotFoundError

FIRST_DAY, LAST_DAY = date(1970, 1, 1), date(2200, 1, 1)
_LONGEST_VALUE = 40


def checked_change(change: Change) -> Change:
    """The change as it is recorded. Raises BadInputError."""
    if not change.given:
        raise BadInputError(
            "nothing is to be changed", "name a field: text, owner, due, name, value, unit, kind or status"
        )
    if change.on is not None and change.status is None:
        raise BadInputError("a day goes with a status", "say how it stands since then, or leave `on` out")
    for name in ("text", "name", "value", "kind", "status"):
        if name in change.given and getattr(change, name) is None:
            raise BadInputError(f"the {name} cannot be empty", f"give one, or leave `{name}` out")
    if change.owner is not None and not change.owner.strip():
        raise BadInputError(
            "the owner has no name", "give one, or say that nobody is known to own it: null, --no-owner"
        )
    if change.kind is ItemKind.UPDATE:
        raise BadInputError("an update is only found by reading", f"choose one of {', '.join(MATTERS)}")
    if change.due is not None and not FIRST_DAY <= change.due < LAST_DAY:
        raise BadInputError(f"{change.due} is no day by which something is due", "write it like 2026-03-31")
    value = change.value
    if value is not None and (not value.is_finite() or len(f"{value:f}") > _LONGEST_VALUE):
        raise BadInputError(f"'{value}' is no value of a measure", "write a plain number: 2.4")
    return replace(
        change,
        text=None if change.text is None else checked_text(change.text),
        owner=None if change.owner is None else checked_name(change.owner, "the owner"),
        name=None if change.name is None else checked_name(change.name, "the name of the measure"),
        unit=change.unit and checked_name(change.unit, "the unit"),
    )


def require_measured(fields: Mapping[str, str | None], given: frozenset[str]) -> None:
    """Raises BadInputError where an item with these fields would be a measure without name or value, or none with
    them."""
    if fields["kind"] == ItemKind.METRIC:
        if not fields["name"] or fields["value"] is None:
            raise BadInputError("a measure has a name and a value", "give both: `name` and `value`")
    elif wrong := sorted({"name", "value", "unit"} & given):
        raise BadInputError(f"a {fields['kind']} has no {wrong[0]}", "only a measure has: its kind is `metric`")


def checked_lines(lines: Sequence[int], count: int, meeting_id: str) -> tuple[int, ...]:
    """The lines in order, each once. Raises BadInputError for none, NotFoundError for one that the meeting has not."""
    if not lines:
        raise BadInputError("no line is named", "name the lines that say it")
    for line in lines:
        if not 0 <= line < count:
            raise NotFoundError(
                f"the meeting '{meeting_id}' has no line {line}",
                f"its lines are 0 to {count - 1}; `huimai meetings show {meeting_id} --json` numbers them"
                if count
                else "nothing is said in it",
            )
    return tuple(sorted(set(lines)))


def checked_parts(parts: Sequence[Part], said: ItemDraft) -> list[Part]:
    """The parts of an item, with their lines in order. Raises BadInputError."""
    if said.told_on is not None or len(parts) < 2:
        raise BadInputError("an item is split into two parts at least", "give the lines of each part")
    stated = ", ".join(map(str, said.lines))
    for part in parts:
        if not part.lines or not set(part.lines) <= set(said.lines):
            raise BadInputError(
                f"a part stands on {', '.join(map(str, part.lines)) or 'no line'}, the item on {stated}",
                "each part takes some of the item's lines",
            )
        if part.kind is ItemKind.UPDATE:
            raise BadInputError("an update is only found by reading", f"choose one of {', '.join(MATTERS)}")
        if part.kind is ItemKind.METRIC and said.kind is not ItemKind.METRIC:
            raise BadInputError("a part that is a measure has no value", "give it another kind, or add the measure")
    checked = [
        replace(part, lines=tuple(sorted(set(part.lines))), text=None if part.text is None else checked_text(part.text))
        for part in parts
    ]
    if len({(part.lines, part.text) for part in checked}) < len(checked):
        raise BadInputError("two parts say the same", "give each other lines, or a text of its own")
    return checked


def checked_status(thread: Thread, status: str, on: date | None) -> date:
    """The day since which a matter stands so. Raises BadInputError where a matter of its kind cannot, or could not."""
    known = STATUS_LINKS.get(thread.kind, {})
    if status not in known:
        hint = f"choose one of {', '.join(known)}" if known else "`huimai items remove` takes out what is none"
        raise BadInputError(f"nobody can say that a {thread.kind.value} is '{status[:40]}'", hint)
    day, began = on or date.today(), thread.steps[0].item.day
    if on is not None and on < began:
        raise BadInputError(f"it was first spoken of on {began}, after {on}", "give a day since then")
    if on is not None and on > max(date.today(), began):
        raise BadInputError(f"{on} is to come", "say how it stands since a day that has been, or leave the day out")
    return max(day, began)


def require_two_matters(one: Thread, other: Thread, projects: tuple[str, str]) -> None:
    """Raises BadInputError for matters of two projects, ConflictError for what is one already."""
    if one.id == other.id:
        raise ConflictError("both are one matter already", "`huimai items show` lists its steps")
    if projects[0] != projects[1]:
        raise BadInputError(
            "the two are of different projects", "move a meeting first: `huimai correct ID --project NAME`"
        )
    if {one.kind, other.kind} - set(MATTERS):
        raise BadInputError(
            f"what is told of a meeting is no matter: {other.kind.value}", f"merge {', '.join(MATTERS)}"
        )
