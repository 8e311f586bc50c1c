"""Transcripts of many meetings as one file, written meeting by meeting."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from ingestion.database import Database
from ingestion.domain import SearchFilter, Stage, StoredLine
from ingestion.repository import MeetingRepository, TranscriptRepository
from ingestion.tables import Meeting
from server.transcripts import TranscriptFormat, render, transcript_json

_UNSAFE = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]')


def write_zip(database: Database, project: str | None, target: BinaryIO) -> None:
    """A zip with a folder a project, and in it a Markdown and a JSON file a meeting. Blocking."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for meeting, name, utterances in _transcripts(database, project):
            stem = f"{_safe(name)}/{meeting.date} {_safe(meeting.title)} {_safe(meeting.id)}"
            for format in (TranscriptFormat.MD, TranscriptFormat.JSON):
                archive.writestr(f"{stem}.{format.value}", render(meeting, name, utterances, format).encode())


def write_jsonl(database: Database, project: str | None, target: BinaryIO) -> None:
    """JSON Lines, a transcript document a line, as the importer reads them. Blocking."""
    for meeting, name, utterances in _transcripts(database, project):
        line = json.dumps(transcript_json(meeting, name, utterances), ensure_ascii=False)
        target.write(line.encode() + b"\n")


def _transcripts(database: Database, project: str | None) -> Iterator[tuple[Meeting, str, Sequence[StoredLine]]]:
    where = SearchFilter(projects=(project,) if project else ())
    with database.session() as session:
        found = MeetingRepository(session).list(where)
    for meeting, name in found:
        if meeting.stage is Stage.READY:
            with database.session() as session:
                yield meeting, name, TranscriptRepository(session).lines(meeting.id)


def _safe(name: str) -> str:
    """A name that is one plain part of a path on every system."""
    return _UNSAFE.sub("_", name).strip(" .")[:80] or "_"
