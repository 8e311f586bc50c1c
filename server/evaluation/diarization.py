"""The run of `huimai eval diarization`: recordings are ingested, and who was heard is scored against who spoke."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from ingestion.errors import BadInputError
from ingestion.evaluation.diarization import ScoredSpeakers, named, score, shared_words, summary
from ingestion.evaluation.recordings import RecordedFolder, Recording
from ingestion.evaluation.transcripts import HeardLine
from ingestion.repository import TranscriptRepository
from ingestion.speakers.domain import SpeakerTurn
from ingestion.voice_repository import VoiceRepository
from server.evaluation.meetings import OpenServices, Report
from server.evaluation.recordings import hear, name_speakers, stored_lines
from server.services import Services


@dataclass(frozen=True, slots=True)
class Heard:
    """A recording, the turns and lines that are stored of it before anybody is named, and its score."""

    meeting_id: str
    recording: Recording
    turns: tuple[SpeakerTurn, ...]
    lines: tuple[HeardLine, ...]
    scored: ScoredSpeakers

    def to_json(self) -> dict[str, Any]:
        """The recording's line of the details. Turns are [speaker, start, end], lines [speaker, text]."""
        truth = self.recording.speakers
        spoken = [(who, span.start, span.end) for who, spans in truth.turns.items() for span in spans]
        return {
            "name": self.recording.name,
            **self.scored.to_json(),
            "turns_said": sorted(spoken, key=lambda turn: turn[1]),
            "turns_heard": [(turn.speaker, turn.start, turn.end) for turn in self.turns],
            "said": truth.lines,
            "heard": [(line.speaker, line.text) for line in self.lines],
        }


def evaluate_diarization(
    folders: Sequence[RecordedFolder], open_services: OpenServices, report: Report = lambda _what, _share: None
) -> tuple[dict[str, Any], list[Heard]]:
    """The document of `huimai eval diarization`, and every recording with who was heard.

    Recordings whose truth does not tell who spoke when are left out. Raises BadInputError when none is left, and when
    one cannot be ingested.
    """
    told = [
        replace(folder, recordings=tuple(one for one in folder.recordings if one.speakers.turns)) for folder in folders
    ]
    every, scored = (sum(len(folder.recordings) for folder in of) for of in (folders, told))
    if not scored:
        raise BadInputError(
            f"no truth in {', '.join(folder.path.name for folder in folders)} tells who spoke when",
            "give every line of a meeting, or the segments of a clip, their speaker, start and end",
        )
    heard, setup = hear([folder for folder in told if folder.recordings], open_services, report, _heard, _name_first)
    document = {
        **summary([one.scored for one in heard]),
        "meetings": scored,
        "left_out": every - scored,
        "setup": setup,
    }
    return document, heard


def _heard(services: Services, _folder: RecordedFolder, recording: Recording, meeting_id: str) -> Heard:
    lines = stored_lines(services, meeting_id)
    with services.database.session() as session:
        turns = tuple(TranscriptRepository(session).turns(meeting_id))
    scored = score(recording.name, recording.language, recording.said, recording.speakers, turns, lines)
    return Heard(meeting_id, recording, turns, lines, scored)


def _name_first(services: Services, folder: RecordedFolder, heard: list[Heard]) -> list[Heard]:
    """Name the speakers of a series' first meeting by its truth, and score who is recognised in the later ones."""
    if not folder.series or len(heard) < 2:
        return heard
    first, *later = heard
    name_speakers(services, first.recording, first.meeting_id)
    return [first, *(_recognised(services, one) for one in later)]


def _recognised(services: Services, one: Heard) -> Heard:
    with services.database.session() as session:
        names = set(VoiceRepository(session).names(one.meeting_id).values())
    shared = shared_words(one.recording.speakers.lines, stored_lines(services, one.meeting_id))
    right, false = named(shared, names)
    return replace(one, scored=replace(one.scored, named_right=right, named_false=false))
