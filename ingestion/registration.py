"""A received file becomes one or more meetings, or one clear error and nothing at all."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import PurePath

from ingestion.database import Database
from ingestion.dates import DatedBy, choose_date, is_only_a_date
from ingestion.domain import MediaInfo, Transcript
from ingestion.errors import BadInputError, ConflictError
from ingestion.media.probe import probe
from ingestion.media.store import MediaStore, Received
from ingestion.repository import MeetingRepository, ProjectRepository, TranscriptRepository
from ingestion.speakers.bounds import Bounds
from ingestion.tables import Media, Meeting, Project, new_id
from ingestion.transcripts.reader import is_transcript, read_transcripts

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
"""An id is part of addresses and of folder names."""


@dataclass(frozen=True, slots=True)
class Submission:
    """What the user says about a file. `name` is the file's name as the user knows it, never used as a path;
    `modified` the file's own time, `speakers` how many speak in a recording. What is None is found out."""

    name: str
    project: str | None = None
    title: str | None = None
    date: date | None = None
    language: str | None = None
    modified: datetime | None = None
    speakers: Bounds | None = None


@dataclass(frozen=True, slots=True)
class Registered:
    """A meeting that stands for a received file; `duplicate` when the project had it already."""

    meeting_id: str
    duplicate: bool


class Registrar:
    """Turns received files into meetings whose ingest can begin."""

    def __init__(self, database: Database, media: MediaStore) -> None:
        self._database = database
        self._media = media

    def register(self, received: Received, submission: Submission) -> list[Registered]:
        """Store the file and its meetings. The received file is consumed, whatever happens.

        Raises BadInputError when it is neither a recording nor a transcript that can be read.
        """
        try:
            if is_transcript(received.path, submission.name):
                transcripts = read_transcripts(received.path, submission.name)
                return self._register_transcripts(received, submission, transcripts)
            return [self._register_recording(received, submission, probe(received.path, submission.name))]
        finally:
            received.path.unlink(missing_ok=True)

    def _register_recording(self, received: Received, submission: Submission, info: MediaInfo) -> Registered:
        extension = PurePath(submission.name).suffix.lower().lstrip(".")
        dated = choose_date(
            given=submission.date,
            name=submission.name,
            stated=None,
            tagged=info.created,
            modified=submission.modified,
        )
        with self._database.session() as session:
            meetings = MeetingRepository(session)
            project = ProjectRepository(session).ensure(_project_name(submission.project))
            known = meetings.with_source(project.id, received.sha256)
            if known:
                return Registered(known.id, duplicate=True)
            path = self._media.commit(received, extension)
            meetings.add_media(
                Media(
                    sha256=received.sha256,
                    extension=path.suffix.lstrip("."),
                    size=received.size,
                    container=info.container,
                    codec=info.codec,
                    duration=info.duration,
                    sample_rate=info.sample_rate,
                    channels=info.channels,
                )
            )
            meeting = _meeting(submission, project, received.sha256, dated, title=info.title)
            meeting.media_sha256, meeting.duration = received.sha256, info.duration
            if submission.speakers is not None:
                meeting.speakers_least, meeting.speakers_most = submission.speakers.least, submission.speakers.most
            return Registered(meetings.add(meeting).id, duplicate=False)

    def _register_transcripts(
        self, received: Received, submission: Submission, transcripts: Sequence[Transcript]
    ) -> list[Registered]:
        # hashed before the session: a long file must not keep others from writing for longer than it is stored
        single = len(transcripts) == 1
        hashed = [(one, received.sha256 if single else _hash(one)) for one in transcripts]
        with self._database.session() as session:
            meetings, projects = MeetingRepository(session), ProjectRepository(session)
            registered: list[Registered] = []
            for transcript, sha256 in hashed:
                project = projects.ensure(_project_name(submission.project or transcript.project))
                known = meetings.with_source(project.id, sha256)
                if known:
                    registered.append(Registered(known.id, duplicate=True))
                    continue
                meeting = _transcript_meeting(submission, project, sha256, transcript)
                if meetings.find(meeting.id):
                    raise ConflictError(
                        f"{submission.name}: there is another meeting with the id '{meeting.id}'",
                        "change the id in the file, or delete the stored meeting first",
                    )
                meetings.add(meeting)
                TranscriptRepository(session).set_source_lines(meeting.id, transcript.lines)
                registered.append(Registered(meeting.id, duplicate=False))
            return registered


def _meeting(
    submission: Submission, project: Project, sha256: str, dated: DatedBy, *, id: str | None = None, title: str | None
) -> Meeting:
    return Meeting(
        id=id or new_id(),
        project_id=project.id,
        title=submission.title or title or _title(submission.name, project),
        date=dated.date,
        date_source=dated.source,
        language=submission.language or "auto",
        source_name=submission.name,
        source_sha256=sha256,
    )


def _transcript_meeting(submission: Submission, project: Project, sha256: str, transcript: Transcript) -> Meeting:
    dated = choose_date(
        given=submission.date,
        name=submission.name,
        stated=transcript.date,
        tagged=None,
        modified=submission.modified,
    )
    if transcript.id is not None and not _ID.fullmatch(transcript.id):
        raise BadInputError(
            f"{submission.name}: '{transcript.id[:40]}' cannot be the id of a meeting",
            "use letters, digits, dots, hyphens and underscores, 100 at most; or leave the id out",
        )
    meeting = _meeting(submission, project, sha256, dated, id=transcript.id, title=transcript.title)
    meeting.language = submission.language or transcript.language or "auto"
    meeting.duration = max((line.end for line in transcript.lines if line.end is not None), default=None)
    meeting.notes = list(transcript.warnings)
    return meeting


def _title(name: str, project: Project) -> str:
    """The file's name; beside a date, which every meeting has, the project says more than the same date again."""
    stem = PurePath(name).stem or name
    return project.name if is_only_a_date(stem) else stem


def _project_name(name: str | None) -> str:
    if not name or not name.strip():
        raise BadInputError("no project is named", "say which project the meeting belongs to: --project NAME")
    return name.strip()


def _hash(transcript: Transcript) -> str:
    record = json.dumps(asdict(transcript), default=str, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(record.encode()).hexdigest()
