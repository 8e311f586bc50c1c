"""The recordings of a series as they are heard: lines with times, under the names that a user would give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from ingestion.evaluation.recordings import RecordedFolder, Recording
from ingestion.repository import TranscriptRepository
from retrieval.domain import Line, lines_of
from server.evaluation.meetings import OpenServices, Report
from server.evaluation.recordings import hear, name_speakers
from server.services import Services


@dataclass(frozen=True, slots=True)
class _Heard:
    """A meeting by its name and its id; its lines once they are read."""

    name: str
    id: str
    recording: Recording
    lines: tuple[Line, ...] = ()


def heard_lines(
    folders: Sequence[RecordedFolder], open_services: OpenServices, report: Report
) -> tuple[dict[str, tuple[Line, ...]], dict[str, Any]]:
    """The stored lines of every meeting by name ("FOLDER/DATE"), and the settings that they were heard with.

    The speakers of a series' first meeting are named by its truth, those of the later ones by their voices. Raises
    BadInputError when a recording cannot be ingested.
    """
    heard, setup = hear(folders, open_services, report, _heard, _named)
    return {one.name: one.lines for one in heard}, {key: value for key, value in setup.items() if key != "recordings"}


def _heard(_services: Services, folder: RecordedFolder, recording: Recording, meeting_id: str) -> _Heard:
    return _Heard(f"{folder.path.name}/{recording.audio.stem}", meeting_id, recording)


def _named(services: Services, _folder: RecordedFolder, heard: list[_Heard]) -> list[_Heard]:
    if heard:
        name_speakers(services, heard[0].recording, heard[0].id)
    with services.database.session() as session:
        stored = TranscriptRepository(session)
        return [replace(one, lines=lines_of(stored.utterances(one.id))) for one in heard]
