"""The run of `huimai eval transcripts`: recordings are ingested, and what was heard is scored against what was said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ingestion.evaluation.recordings import RecordedFolder, Recording
from ingestion.evaluation.transcripts import HeardLine, ScoredRecording, score, summary
from server.evaluation.meetings import OpenServices, Report
from server.evaluation.recordings import hear, stored_lines
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
            "spoilt": self.scored.spoilt,
        }


def evaluate_transcripts(
    folders: Sequence[RecordedFolder], open_services: OpenServices, report: Report = lambda _what, _share: None
) -> tuple[dict[str, Any], list[Heard]]:
    """The document of `huimai eval transcripts`, and every recording with what was heard.

    A recording in which no speech is found counts as heard empty. Raises BadInputError when one cannot be ingested.
    """
    heard, setup = hear(folders, open_services, report, _heard)
    document = {**summary([one.scored for one in heard]), "meetings": len(heard), "setup": setup}
    return document, heard


def _heard(services: Services, folder: RecordedFolder, recording: Recording, meeting_id: str) -> Heard:
    lines = stored_lines(services, meeting_id)
    terms = [term.canonical for term in folder.terms]
    return Heard(recording, lines, score(recording.name, recording.language, recording.said, lines, terms))
