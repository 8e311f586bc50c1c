"""The step that tells the speakers of a stored meeting apart, from the voices that were heard in its pieces."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ingestion.database import Database
from ingestion.errors import BadInputError
from ingestion.repository import MeetingRepository, TranscriptRepository
from ingestion.speakers.bounds import MOST, Bounds
from ingestion.speakers.domain import HeardVoice, SpeakerTurn, SpeakerVoice, Told
from ingestion.speakers.memory import store_told
from ingestion.speakers.scales import voice_scale
from ingestion.speakers.sides import TWO_SIDES, tell_sides_apart
from ingestion.speakers.telling_anew import left
from ingestion.speakers.telling_apart import joined
from ingestion.stored_values import voices_from_json
from ingestion.tables import Meeting
from ingestion.voice_repository import VoiceRepository

SAID = "were said to speak"
"""How the note of a meeting ends in which other than the given number of speakers were found."""
TAKEN_BACK = "names taken back when its speakers were told apart anew: "
"""How the note of a meeting begins in which nobody is called any more what somebody was before."""


@dataclass(frozen=True, slots=True)
class _Heard:
    """What telling apart works on; `silent` are turns that stay, of people whose sound was forgotten. `given` is false
    where nobody said how many speak."""

    voices: list[HeardVoice]
    silent: list[SpeakerTurn]
    bounds: Bounds
    given: bool


def tell_meeting_apart(database: Database, meeting_id: str, model_id: str) -> list[str]:
    """Tell from the voices of all pieces who speaks when, and who of them is known; once, and again when it is wanted.

    Returns as `store_told`.
    """
    while (heard := _heard(database, meeting_id)) is not None:
        told = _told(heard, voice_scale(model_id).alike)
        with database.session() as session:
            meeting = MeetingRepository(session).hold(meeting_id)
            voices = VoiceRepository(session)
            if voices.silent_turns(meeting_id) != heard.silent:
                continue  # somebody was forgotten meanwhile
            names = set(voices.names(meeting_id).values())
            others = store_told(session, meeting_id, model_id, told)
            taken = names.difference(voices.names(meeting_id).values())
            meeting.tell_anew = False
            meeting.notes = [*_other_notes(meeting), *_notes(heard, told, taken)]
            session.add(meeting)
            return others
    return []


def want_told_anew(meeting: Meeting, bounds: Bounds | None) -> None:
    """Note that the speakers of a meeting are to be told apart anew; without bounds, as many as are heard.

    Raises BadInputError for an imported transcript.
    """
    if meeting.media_sha256 is None:
        raise BadInputError(
            f"'{meeting.title}' was imported as text, nobody is heard in it",
            "`huimai correct` changes who says a line",
        )
    meeting.speakers_least, meeting.speakers_most = (bounds.least, bounds.most) if bounds else (None, None)
    meeting.tell_anew = True


def _heard(database: Database, meeting_id: str) -> _Heard | None:
    """Null when everybody has been told apart."""
    with database.session() as session:
        voices, meeting = VoiceRepository(session), MeetingRepository(session).get(meeting_id)
        if voices.voices(meeting_id) and not meeting.tell_anew:
            return None
        pieces = TranscriptRepository(session).pieces(meeting_id)
        return _Heard(
            [voice for piece in pieces for voice in voices_from_json(piece.voices or [])],
            voices.silent_turns(meeting_id),
            Bounds(meeting.speakers_least or 1, meeting.speakers_most or MOST),
            given=meeting.speakers_least is not None,
        )


def _told(heard: _Heard, alike: float) -> Told:
    silent = sorted({turn.speaker for turn in heard.silent})
    bounds = Bounds(max(1, heard.bounds.least - len(silent)), max(1, heard.bounds.most - len(silent)))
    told = tell_sides_apart(left(heard.voices, heard.silent), bounds, alike)
    if not silent:
        return told
    return joined([told, Told(tuple(heard.silent), tuple(SpeakerVoice(one, None, 0.0) for one in silent))])


def _notes(heard: _Heard, told: Told, taken: Collection[str]) -> list[str]:
    found, bounds = len({turn.speaker for turn in told.turns}), heard.bounds
    wanted = f"{bounds.least}" if bounds.least == bounds.most else f"{bounds.least}-{bounds.most}"
    notes = [TWO_SIDES] if any(voice.channel for voice in heard.voices) else []
    if heard.given and not bounds.least <= found <= bounds.most:
        notes.append(f"{found} speakers were found, {wanted} {SAID}")
    return [*notes, f"{TAKEN_BACK}{', '.join(sorted(taken))}"] if taken else notes


def _other_notes(meeting: Meeting) -> Sequence[str]:
    told = (TWO_SIDES, SAID)
    return [note for note in meeting.notes if not note.endswith(told) and not note.startswith(TAKEN_BACK)]
