"""The values of retrieval: evidence, ranked and packed, and what was searched to find it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ingestion.tables import Utterance


@dataclass(frozen=True, slots=True)
class Line:
    """One utterance as evidence shows it. Times in seconds, null when the source has none.

    `cosine` is how near what is said here is to the question, null where that was not asked for.
    """

    index: int
    speaker: str | None
    start: float | None
    end: float | None
    text: str
    cosine: float | None = None


def lines_of(utterances: Iterable[Utterance]) -> tuple[Line, ...]:
    """Stored utterances as lines, in their order."""
    return tuple(Line(u.index, u.speaker, u.start, u.end, u.text) for u in utterances)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A run of consecutive utterances of one meeting, copied from the transcript.

    `score` is the ranking score of the recipe that found it; `text` is the run as it is shown to a reader or a
    model, a line an utterance; `lines` are the utterances themselves. `best` are the first and last utterance of the
    chunk in it that was found best, null where the run was not found by a search.
    """

    meeting_id: str
    meeting_title: str
    project: str
    date: datetime.date
    lines: tuple[Line, ...]
    score: float
    best: tuple[int, int] | None = None

    @property
    def first(self) -> int:
        """Index of the first utterance."""
        return self.lines[0].index

    @property
    def last(self) -> int:
        """Index of the last utterance."""
        return self.lines[-1].index

    @property
    def start(self) -> float | None:
        """Second at which the first timed utterance begins."""
        return next((line.start for line in self.lines if line.start is not None), None)

    @property
    def end(self) -> float | None:
        """Second at which the last timed utterance ends."""
        return next((line.end for line in reversed(self.lines) if line.end is not None), None)

    @property
    def speaker(self) -> str | None:
        """The speaker when all lines are theirs, else null."""
        names = {line.speaker for line in self.lines}
        return next(iter(names)) if len(names) == 1 else None

    @property
    def speakers(self) -> list[str]:
        """Everybody in it whose name is known, in the order in which they first speak."""
        return list(dict.fromkeys(line.speaker for line in self.lines if line.speaker))

    @property
    def quote(self) -> str:
        """The words said, verbatim, a line an utterance."""
        return "\n".join(line.text for line in self.lines)

    @property
    def text(self) -> str:
        """The words said, each line with its speaker when known."""
        return "\n".join(f"{line.speaker}: {line.text}" if line.speaker else line.text for line in self.lines)

    def to_json(self) -> dict[str, Any]:
        """The evidence document of the contract."""
        return {
            "meeting_id": self.meeting_id,
            "meeting_title": self.meeting_title,
            "project": self.project,
            "date": self.date.isoformat(),
            "utterances": [self.first, self.last],
            "start": self.start,
            "end": self.end,
            "speaker": self.speaker,
            "speakers": self.speakers,
            "quote": self.quote,
            "score": round(self.score, 6),
        }


@dataclass(frozen=True, slots=True)
class Coverage:
    """What an answer stands on: meetings in scope, searched and read; ids of those whose ingest failed."""

    in_scope: int
    searched: int
    read: int
    failed: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The coverage document of the contract."""
        return {
            "in_scope": self.in_scope,
            "searched": self.searched,
            "read": self.read,
            "failed": list(self.failed),
        }


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Ranked evidence for a query, best first, with the time it took in milliseconds."""

    query: str
    results: tuple[Evidence, ...]
    took_ms: float
    recipe: str

    def to_json(self) -> dict[str, Any]:
        """The search document of the contract."""
        return {
            "query": self.query,
            "results": [
                {**found.to_json(), "text": found.text, "best": list(found.best or (found.first, found.last))}
                for found in self.results
            ],
            "took_ms": round(self.took_ms, 1),
            "recipe": self.recipe,
        }
