"""Jobs as users see them: one for each meeting's ingest."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from ingestion.progress import standing
from ingestion.tables import Meeting, Piece


@dataclass(frozen=True, slots=True)
class JobView:
    """Where an ingest stands. `progress` is the share of the stage (of the recording, while it is transcribed), 0..1;
    `eta_seconds` is null until a rate has been measured."""

    id: str
    kind: str
    meeting_id: str
    title: str
    date: date
    project: str
    stage: str
    progress: float
    eta_seconds: float | None
    error: str | None
    hint: str | None
    cancelled: bool
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None

    def to_json(self) -> dict[str, Any]:
        """The job document."""
        return {k: v.isoformat() if isinstance(v, date) else v for k, v in asdict(self).items()}


def job_view(meeting: Meeting, project: str, pieces: list[Piece]) -> JobView:
    """The job of a meeting; `pieces` matter only while it is transcribed."""
    now = standing(meeting, pieces)
    return JobView(
        id=meeting.id,
        kind="ingest",
        meeting_id=meeting.id,
        title=meeting.title,
        date=meeting.date,
        project=project,
        stage=now.stage.value,
        progress=round(now.done, 4),
        eta_seconds=None if now.seconds_left is None else round(now.seconds_left, 1),
        error=meeting.error,
        hint=meeting.hint,
        cancelled=meeting.cancelled,
        created_at=meeting.created_at,
        started_at=meeting.started_at,
        finished_at=meeting.finished_at,
    )
