"""The JSON documents of speakers, people and voiceprints."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BaseModel, Field

from ingestion.domain import Side
from ingestion.speakers.names_heard import Calls
from server.documents import example

SpeakerNumber = Annotated[int, Field(ge=1, le=10_000)]

SPEAKER: dict[str, Any] = {
    "speaker": 2,
    "name": None,
    "proposal": {"person_id": "9a1b2c3d4e5f", "name": "Mina", "cosine": 0.52},
    "heard": [{"name": "Mina", "times": 2, "calls": "addressed", "line": 17, "start": 98.2}],
    "seconds": 312.4,
    "lines": 41,
    "first_said": "Let us begin with the release.",
    "start": 12.3,
}
VOICEPRINT = {
    "id": "5c0ffee51234",
    "meeting_id": "3f9c1a2b7d40",
    "title": "Release weekly",
    "date": "2026-03-04",
    "speaker": 2,
    "seconds": 312.4,
    "model": "campplus-zh-en",
    "consented_by": "Mina",
    "created_at": "2026-03-04T11:30:00Z",
}
PERSON = {"id": "9a1b2c3d4e5f", "project": "Atlas", "name": "Mina", "voiceprints": [VOICEPRINT]}


class ProposalDocument(BaseModel):
    """Somebody whose known voice is like a speaker's; `cosine` says how like, at most 1."""

    person_id: str
    name: str
    cosine: float


class HeardNameDocument(BaseModel):
    """A name by which a speaker was called, or which they gave as theirs, so many `times`; `line` is where it was said
    first."""

    name: str
    times: int
    calls: Calls
    line: int
    start: float | None


class SpeakerDocument(BaseModel):
    """A speaker of a recording. `name` is null while nobody knows it; `heard` are hints at it, no proof, the likest
    first; `seconds` is speech in which nobody else speaks;
    `first_said` and `start` are a line of theirs, to listen to."""

    model_config = example(SPEAKER)

    speaker: int
    name: str | None
    proposal: ProposalDocument | None
    heard: list[HeardNameDocument]
    seconds: float
    lines: int
    first_said: str | None
    start: float | None


class SpeakerNames(BaseModel):
    """Who the speakers of a recording are: a name by number, or null for nobody who is known.

    With `consented_by`, which says who agreed to that, the voices are kept, so that they are recognised in the
    project's other meetings.
    """

    model_config = example({"names": {"1": "Ann", "2": "Mina"}, "consented_by": "both, on 4 March"})

    names: dict[SpeakerNumber, str | None] = Field(min_length=1, max_length=100)
    consented_by: str | None = Field(None, min_length=1, max_length=200)


class PersonChange(BaseModel):
    """Another name for a person."""

    model_config = example({"name": "Mina"})

    name: str


class SpeakerCount(BaseModel):
    """How many people speak in a recording: a number, or the least and the most; null where nobody knows."""

    model_config = example({"speakers": "4"})

    speakers: str | None = Field(None, max_length=20, examples=["4", "2-5"])


class NamesChanged(BaseModel):
    """The ids of the meetings in which names have changed; they are being cut and embedded anew."""

    model_config = example({"meetings": ["3f9c1a2b7d40"]})

    meetings: list[str]


class VoiceprintDocument(BaseModel):
    """A person's voice as it was heard in one meeting, and who agreed that it is kept."""

    model_config = example(VOICEPRINT)

    id: str
    meeting_id: str
    title: str
    date: date
    speaker: int
    seconds: float
    model: str
    consented_by: str
    created_at: datetime


class VoiceprintLine(BaseModel):
    """A line that a voiceprint was made of, to listen to: its number in the meeting, times in seconds."""

    model_config = example({"line": 4, "start": 31.2, "end": 38.0, "text": "Let us begin with the release."})

    line: int
    start: float
    end: float
    text: str


class PersonDocument(BaseModel):
    """Somebody named in a project, with what their voice is known by."""

    model_config = example(PERSON)

    id: str
    project: str
    name: str
    voiceprints: list[VoiceprintDocument]


class SpeakerSideDocument(BaseModel):
    """Somebody who speaks in a project's meetings; `side` is null while nobody has said on which one they are."""

    model_config = example({"name": "Mina", "side": "customer"})

    name: str
    side: Side | None


class SpeakerChange(BaseModel):
    """Another name for somebody, by the name that a project's transcripts call them."""

    model_config = example({"project": "Atlas", "name": "Minna", "new_name": "Mina"})

    project: str
    name: str
    new_name: str


class SideChange(SpeakerSideDocument):
    """On which side somebody is, by the name that transcripts call them; null takes back what was said."""

    model_config = example({"project": "Atlas", "name": "Mina", "side": "customer"})

    project: str
