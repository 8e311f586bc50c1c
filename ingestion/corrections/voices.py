"""Voices follow the corrections of who speaks: what was another's no longer says how somebody sounds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from sqlmodel import Session

from ingestion.correction_repository import CorrectionRepository
from ingestion.domain import Span
from ingestion.repository import TranscriptRepository
from ingestion.speakers.standing import voice_of
from ingestion.stored_values import voices_from_json
from ingestion.voice_repository import VoiceRepository


def settle_voices(session: Session, meeting_id: str, also: Collection[str | None] = ()) -> None:
    """Let the voices of a meeting, and the voiceprints made of them, stand on the lines that are still theirs: those
    that lines were taken from, and those whose lines are called by a name in `also`. Who lost every line is called
    otherwise now, and sounds as before."""
    repository = VoiceRepository(session)
    voices = repository.voices(meeting_id)
    given_away = _given_away(session, meeting_id) if voices else {}
    concerned = [voice for voice in voices if voice.label in given_away or voice.label in also]
    if not concerned:
        return
    transcripts = TranscriptRepository(session)
    turns = transcripts.turns(meeting_id)
    heard = [one for piece in transcripts.pieces(meeting_id) for one in voices_from_json(piece.voices or [])]
    for voice in concerned:
        whole = voice_of(voice.speaker, heard, turns)
        left = voice_of(voice.speaker, heard, turns, given_away.get(voice.label, []))
        repository.stand_on(voice, whole if left.vector is None else left)


def _given_away(session: Session, meeting_id: str) -> dict[str | None, list[Span]]:
    """When the lines are spoken that were derived as one speaker's and are another's, by that one's name."""
    found: dict[str | None, list[Span]] = defaultdict(list)
    for one in CorrectionRepository(session).lines(meeting_id):
        line = one.line
        if one.derived.speaker != line.speaker and line.start is not None and line.end is not None:
            found[one.derived.speaker].append(Span(line.start, line.end))
    return dict(found)
