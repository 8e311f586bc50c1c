"""The memory of voices: who is known in a project, and in which meetings they are recognised."""

from __future__ import annotations

from collections.abc import Mapping

from sqlmodel import Session

from ingestion.database import Database
from ingestion.errors import ConflictError
from ingestion.repository import MeetingRepository, TranscriptRepository
from ingestion.side_repository import SideRepository
from ingestion.speakers.domain import Told
from ingestion.speakers.recognition import likeness, recognise
from ingestion.speakers.scales import voice_scale
from ingestion.speakers.telling_anew import claims, settled
from ingestion.stored_values import vector_from_text
from ingestion.tables import MeetingVoice, Person
from ingestion.voice_repository import VoiceRepository


class VoiceMemory:
    """Names voices, and recognises them in the other meetings of their project.

    Every method returns the ids of the meetings whose stored lines now call somebody by another name: they have to be
    derived anew.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def name(self, meeting_id: str, names: Mapping[int, str | None], remember_by: str | None = None) -> list[str]:
        """Say who speakers of a meeting are, by number; null means nobody who is known.

        `remember_by` is who agrees that the voices are kept, to be recognised in other meetings; null keeps nothing.
        Raises NotFoundError when the meeting has no such speaker, and ConflictError when a voice to be kept does not
        sound like the person; then nobody is named.
        """
        with self._database.session() as session:
            project = MeetingRepository(session).get(meeting_id).project_id
            voices = VoiceRepository(session)
            for speaker, name in names.items():
                voice = voices.voice(meeting_id, speaker)
                person = None if name is None else voices.ensure_person(project, name)
                voices.confirm(voice, person)
                if person is not None and remember_by:
                    _require_alike(voices, voice, person)
                    voices.enrol(voice, person, remember_by)
            return _recognised_again(session, project)

    def recognise_again(self, project_id: str) -> list[str]:
        """Match the voices of all meetings of a project with those that are known, after a meeting was deleted."""
        with self._database.session() as session:
            return _recognised_again(session, project_id)

    def drop_voiceprint(self, voiceprint_id: str) -> list[str]:
        """Take one meeting's voice out of a profile that it has spoilt. Raises NotFoundError."""
        with self._database.session() as session:
            person = VoiceRepository(session).drop_voiceprint(voiceprint_id)
            return _recognised_again(session, person.project_id)

    def rename(self, person_id: str, name: str) -> list[str]:
        """Call a person otherwise in all meetings; with the name of another one the two become one. Raises
        NotFoundError."""
        with self._database.session() as session:
            voices = VoiceRepository(session)
            known = voices.person(person_id)
            SideRepository(session).rename(known.project_id, known.name, name)
            person = voices.rename(known, name)
            return _recognised_again(session, person.project_id)

    def forget(self, person_id: str) -> list[str]:
        """Delete a person with all their voice data, for good. Raises NotFoundError."""
        with self._database.session() as session:
            voices = VoiceRepository(session)
            person = voices.person(person_id)
            project = person.project_id
            voices.forget(person)
            return _recognised_again(session, project)


def _require_alike(voices: VoiceRepository, voice: MeetingVoice, person: Person) -> None:
    """Raises ConflictError when a voice is unlike those of the person in other meetings: it may be a namesake's."""
    known = voices.vectors_elsewhere(person, voice)
    if not known or voice.vector is None:
        return
    cosine = likeness(vector_from_text(voice.vector) or (), known)
    if cosine < voice_scale(voice.model_id).possible:
        raise ConflictError(
            f"speaker {voice.speaker} does not sound like {person.name} (cosine {cosine:.2f}), whose voice is kept",
            f"for a namesake write what tells them apart, such as '{person.name} (2)'; for {person.name} in a bad "
            "recording leave out that the voice is kept",
        )


def recognise_in(session: Session, meeting_id: str) -> None:
    """Match the voices of a meeting with those known in its project. Whom somebody has named stays so."""
    voices = VoiceRepository(session)
    heard = voices.voices(meeting_id)
    if not heard:
        return
    project = MeetingRepository(session).get(meeting_id).project_id
    people = voices.known_vectors(project, heard[0].model_id)
    taken = {voice.person_id for voice in heard if voice.known and voice.confirmed}
    free = {person: known for person, known in people.items() if person not in taken}
    voices.set_recognised(meeting_id, recognise(voices.heard_voices(meeting_id), free, voice_scale(heard[0].model_id)))


def store_told(session: Session, meeting_id: str, model_id: str, told: Told) -> list[str]:
    """Store who speaks when in a meeting in place of what was told before, and recognise who is known. What somebody
    said of a speaker stays with whom it is mostly true of; where there is nobody, the speaker is unknown.

    Returns the ids of the other meetings of the project whose stored lines now call somebody by another name.
    """
    transcripts, voices = TranscriptRepository(session), VoiceRepository(session)
    confirmed = {voice.speaker: voice.person_id for voice in voices.voices(meeting_id) if voice.confirmed}
    kept = settled(claims(confirmed), transcripts.turns(meeting_id), told.turns)
    transcripts.replace_turns(meeting_id, told.turns)
    voices.replace_voices(meeting_id, model_id, told.voices)
    session.flush()
    profiles_changed = voices.carry_over(meeting_id, kept)
    recognise_in(session, meeting_id)
    if not profiles_changed:
        return []
    project = MeetingRepository(session).get(meeting_id).project_id
    return [other for other in _recognised_again(session, project) if other != meeting_id]


def _recognised_again(session: Session, project_id: str) -> list[str]:
    voices = VoiceRepository(session)
    meetings = voices.meetings_with_voices(project_id)
    for meeting_id in meetings:
        recognise_in(session, meeting_id)
    return [meeting_id for meeting_id in meetings if voices.is_renamed(meeting_id)]
