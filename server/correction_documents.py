"""The JSON documents of corrections."""

from __future__ import annotations

import datetime

from pydantic import BaseModel, Field

from ingestion.corrections.domain import LONGEST_NAME, Kind, Reach
from ingestion.tables import CorrectionEvent
from server.documents import example

CORRECTION = {
    "id": "7d40c0ffee12",
    "meeting_id": "3f9c1a2b7d40",
    "kind": "speaker",
    "reach": "following",
    "lines": [5, 8, 12],
    "before": {"speaker": "Speaker 2"},
    "after": {"speaker": "Mina"},
    "made_by": "Jon",
    "made_at": "2026-03-04T11:30:00Z",
    "undone_at": None,
}


class NewCorrection(BaseModel):
    """A correction of the line with the index `line`: either another `text`, or another `speaker`, null for nobody
    known.

    `reach` says which other lines of the speaker that the line has now follow: none (`line`), the later ones
    (`following`), all of the meeting (`meeting`), or all in the project (`everywhere`). `expected` is the text, or the
    speaker, that was seen, empty for a speaker who is not known: when it has changed meanwhile, nothing is corrected.
    """

    model_config = example({"line": 5, "speaker": "Mina", "reach": "following", "expected": "Speaker 2"})

    line: int = Field(ge=0)
    text: str | None = None
    speaker: str | None = None
    reach: Reach = Reach.LINE
    expected: str | None = None
    made_by: str | None = Field(None, max_length=LONGEST_NAME)


class MeetingChange(BaseModel):
    """What of a meeting is to be corrected; what is left out stays. The project is made if it is new."""

    model_config = example({"title": "Release weekly", "date": "2026-03-05", "project": "Atlas"})

    title: str | None = None
    date: datetime.date | None = None
    project: str | None = None
    made_by: str | None = Field(None, max_length=LONGEST_NAME)


class CorrectionDocument(BaseModel):
    """What a correction changed in one meeting; those that reach several meetings have the same id in each.

    `lines` are the indices of the corrected lines when it was made, `before` and `after` the fields that changed, the
    same on every line.
    """

    model_config = example(CORRECTION)

    id: str
    meeting_id: str
    kind: Kind
    reach: Reach | None
    lines: list[int]
    before: dict[str, str | None]
    after: dict[str, str | None]
    made_by: str | None
    made_at: datetime.datetime
    undone_at: datetime.datetime | None


def correction_document(event: CorrectionEvent) -> CorrectionDocument:
    """The document of a stored event."""
    return CorrectionDocument(
        id=event.correction_id,
        meeting_id=event.meeting_id,
        kind=Kind(event.kind),
        reach=Reach(event.reach) if event.reach else None,
        lines=[index for index, *_ in event.lines],
        before=event.before,
        after=event.after,
        made_by=event.made_by,
        made_at=event.made_at,
        undone_at=event.undone_at,
    )
