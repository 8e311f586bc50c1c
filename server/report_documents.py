"""The JSON documents of reports: comparisons, reports that are kept, and those that are made every week.

`agents` writes comparisons and what is known of a report itself (`to_json`); the models describe them for OpenAPI.
"""

from __future__ import annotations

import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from agents.reports.domain import Asked, ReportChange, ReportKind, ReportState
from ingestion.domain import Side
from server.answer_documents import EVIDENCE, CoverageDocument, EvidenceDocument
from server.documents import example
from server.language import Told
from server.ledger_documents import CLAIM, COVERAGE, ITEM, ItemDocument, LinkDocument, StandingClaim

ShortText = Annotated[str, Field(min_length=1, max_length=200)]

_MEETING = {"id": "3f9c1a2b7d40", "title": "Release weekly", "date": "2026-03-04"}
_ROW: dict[str, Any] = {
    "project": "Atlas",
    "item": ITEM,
    "link": None,
    "before": None,
    "after": "I'll have the release ready by April 17.",
    "evidence_before": [],
    "evidence_after": [EVIDENCE],
}
COMPARISON: dict[str, Any] = {
    "project": "Atlas",
    "projects": [
        {
            "project": "Atlas",
            "from": {"first": "2026-02-23", "last": "2026-03-01", "meetings": []},
            "to": {"first": "2026-03-02", "last": "2026-03-08", "meetings": [_MEETING]},
            "coverage": COVERAGE,
        }
    ],
    "from": {"first": "2026-02-23", "last": "2026-03-01", "meetings": []},
    "to": {"first": "2026-03-02", "last": "2026-03-08", "meetings": [_MEETING]},
    "new": [_ROW],
    "changed": [],
    "closed": [],
    "carried": [],
    "dropped": [],
    "conflicts": [],
    "metrics": [
        {"project": "Atlas", "name": "p95", "unit": "ms", "before": "410", "after": "340", "evidence": [EVIDENCE]}
    ],
    "summary": [{"project": "Atlas", **CLAIM}],
    "left_out": 0,
    "heard": None,
    "notes": ["Atlas: no meeting was read of 2026-02-23..2026-03-01"],
    "coverage": COVERAGE,
}
REPORT: dict[str, Any] = {
    "id": "0f1e2d3c4b5a",
    "kind": "comparison",
    "title": "Atlas: 2026-03-02..2026-03-08 → 2026-03-09..2026-03-15",
    "projects": ["Atlas"],
    "asked": {"kind": "comparison", "week": "2026-W11"},
    "version": 1,
    "built_at": "2026-03-16T01:00:02Z",
    "created_at": "2026-03-16T01:00:02Z",
    "versions": [{"version": 1, "built_at": "2026-03-16T01:00:02Z", "kept": True}],
    "meetings": ["3f9c1a2b7d40"],
    "state": "stale",
    "why": ["corrected"],
    "problem": None,
    "schedule_id": None,
}
SCHEDULE: dict[str, Any] = {
    "id": "a1b2c3d4e5f6",
    "projects": ["Atlas"],
    "weekday": "mon",
    "time": "09:00",
    "timezone": "Asia/Shanghai",
    "next": "2026-03-23T01:00:00Z",
    "done": "2026-03-16",
    "error": None,
    "hint": None,
}


class ReadMeetingDocument(BaseModel):
    """A meeting of a period."""

    id: str
    title: str
    date: datetime.date


class PeriodDocument(BaseModel):
    """Days, both included, and the meetings read of them."""

    first: datetime.date
    last: datetime.date
    meetings: list[ReadMeetingDocument]


class RowDocument(BaseModel):
    """A matter in both periods: what held, what the later one says, and the evidence of both. Two that
    conflict have no `item`, but the `link` that says so, which is null for a matter."""

    project: str
    item: ItemDocument | None
    link: LinkDocument | None
    before: str | None
    after: str | None
    evidence_before: list[EvidenceDocument]
    evidence_after: list[EvidenceDocument]


class MetricDocument(BaseModel):
    """A measure, with its value in each period where one was said."""

    project: str
    name: str
    unit: str
    before: str | None
    after: str | None
    evidence: list[EvidenceDocument]


class ComparedDocument(BaseModel):
    """One of the projects that are compared, with its periods."""

    project: str
    from_: PeriodDocument = Field(alias="from")
    to: PeriodDocument
    coverage: CoverageDocument


class SummaryDocument(StandingClaim):
    """A sentence of the summary."""

    project: str


class HeardDocument(BaseModel):
    """The people whose words alone count: how many lines of how many meetings are theirs, and, where a side is asked
    for, of how many others who speak there it is not known on which one they are."""

    side: Side | None
    people: list[str]
    lines: int
    meetings: int
    unsided: int


class ComparisonDocument(BaseModel):
    """What changed from one period to the next. `project` is null where there are several; `notes` say what a reader
    has to know of how it was made, `left_out` how many sentences of a summary their evidence does not say."""

    model_config = example(COMPARISON)

    project: str | None
    projects: list[ComparedDocument]
    from_: PeriodDocument = Field(alias="from")
    to: PeriodDocument
    new: list[RowDocument]
    changed: list[RowDocument]
    closed: list[RowDocument]
    carried: list[RowDocument]
    dropped: list[RowDocument]
    conflicts: list[RowDocument]
    metrics: list[MetricDocument]
    summary: list[SummaryDocument]
    left_out: int
    heard: HeardDocument | None
    notes: list[str]
    coverage: CoverageDocument


class NewReport(BaseModel):
    """What is to be built and kept. A comparison: `projects`, and what of them as in `GET /reports/compare`; a dossier:
    one project, `at` a day; a review: `meeting` and `template`, from `start` to `end` in seconds."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"example": {"kind": "comparison", "projects": ["Atlas"], "week": "2026-W11"}},
    )

    kind: ReportKind
    projects: list[str] = Field([], max_length=50)
    name: str | None = None
    earlier: ShortText | None = Field(None, alias="from")
    later: ShortText | None = Field(None, alias="to")
    week: ShortText | None = None
    month: ShortText | None = None
    speakers: list[ShortText] = Field([], max_length=50)
    side: Side | None = None
    at: datetime.date | None = None
    meeting: ShortText | None = None
    template: ShortText | None = None
    start: float | None = Field(None, ge=0, allow_inf_nan=False)
    end: float | None = Field(None, ge=0, allow_inf_nan=False)

    def asked(self) -> Asked:
        """What is asked of the projects."""
        return Asked.from_json(self.model_dump(exclude={"projects", "name"}))


class VersionDocument(BaseModel):
    """A building of a report; `kept` is false once a meeting that it quoted was deleted."""

    version: int
    built_at: datetime.datetime
    kept: bool


class ReportSummary(BaseModel):
    """A report that is kept. `state` says whether its newest version still holds, `why` why not, `problem` what keeps
    it from being built anew. `meetings` are those of which something stands in it."""

    model_config = example(REPORT)

    id: str
    kind: ReportKind
    title: str
    projects: list[str]
    asked: dict[str, Any]
    version: int
    built_at: datetime.datetime
    created_at: datetime.datetime
    versions: list[VersionDocument]
    meetings: list[str]
    state: ReportState
    why: list[ReportChange]
    problem: Told | None
    schedule_id: str | None


class ReportDocument(ReportSummary):
    """A report with its content: a comparison, a dossier or a review, as it was built; null where that is gone."""

    document: dict[str, Any] | None


class ReportPage(BaseModel):
    """Some reports, the newest first. `next` is the cursor of the following page, null on the last."""

    reports: list[ReportSummary]
    next: str | None


class NewSchedule(BaseModel):
    """What is to be made every week: a comparison of the seven days before with the seven before those. `timezone` is
    that of the server unless given."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "example": {"projects": ["Atlas"], "weekday": "mon", "time": "09:00", "timezone": "Asia/Shanghai"}
        },
    )

    projects: list[str] = Field(max_length=50)
    weekday: ShortText
    time: ShortText
    timezone: ShortText | None = None


class ScheduleDocument(BaseModel):
    """A report that is made every week. `done` is the newest day for which it was made, or failed as `error` says."""

    model_config = example(SCHEDULE)

    id: str
    projects: list[str]
    weekday: Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    time: str
    timezone: str
    next: datetime.datetime
    done: datetime.date | None
    error: Told | None
    hint: Told | None
