"""The values of reports that are kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from pydantic import TypeAdapter

from ingestion.domain import Side
from ingestion.errors import BadInputError


class ReportKind(StrEnum):
    """What a report is."""

    COMPARISON = "comparison"
    DOSSIER = "dossier"
    REVIEW = "review"


class ReportState(StrEnum):
    """Whether a report still holds."""

    CURRENT = "current"
    STALE = "stale"
    """Built anew today it would be another document, or could not be built."""
    REBUILD = "rebuild"
    """A meeting that it quoted was deleted, and its content with it."""


class ReportChange(StrEnum):
    """Why a report does not hold any more."""

    MEETING_ADDED = "meeting_added"
    MEETING_GONE = "meeting_gone"
    CORRECTED = "corrected"
    """Lines that it quotes read otherwise, or are somebody else's."""
    RENAMED = "renamed"
    ITEMS_CHANGED = "items_changed"
    NOT_BUILT = "not_built"


_WRITTEN = {"earlier": "from", "later": "to"}
"""What is called otherwise outside."""

_OF_KIND = {
    ReportKind.COMPARISON: {"earlier", "later", "week", "month", "speakers", "side"},
    ReportKind.DOSSIER: {"at"},
    ReportKind.REVIEW: {"meeting", "template", "start", "end"},
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for, projects apart. `start` and `end` are seconds of the reviewed meeting."""

    kind: ReportKind
    earlier: str | None = None
    later: str | None = None
    week: str | None = None
    month: str | None = None
    speakers: tuple[str, ...] = ()
    side: Side | None = None
    at: date | None = None
    meeting: str | None = None
    template: str | None = None
    start: float | None = None
    end: float | None = None

    def require_fit(self, projects: int) -> None:
        """Raises BadInputError when something is asked for that this kind does not have, or something is missing.
        `projects` is how many are named."""
        strange = [name for name in self.to_json() if name != "kind" and name not in _OF_KIND[self.kind]]
        if strange:
            raise BadInputError(
                f"a {self.kind.value} has no '{_WRITTEN.get(strange[0], strange[0])}'",
                f"it takes {', '.join(sorted(_WRITTEN.get(name, name) for name in _OF_KIND[self.kind]))}",
            )
        if self.kind is ReportKind.REVIEW and not (self.meeting and self.template):
            raise BadInputError("a review is of a meeting by a template", "name both")
        if self.kind is ReportKind.DOSSIER and projects != 1:
            raise BadInputError(f"a dossier is of one project, not of {projects}", "name one")
        if self.kind is ReportKind.COMPARISON and not projects:
            raise BadInputError("a comparison is of a project, or of several", "name one")

    def to_json(self) -> dict[str, Any]:
        """What was asked for, as it is stored; what was not is left out."""
        return _ASKED.dump_python(self, mode="json", exclude_defaults=True)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Asked:
        """What `to_json` wrote."""
        return _ASKED.validate_python(stored)


_ASKED = TypeAdapter(Asked)


@dataclass(frozen=True, slots=True)
class Built:
    """A report as it was built: its title, its document, the same as Markdown and as a `Paper` in JSON, and the ids of
    the meetings of which anything stands in it."""

    title: str
    document: dict[str, Any]
    text: str
    paper: str
    meetings: frozenset[str]


@dataclass(frozen=True, slots=True)
class Version:
    """One building of a report; its content is not kept when a meeting that it quoted is deleted."""

    number: int
    built_at: datetime
    kept: bool


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of a report: what was asked, the names of its projects as they are now, its versions, newest first,
    the content of the newest, whether that still holds and if not why; `problem` says why it cannot be built."""

    id: str
    name: str | None
    asked: Asked
    projects: tuple[str, ...]
    created_at: datetime
    schedule_id: str | None
    versions: tuple[Version, ...]
    built: Built | None
    state: ReportState
    why: tuple[ReportChange, ...] = ()
    problem: str | None = None

    @property
    def title(self) -> str:
        """The name that it was given, else what it is called as it was built."""
        return self.name or (self.built.title if self.built else "")

    def to_json(self) -> dict[str, Any]:
        """The report without its content."""
        newest = self.versions[0]
        return {
            "id": self.id,
            "kind": self.asked.kind.value,
            "title": self.title,
            "projects": list(self.projects),
            "asked": {_WRITTEN.get(name, name): value for name, value in self.asked.to_json().items()},
            "version": newest.number,
            "built_at": newest.built_at.isoformat(),
            "created_at": self.created_at.isoformat(),
            "versions": [
                {"version": one.number, "built_at": one.built_at.isoformat(), "kept": one.kept} for one in self.versions
            ],
            "meetings": sorted(self.built.meetings) if self.built else [],
            "state": self.state.value,
            "why": [why.value for why in self.why],
            "problem": self.problem,
            "schedule_id": self.schedule_id,
        }
