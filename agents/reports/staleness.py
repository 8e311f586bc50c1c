"""Whether a report still holds: it does when building it anew gives the same document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from agents.reports.domain import Built, ReportChange

Place = tuple[str, int, int]


def changes(before: Built, now: Built) -> tuple[ReportChange, ...]:
    """Why a report that was built before is another one now; empty when it is the same."""
    if before.document == now.document and before.text == now.text:
        return ()
    read, reads = _read(before), _read(now)
    found = [
        (ReportChange.MEETING_ADDED, bool(now.meetings - before.meetings) or reads > read),
        (ReportChange.MEETING_GONE, bool(before.meetings - now.meetings) or reads < read),
        (ReportChange.CORRECTED, _differ(_quotes(before), _quotes(now))),
        (ReportChange.RENAMED, _projects(before) != _projects(now)),
    ]
    return tuple(why for why, so in found if so) or (ReportChange.ITEMS_CHANGED,)


def _differ(before: dict[Place, Any], now: dict[Place, Any]) -> bool:
    """Whether anything that both quote is said otherwise, or by somebody else."""
    return any(before[place] != now[place] for place in before.keys() & now.keys())


def _read(built: Built) -> int:
    """How many meetings it stands on, those counted that wait to be read."""
    return built.document["coverage"]["in_scope"] + built.document["coverage"]["read"]


def _quotes(built: Built) -> dict[Place, Any]:
    """What is quoted, by meeting, first and last line."""
    return {
        (one["meeting_id"], *one["utterances"]): (one["quote"], one["speaker"], one["date"], one["meeting_title"])
        for one in _dicts(built.document)
        if "quote" in one
    }


def _projects(built: Built) -> set[str]:
    return {one["project"] for one in _dicts(built.document) if isinstance(one.get("project"), str)}


def _dicts(document: Any) -> Iterator[dict[str, Any]]:
    if isinstance(document, dict):
        found = cast(dict[str, Any], document)
        yield found
        for value in found.values():
            yield from _dicts(value)
    elif isinstance(document, list):
        for one in cast(list[Any], document):
            yield from _dicts(one)
