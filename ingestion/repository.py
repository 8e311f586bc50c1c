"""All SQL over the tables of ingestion. Nothing here commits: the caller's session does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import asdict, fields
from datetime import date
from typing import Any, cast

from sqlalchemy import String, func, or_, tuple_
from sqlalchemy import cast as sql_cast
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, delete, select, update

from ingestion.domain import (
    ChunkDraft,
    GlossaryEntry,
    SearchFilter,
    Span,
    SpokenLine,
    Stage,
    StoredLine,
    TranscriptLine,
)
from ingestion.errors import ConflictError, NotFoundError
from ingestion.speakers.domain import SpeakerTurn
from ingestion.tables import (
    Chunk,
    CorrectionEvent,
    GlossaryTerm,
    Media,
    Meeting,
    MeetingVoice,
    Person,
    Piece,
    Project,
    Rehearing,
    SourceLines,
    SpeakerSide,
    Turn,
    Utterance,
    Voiceprint,
    now,
)

DERIVED = (Chunk, CorrectionEvent, Utterance, Voiceprint, MeetingVoice, Turn, Piece, Rehearing, SourceLines)
"""The tables whose rows hang on a meeting, in the order in which they may be deleted."""


class ProjectRepository:
    """Projects and their glossary."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def all(self) -> list[tuple[Project, int]]:
        """Every project with its number of meetings, by name."""
        counted = (
            select(Project, func.count(col(Meeting.id)))
            .join(Meeting, col(Meeting.project_id) == col(Project.id), isouter=True)
            .group_by(col(Project.id))
            .order_by(col(Project.name))
        )
        return [(project, count) for project, count in self.session.exec(counted)]

    def named(self, name: str) -> Project:
        """The project of that name. Raises NotFoundError, naming those that exist."""
        project = self.find(name)
        if project is None:
            names = ", ".join(p.name for p, _ in self.all()[:8]) or "none yet"
            raise NotFoundError(f"there is no project '{name}'", f"projects: {names}")
        return project

    def find(self, name: str) -> Project | None:
        """The project of that name, if any."""
        return self.session.exec(select(Project).where(Project.name == name)).first()

    def get(self, project_id: str) -> Project:
        """Raises NotFoundError."""
        project = self.session.get(Project, project_id)
        if project is None:
            raise NotFoundError(f"there is no project with the id '{project_id}'", "`huimai projects` lists them")
        return project

    def ensure(self, name: str) -> Project:
        """The project of that name, made if it is new."""
        project = self.find(name)
        if project is None:
            project = Project(name=name)
            self.session.add(project)
            self.session.flush()
        return project

    def delete(self, project: Project) -> None:
        """Remove an empty project and its glossary."""
        self.session.exec(delete(GlossaryTerm).where(col(GlossaryTerm.project_id) == project.id))
        self.session.exec(delete(Person).where(col(Person.project_id) == project.id))
        self.session.exec(delete(SpeakerSide).where(col(SpeakerSide.project_id) == project.id))
        self.session.delete(project)

    def terms(self, project_id: str | None) -> list[GlossaryTerm]:
        """The shared terms and, for a project, its own."""
        owner = col(GlossaryTerm.project_id)
        wanted = owner.is_(None) if project_id is None else owner.is_(None) | (owner == project_id)
        return list(self.session.exec(select(GlossaryTerm).where(wanted).order_by(col(GlossaryTerm.canonical))))

    def glossary(self, project_id: str) -> list[GlossaryEntry]:
        """What the cleaner and the recogniser need of a project's terms."""
        return [GlossaryEntry(t.canonical, tuple(t.aliases), t.kind) for t in self.terms(project_id)]

    def put_term(self, project_id: str | None, entry: GlossaryEntry) -> GlossaryTerm:
        """Add a term, or replace the one with the same canonical form and owner."""
        same = select(GlossaryTerm).where(
            col(GlossaryTerm.project_id) == project_id
            if project_id is not None
            else col(GlossaryTerm.project_id).is_(None),
            GlossaryTerm.canonical == entry.canonical,
        )
        term = self.session.exec(same).first() or GlossaryTerm(project_id=project_id, canonical=entry.canonical)
        term.aliases, term.kind = list(entry.aliases), entry.kind
        self.session.add(term)
        self.session.flush()
        return term

    def delete_term(self, term_id: str) -> None:
        """Remove a term. Raises NotFoundError."""
        term = self.session.get(GlossaryTerm, term_id)
        if term is None:
            raise NotFoundError(f"there is no glossary term '{term_id}'", "`huimai glossary list` shows the ids")
        self.session.delete(term)


class MeetingRepository:
    """Meetings, their media and where their ingest stands."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def get(self, meeting_id: str) -> Meeting:
        """Raises NotFoundError."""
        meeting = self.session.get(Meeting, meeting_id)
        if meeting is None:
            raise NotFoundError(f"there is no meeting '{meeting_id}'", "`huimai meetings` lists them")
        return meeting

    def find(self, meeting_id: str) -> Meeting | None:
        """The meeting, if it exists."""
        return self.session.get(Meeting, meeting_id)

    def with_source(self, project_id: str, sha256: str) -> Meeting | None:
        """The meeting of a project that came from these bytes, if any."""
        wanted = select(Meeting).where(Meeting.project_id == project_id, Meeting.source_sha256 == sha256)
        return self.session.exec(wanted).first()

    def with_media(self, sha256: str) -> list[Meeting]:
        """The meetings that stand on a recording."""
        return list(self.session.exec(select(Meeting).where(Meeting.media_sha256 == sha256)))

    def list(
        self,
        where: SearchFilter | None = None,
        *,
        called: str = "",
        after: tuple[date, str] | None = None,
        limit: int | None = None,
        newest_first: bool = False,
    ) -> list[tuple[Meeting, str]]:
        """Meetings with their project's name, by date then id, or the other way round. `called` are words that all
        stand in the title, the date or the project; `after` is date and id of the last one seen."""
        place = tuple_(col(Meeting.date), col(Meeting.id))
        by_place = (col(Meeting.date), col(Meeting.id))
        query = select(Meeting, Project.name).join(Project).where(*_called(called))
        query = query.order_by(*(column.desc() if newest_first else column for column in by_place))
        if where is not None:
            query = query.where(*meeting_conditions(where))
        if after is not None:
            query = query.where(place < after if newest_first else place > after)
        if limit is not None:
            query = query.limit(limit)
        return [(meeting, name) for meeting, name in self.session.exec(query)]

    def project_name(self, meeting_id: str) -> str:
        """The name of the project that a meeting belongs to. Raises NotFoundError."""
        project = self.session.get(Project, self.get(meeting_id).project_id)
        return project.name if project else ""

    def project(self, meeting_id: str) -> Project | None:
        """The project that a meeting belongs to; null when the meeting is gone."""
        return self.session.exec(select(Project).join(Meeting).where(Meeting.id == meeting_id)).first()

    def counts_by_stage(self) -> dict[Stage, int]:
        """How many meetings stand at each stage; stages without any are left out."""
        counted = select(Meeting.stage, func.count(col(Meeting.id))).group_by(col(Meeting.stage))
        return {Stage(stage): count for stage, count in self.session.exec(counted)}

    def unfinished(self) -> list[Meeting]:
        """Meetings whose ingest neither finished nor failed."""
        ends = (Stage.READY, Stage.FAILED)
        return list(self.session.exec(select(Meeting).where(col(Meeting.stage).not_in(ends))))

    def add(self, meeting: Meeting) -> Meeting:
        """Store a new meeting."""
        self.session.add(meeting)
        self.session.flush()
        return meeting

    def add_media(self, media: Media) -> None:
        """Store what is known of a recording, unless it is known already."""
        if self.session.get(Media, media.sha256) is None:
            self.session.add(media)
            self.session.flush()

    def media(self, sha256: str) -> Media | None:
        """The recording with that hash."""
        return self.session.get(Media, sha256)

    def set_stage(self, meeting_id: str, stage: Stage, progress: float = 0.0) -> None:
        """Say where an ingest stands, unless it was stopped meanwhile."""
        values: dict[str, Any] = {"stage": stage, "progress": progress}
        if stage is Stage.READY:
            values |= {"finished_at": now(), "error": None, "hint": None, "progress": 1.0}
        running = (col(Meeting.id) == meeting_id) & (col(Meeting.stage) != Stage.FAILED)
        self.session.exec(update(Meeting).where(running).values(**values))

    def fail(self, meeting_id: str, error: str, hint: str) -> None:
        """Record why an ingest failed."""
        values = {"stage": Stage.FAILED, "error": error, "hint": hint, "finished_at": now()}
        self.session.exec(update(Meeting).where(col(Meeting.id) == meeting_id).values(**values))

    def hold(self, meeting_id: str) -> Meeting:
        """The meeting as it is now, which nobody else can change before this session ends. Raises NotFoundError.

        Call it before anything is read. An update locks, where a read would not: the database on SQLite, the row on
        PostgreSQL; several are held by `hold_all`, lest two sessions wait for each other.
        """
        itself = update(Meeting).where(col(Meeting.id) == meeting_id).values(attempt=Meeting.attempt)
        self.session.exec(itself.execution_options(synchronize_session=False))
        return self.get(meeting_id)

    def hold_all(self, meeting_ids: Iterable[str]) -> dict[str, Meeting]:
        """Those of the meetings that still exist, held in the order of their ids."""
        held: dict[str, Meeting] = {}
        for meeting_id in sorted(meeting_ids):
            with suppress(NotFoundError):
                held[meeting_id] = self.hold(meeting_id)
        return held

    def begin_anew(self, meeting: Meeting) -> None:
        """Put a failed ingest back to its start; what is durable of it stays."""
        meeting.attempt += 1
        meeting.stage, meeting.progress = Stage.QUEUED, 0.0
        meeting.error = meeting.hint = meeting.finished_at = None
        self.session.add(meeting)

    def delete(self, meeting: Meeting) -> str | None:
        """Remove a meeting and every row derived from it; returns the hash of a recording nobody uses any more."""
        for table in DERIVED:
            self.session.exec(delete(table).where(col(table.meeting_id) == meeting.id))
        self.session.delete(meeting)
        self.session.flush()
        sha256 = meeting.media_sha256
        if sha256 is None or self.with_media(sha256):
            return None
        self.session.exec(delete(Media).where(col(Media.sha256) == sha256))
        return sha256

    def count(self, where: SearchFilter, *, called: str = "") -> int:
        """How many meetings match; `called` as in `list`."""
        query = select(func.count(col(Meeting.id))).select_from(Meeting).join(Project)
        return self.session.exec(query.where(*meeting_conditions(where), *_called(called))).one()


class TranscriptRepository:
    """Pieces, source lines, utterances and chunks of a meeting."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def set_pieces(self, meeting_id: str, spans: Iterable[Span], speech: Sequence[Span]) -> None:
        """Plan the transcription steps, each with the speech that begins in it."""
        for index, span in enumerate(spans):
            spoken = [[s.start, s.end] for s in speech if span.start <= s.start < span.end]
            self.session.add(Piece(meeting_id=meeting_id, index=index, start=span.start, end=span.end, speech=spoken))

    def pieces(self, meeting_id: str) -> list[Piece]:
        """The transcription steps in order."""
        wanted = select(Piece).where(Piece.meeting_id == meeting_id).order_by(col(Piece.index))
        return list(self.session.exec(wanted))

    def piece(self, meeting_id: str, index: int) -> Piece:
        """One transcription step. Raises NotFoundError."""
        piece = self.session.get(Piece, (meeting_id, index))
        if piece is None:
            raise NotFoundError(f"meeting '{meeting_id}' has no piece {index}", "ingest the recording again")
        return piece

    def replace_turns(self, meeting_id: str, turns: Iterable[SpeakerTurn]) -> None:
        """Store who speaks when in a meeting in place of what was there."""
        self.session.exec(delete(Turn).where(col(Turn.meeting_id) == meeting_id))
        self.session.add_all(
            Turn(meeting_id=meeting_id, index=index, speaker=turn.speaker, start=turn.start, end=turn.end)
            for index, turn in enumerate(turns)
        )

    def turns(self, meeting_id: str) -> list[SpeakerTurn]:
        """Who speaks when, in order; empty for an imported transcript."""
        wanted = select(Turn).where(Turn.meeting_id == meeting_id).order_by(col(Turn.index))
        return [SpeakerTurn(turn.speaker, turn.start, turn.end) for turn in self.session.exec(wanted)]

    def set_source_lines(self, meeting_id: str, lines: Sequence[TranscriptLine]) -> None:
        """Keep an imported transcript as it came."""
        self.session.add(SourceLines(meeting_id=meeting_id, lines=[asdict(line) for line in lines]))

    def source_lines(self, meeting_id: str) -> list[TranscriptLine]:
        """The imported transcript as it came; empty for a recording."""
        row = self.session.get(SourceLines, meeting_id)
        return [TranscriptLine(**line) for line in row.lines] if row else []

    def replace_utterances(self, meeting_id: str, lines: Iterable[SpokenLine]) -> None:
        """Store the utterances of a meeting in place of what was there."""
        self.session.exec(delete(Utterance).where(col(Utterance.meeting_id) == meeting_id))
        self.session.add_all(_utterance(meeting_id, line) for line in lines)

    def utterances(self, meeting_id: str, first: int = 0, last: int | None = None) -> list[Utterance]:
        """Utterances `first`..`last` (both included) in order."""
        wanted = select(Utterance).where(Utterance.meeting_id == meeting_id, col(Utterance.index) >= first)
        if last is not None:
            wanted = wanted.where(col(Utterance.index) <= last)
        return list(self.session.exec(wanted.order_by(col(Utterance.index))))

    def lines(
        self, meeting_id: str, first: int = 0, last: int | None = None, *, words: bool = False
    ) -> list[StoredLine]:
        """Utterances `first`..`last` (both included) in order, to be read alone: in a fraction of the time that
        `utterances` takes. Their words, if wanted, take most of it."""
        names = [field.name for field in fields(StoredLine) if words or field.name != "words"]
        wanted = sql_select(*(getattr(Utterance, name) for name in names)).where(
            col(Utterance.meeting_id) == meeting_id,
            col(Utterance.index) >= first,
            *([] if last is None else [col(Utterance.index) <= last]),
        )
        statement = cast(Any, wanted.order_by(col(Utterance.index)))
        rows = cast(Iterable[Sequence[Any]], self.session.exec(statement))
        return [StoredLine(*row) for row in rows]

    def speakers(self, meeting_ids: Sequence[str]) -> list[str]:
        """The distinct speaker names in these meetings."""
        wanted = select(Utterance.speaker).where(
            col(Utterance.meeting_id).in_(meeting_ids), col(Utterance.speaker).is_not(None)
        )
        return sorted({name for name in self.session.exec(wanted.distinct()) if name})

    def lines_by_speaker(self, meeting_ids: Sequence[str]) -> dict[str, int]:
        """How many lines everybody who is named speaks in these meetings."""
        wanted = (
            select(Utterance.speaker, func.count())
            .where(col(Utterance.meeting_id).in_(meeting_ids), col(Utterance.speaker).is_not(None))
            .group_by(col(Utterance.speaker))
        )
        return {name: count for name, count in self.session.exec(wanted) if name}

    def replace_chunks(self, meeting_id: str, chunks: Iterable[tuple[str, ChunkDraft]]) -> None:
        """Store the chunks of a meeting, given with their ids, in place of what was there."""
        self.session.exec(delete(Chunk).where(col(Chunk.meeting_id) == meeting_id))
        self.session.add_all(
            Chunk(id=id, meeting_id=meeting_id, first=c.first, last=c.last, text=c.text, words=c.words)
            for id, c in chunks
        )

    def chunks(self, meeting_id: str) -> list[Chunk]:
        """The chunks of a meeting in order."""
        wanted = select(Chunk).where(Chunk.meeting_id == meeting_id).order_by(col(Chunk.first))
        return list(self.session.exec(wanted))


def require_ready(meeting: Meeting) -> Meeting:
    """The meeting. Raises ConflictError unless its ingest has succeeded."""
    if meeting.stage is Stage.READY:
        return meeting
    if meeting.stage is Stage.FAILED:
        raise ConflictError(
            f"the ingest of '{meeting.title}' has failed", f"`huimai jobs retry {meeting.id}`, then try again"
        )
    raise ConflictError(f"'{meeting.title}' is being ingested", "try again when `huimai jobs` shows it as ready")


def _utterance(meeting_id: str, line: SpokenLine) -> Utterance:
    return Utterance(
        meeting_id=meeting_id,
        index=line.index,
        speaker=line.speaker,
        start=line.start,
        end=line.end,
        text=line.text,
        raw_text=line.raw_text,
        language=line.language,
        confidence=line.confidence,
        words=[[w.text, w.start, w.end, w.probability] for w in line.words],
        corrections=[asdict(c) for c in line.corrections],
        voice=line.voice,
        sure=line.sure,
    )


def meeting_conditions(where: SearchFilter) -> list[Any]:
    """The filter as conditions on Meeting joined with Project."""
    conditions: list[Any] = []
    if where.projects:
        conditions.append(col(Project.name).in_(where.projects))
    if where.meeting_ids:
        conditions.append(col(Meeting.id).in_(where.meeting_ids))
    if where.since:
        conditions.append(col(Meeting.date) >= where.since)
    if where.until:
        conditions.append(col(Meeting.date) <= where.until)
    if where.speakers:
        spoke = select(Utterance.meeting_id).where(col(Utterance.speaker).in_(where.speakers))
        conditions.append(col(Meeting.id).in_(spoke))
    return conditions


def _called(words: str) -> list[Any]:
    """That each word stands in what a meeting is told by, as conditions on Meeting joined with Project."""
    told = (col(Meeting.title), sql_cast(col(Meeting.date), String), col(Project.name))
    return [or_(*(text.icontains(word, autoescape=True) for text in told)) for word in words.split()]
