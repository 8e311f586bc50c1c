"""The run of `huimai eval transcripts`: recordings are ingested, and what was heard is scored against what was said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ingestion.domain import Stage
from ingestion.evaluation.recordings import RecordedFolder, Recording
from ingestion.evaluation.transcripts import HeardLine, ScoredRecording, score, summary
from ingestion.pipeline import NO_SPEECH
from ingestion.repository import TranscriptRepository
from server.evaluation.meetings import OpenServices, Report, add_terms, distinct_names, failure, ingest, read_glossary
from server.job_views import JobView
from server.services import Services


@dataclass(frozen=True, slots=True)
class Heard:
    """A recording, the lines that are stored of it, and its score."""

    recording: Recording
    lines: tuple[HeardLine, ...]
    scored: ScoredRecording

    def to_json(self) -> dict[str, Any]:
        """The recording's line of the details."""
        return {
            "name": self.recording.name,
            **self.scored.to_json(),
            "said": self.recording.said.lines,
            "heard": [line.text for line in self.lines],
            "raw": [line.raw_text for line in self.lines],
            "edits": self.scored.alignment.edits,
        }


def evaluate_transcripts(
    folders: Sequence[RecordedFolder], open_services: OpenServices, report: Report = lambda _what, _share: None
) -> tuple[dict[str, Any], list[Heard]]:
    """The document of `huimai eval transcripts`, and every recording with what was heard; each folder has a home of
    its own.

    A folder's terms, or its `glossary.toml` if it has one, are in the glossary, as a team would have them. A recording
    in which no speech is found counts as heard empty. Raises BadInputError when one cannot be ingested.
    """
    names = distinct_names([folder.path for folder in folders])
    glossaries = [read_glossary(folder.path / "glossary.toml") for folder in folders]
    heard: list[Heard] = []
    setup: dict[str, Any] = {}
    for number, (folder, glossary) in enumerate(zip(folders, glossaries, strict=True)):
        with open_services() as services:
            add_terms(services, folder.project, glossary or folder.terms)
            files = [(recording.audio, recording.language) for recording in folder.recordings]
            jobs = ingest(
                services, files, folder.project, lambda share, n=number: report("ingesting", (n + share) / len(folders))
            )
            heard += [_heard(services, folder, *pair) for pair in zip(folder.recordings, jobs, strict=True)]
            setup = _setup(services)
    document = {
        **summary([one.scored for one in heard]),
        "meetings": len(heard),
        "setup": {"recordings": names, **setup},
    }
    return document, heard


def _heard(services: Services, folder: RecordedFolder, recording: Recording, job: JobView) -> Heard:
    if job.stage == Stage.FAILED and not (job.error or "").endswith(NO_SPEECH):
        raise failure(job)
    with services.database.session() as session:
        stored = TranscriptRepository(session).utterances(job.meeting_id)
        lines = tuple(HeardLine(line.text, line.raw_text, line.speaker) for line in stored)
    terms = [term.canonical for term in folder.terms]
    return Heard(recording, lines, score(recording.name, recording.language, recording.said, lines, terms))


def _setup(services: Services) -> dict[str, Any]:
    settings = services.settings.ingestion
    return {
        "speech_model": settings.speech_model,
        "script": settings.script,
        "normalize_numbers": settings.normalize_numbers,
    }
