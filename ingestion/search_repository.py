"""The SQL of retrieval: what is read to turn hits into evidence, in few and narrow queries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import Any

from sqlalchemy import Select, and_, bindparam, or_, select
from sqlmodel import Session, col

from ingestion.domain import SearchFilter, Stage
from ingestion.repository import MeetingRepository, ProjectRepository, meeting_conditions
from ingestion.tables import Chunk, Meeting, Project, Utterance

_RANGES = 100
"""Ranges asked for at once; a database limits how deep a condition may nest."""


@dataclass(frozen=True, slots=True)
class MeetingHead:
    """What a reader is told of a meeting."""

    id: str
    title: str
    project: str
    date: date


@dataclass(frozen=True, slots=True)
class ScopedProject:
    """A project that is searched in. No remote model may read what a private one holds."""

    name: str
    private: bool


@dataclass(frozen=True, slots=True)
class UtteranceLine:
    """What a reader is shown of an utterance. Times in seconds, null when the source has none."""

    meeting_id: str
    index: int
    speaker: str | None
    start: float | None
    end: float | None
    text: str


@dataclass(frozen=True, slots=True)
class ChunkRange:
    """Where a chunk lies, utterances `first`..`last` both included, and its size in words."""

    meeting_id: str
    first: int
    last: int
    words: int


# Statements are made once, because putting one together takes longer than running it.
_PROJECT_NAMES = select(col(Project.name)).where(col(Project.name).in_(bindparam("ids", expanding=True)))
_MEETING_IDS = select(col(Meeting.id)).where(col(Meeting.id).in_(bindparam("ids", expanding=True)))
_HEADS = (
    select(col(Meeting.id), col(Meeting.title), col(Project.name), col(Meeting.date))
    .join(Project, col(Project.id) == col(Meeting.project_id))
    .where(col(Meeting.id).in_(bindparam("ids", expanding=True)))
)
_PLACES = select(col(Chunk.id), col(Chunk.meeting_id), col(Chunk.first), col(Chunk.last), col(Chunk.words)).where(
    col(Chunk.id).in_(bindparam("ids", expanding=True))
)


class SearchRepository:
    """Reads for retrieval; rows come as plain values, without what only ingestion needs."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def require(self, where: SearchFilter) -> None:
        """Raises NotFoundError when a project or meeting that the filter names does not exist."""
        if where.projects:
            for name in sorted(set(where.projects) - self._known(_PROJECT_NAMES, where.projects)):
                ProjectRepository(self.session).named(name)
        if where.meeting_ids:
            for meeting_id in sorted(set(where.meeting_ids) - self._known(_MEETING_IDS, where.meeting_ids)):
                MeetingRepository(self.session).get(meeting_id)

    def heads(self, meeting_ids: Iterable[str]) -> dict[str, MeetingHead]:
        """The meetings with these ids that still exist, by id."""
        rows = self._rows(_HEADS, {"ids": sorted(set(meeting_ids))})
        return {row[0]: MeetingHead(*row) for row in rows}

    def places(self, chunk_ids: Iterable[str]) -> dict[str, ChunkRange]:
        """The chunks with these ids that still exist, by id."""
        return {id: ChunkRange(*rest) for id, *rest in self._rows(_PLACES, {"ids": list(chunk_ids)})}

    def lines(self, ranges: Iterable[tuple[str, int, int]]) -> list[UtteranceLine]:
        """The utterances of ranges (meeting, first, last, both included), by meeting and index, each once."""
        found: dict[tuple[str, int], UtteranceLine] = {}
        left = iter(ranges)
        while some := list(islice(left, _RANGES)):
            values = {
                f"{name}{i}": value for i, range in enumerate(some) for name, value in zip("mfl", range, strict=True)
            }
            rows = self._rows(_lines_of(len(some)), values)
            found |= {(row[0], row[1]): UtteranceLine(*row) for row in rows}
        return [found[key] for key in sorted(found)]

    def chunk_ranges(self, meeting_ids: Iterable[str] | None = None) -> list[ChunkRange]:
        """Where the chunks of these meetings lie, or of all, by meeting and place."""
        wanted = select(col(Chunk.meeting_id), col(Chunk.first), col(Chunk.last), col(Chunk.words))
        if meeting_ids is not None:
            wanted = wanted.where(col(Chunk.meeting_id).in_(set(meeting_ids)))
        ordered = wanted.order_by(col(Chunk.meeting_id), col(Chunk.first))
        return [ChunkRange(*row) for row in self._rows(ordered)]

    def stages(self, where: SearchFilter) -> Sequence[tuple[str, Stage]]:
        """Each meeting that matches, by date then id, with where its ingest stands."""
        wanted = (
            select(col(Meeting.id), col(Meeting.stage))
            .join(Project, col(Project.id) == col(Meeting.project_id))
            .where(*meeting_conditions(where))
            .order_by(col(Meeting.date), col(Meeting.id))
        )
        return [(id, stage) for id, stage in self._rows(wanted)]

    def projects(self, where: SearchFilter) -> list[ScopedProject]:
        """The projects that the meetings that match are of."""
        matching = select(col(Meeting.id)).where(col(Meeting.project_id) == col(Project.id), *meeting_conditions(where))
        wanted = select(col(Project.name), col(Project.private)).where(matching.exists())
        return [ScopedProject(name, private) for name, private in self._rows(wanted)]

    def _known(self, wanted: Select[str], keys: Sequence[str]) -> set[str]:
        return {key for (key,) in self._rows(wanted, {"ids": list(keys)})}

    def _rows(self, wanted: Select[*tuple[Any, ...]], values: dict[str, Any] | None = None) -> Sequence[Any]:
        """Rows read past the session's identity map and all at once: either would only cost time."""
        return self.session.connection().execute(wanted, values).all()


@lru_cache(maxsize=_RANGES)
def _lines_of(count: int) -> Select[str, int, str | None, float | None, float | None, str]:
    """The utterances of `count` ranges."""
    ranges = [
        and_(
            col(Utterance.meeting_id) == bindparam(f"m{i}"),
            col(Utterance.index).between(bindparam(f"f{i}"), bindparam(f"l{i}")),
        )
        for i in range(count)
    ]
    return select(
        col(Utterance.meeting_id),
        col(Utterance.index),
        col(Utterance.speaker),
        col(Utterance.start),
        col(Utterance.end),
        col(Utterance.text),
    ).where(or_(*ranges))
