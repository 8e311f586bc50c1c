"""The JSON documents of reviews: flags, what a glossary changes, and terms that corrections suggest."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, Field

from ingestion.corrections.domain import LONGEST_NAME
from ingestion.review.domain import FlagKind, FlagReason
from ingestion.review.glossary_changes import GlossaryState
from server.documents import example

FLAG: dict[str, Any] = {
    "line": 18,
    "start": 34.1,
    "end": 34.9,
    "kind": "number",
    "text": "50",
    "why": "sounds-like",
    "probability": 0.7,
    "other": "15",
}
CHANGE: dict[str, Any] = {
    "meeting_id": "3f9c1a2b7d40",
    "line": 4,
    "start": 28.3,
    "text": "We move it to Quillgate.",
    "before": "quill gate",
    "after": "Quillgate",
    "reason": "glossary alias",
    "state": "made",
}
SUGGESTION: dict[str, Any] = {
    "canonical": "Kestovia",
    "alias": "Castovia",
    "times": 1,
    "lines": [{"meeting_id": "3f9c1a2b7d40", "line": 8}],
    "known_aliases": ["Kestova"],
    "kind": "company",
}


class FlagDocument(BaseModel):
    """A stretch of the line with the index `line` that deserves a listen, from `start` to `end` in seconds.

    `why`: `unclear`, the recogniser was not sure (`probability`); `sounds-like`, a number that sounds alike (`other`)
    is said of the same thing elsewhere; `near-name`, it is near a name (`other`); `overlap`, others speak at the same
    time, so that the speaker (`text`) is a guess.
    """

    model_config = example(FLAG, from_attributes=True)

    line: int
    start: float | None
    end: float | None
    kind: FlagKind
    text: str
    why: FlagReason
    probability: float | None
    other: str | None


class LinesFoundRight(BaseModel):
    """The lines, by their index, that somebody has listened to and found right as they stand."""

    model_config = example({"lines": [18], "made_by": "Jon"})

    lines: list[int] = Field(min_length=1, max_length=1000)
    made_by: str | None = Field(None, max_length=LONGEST_NAME)


class GlossaryChangeDocument(BaseModel):
    """A change of the glossary in a line, which says `text` now. `made`: it is there, and would be made again;
    `pending`: it would be made now; `outdated`: it is there, but would not be made any more."""

    model_config = example(CHANGE, from_attributes=True)

    meeting_id: str
    line: int
    start: float | None
    text: str
    before: str
    after: str
    reason: str
    state: GlossaryState


class GlossaryChangePage(BaseModel):
    """Changes in whole meetings by date, oldest first; `next` is the cursor of the next page, null on the last one."""

    model_config = example({"changes": [CHANGE], "next": None})

    changes: list[GlossaryChangeDocument]
    next: str | None


class GlossaryApplied(BaseModel):
    """The ids of the meetings in which the glossary changes something; their lines are being derived anew."""

    model_config = example({"meetings": ["3f9c1a2b7d40"]})

    meetings: list[str]


class OwnWords(BaseModel):
    """A line, by its index, that is to have its own words again, as they are without the glossary."""

    model_config = example({"meeting_id": "3f9c1a2b7d40", "line": 4, "made_by": "Jon"})

    meeting_id: str
    line: int = Field(ge=0)
    made_by: str | None = Field(None, max_length=LONGEST_NAME)


class LineReference(BaseModel):
    """A line of a meeting, by its index."""

    meeting_id: str
    line: int


class SuggestionDocument(BaseModel):
    """A term that people wrote where `alias` was heard, `times` times. `known_aliases` and `kind` are those that the
    glossary has for it already; the kind is null for a new one."""

    model_config = example(SUGGESTION)

    canonical: str
    alias: str
    times: int
    lines: list[LineReference]
    known_aliases: list[str]
    kind: str | None
