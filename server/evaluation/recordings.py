"""Recordings with their truth in homes that are thrown away: ingested, and what is stored of each is read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from ingestion.domain import Stage
from ingestion.evaluation.diarization import owners, shared_words
from ingestion.evaluation.recordings import RecordedFolder, Recording
from ingestion.evaluation.transcripts import HeardLine
from ingestion.hearing import NO_SPEECH
from ingestion.repository import TranscriptRepository
from ingestion.speech.choice import choose_recogniser
from ingestion.voice_repository import VoiceRepository
from server.evaluation.meetings import (
    OpenServices,
    Report,
    add_terms,
    distinct_names,
    failure,
    glossary_of,
    ingest,
    wait,
)
from server.job_views import JobView
from server.services import Services

Read = TypeVar("Read")


def hear(
    folders: Sequence[RecordedFolder],
    open_services: OpenServices,
    report: Report,
    read: Callable[[Services, RecordedFolder, Recording, str], Read],
    then: Callable[[Services, RecordedFolder, list[Read]], list[Read]] = lambda _services, _folder, found: found,
) -> tuple[list[Read], dict[str, Any]]:
    """Ingest the recordings of each folder in a home of its own, and `read` each one by the id of its meeting, also
    where no speech was found. `then` may do more with what was read of a folder, while its home is there. Returns what
    was read, and the folders and settings for the report.

    A folder's terms, or its `glossary.toml` if it has one, are in the glossary, as a team would have them. Raises
    BadInputError when two folders have one name and when a recording cannot be ingested.
    """
    names = distinct_names([folder.path for folder in folders])
    glossaries = [glossary_of(folder.path) for folder in folders]
    found: list[Read] = []
    setup: dict[str, Any] = {}
    for number, (folder, glossary) in enumerate(zip(folders, glossaries, strict=True)):
        with open_services() as services:
            add_terms(services, folder.project, glossary or folder.terms)
            files = [(recording.audio, recording.language) for recording in folder.recordings]
            jobs = ingest(
                services, files, folder.project, lambda share, n=number: report("ingesting", (n + share) / len(folders))
            )
            if failed := next((job for job in jobs if _is_broken(job)), None):
                raise failure(failed)
            pairs = zip(folder.recordings, jobs, strict=True)
            found += then(services, folder, [read(services, folder, one, job.meeting_id) for one, job in pairs])
            setup = _setup(services)
    return found, {"recordings": names, **setup}


def stored_lines(services: Services, meeting_id: str) -> tuple[HeardLine, ...]:
    """The utterances that are stored of a meeting."""
    with services.database.session() as session:
        stored = TranscriptRepository(session).utterances(meeting_id)
        return tuple(HeardLine(line.text, line.raw_text, line.speaker) for line in stored)


def name_speakers(services: Services, recording: Recording, meeting_id: str) -> None:
    """Name the speakers of a meeting by its truth, as a user would, and wait until meetings where their voices are
    recognised have followed."""
    with services.database.session() as session:
        labels = VoiceRepository(session).labels(meeting_id)
    told = owners(shared_words(recording.speakers.lines, stored_lines(services, meeting_id)))
    names = {number: told[label] for number, label in labels.items() if label in told}
    if changed := services.name_speakers(meeting_id, names, remember_by="evaluation"):
        wait(services, changed)


def _is_broken(job: JobView) -> bool:
    return job.stage == Stage.FAILED and not (job.error or "").endswith(NO_SPEECH)


def _setup(services: Services) -> dict[str, Any]:
    settings = services.settings.ingestion
    return {
        "speech_model": choose_recogniser(settings, services.models).name,
        "second_speech_model": settings.second_speech_model,
        "speaker_model": settings.speaker_model if settings.diarizer == "local" else settings.pyannote_pipeline,
        "script": settings.script,
        "normalize_numbers": settings.normalize_numbers,
    }
