"""Who speaks in a meeting, who is known by voice, and how that is forgotten."""

from __future__ import annotations

from fastapi import APIRouter

from ingestion.repository import MeetingRepository, ProjectRepository, TranscriptRepository
from ingestion.tables import MeetingVoice, Person, Utterance
from ingestion.voice_repository import VoiceRepository
from server.problems import responses
from server.routes.deps import API, Opened, clean_name
from server.speaker_documents import (
    NamesChanged,
    PersonDocument,
    ProposalDocument,
    SpeakerDocument,
    SpeakerNames,
    VoiceprintDocument,
)

router = APIRouter(prefix=API, tags=["speakers"])


@router.get("/meetings/{meeting_id}/speakers", summary="Who speaks in a recording", responses=responses(404))
def list_speakers(meeting_id: str, services: Opened) -> list[SpeakerDocument]:
    """The voices that were told apart, with their names as far as they are known, or who they may be. Empty for an
    imported transcript."""
    with services.database.session() as session:
        MeetingRepository(session).get(meeting_id)
        said = TranscriptRepository(session).utterances(meeting_id)
        voices = VoiceRepository(session)
        return [_speaker(voices, voice, said) for voice in voices.voices(meeting_id)]


@router.put("/meetings/{meeting_id}/speakers", summary="Name speakers", responses=responses(404, 422))
def name_speakers(meeting_id: str, body: SpeakerNames, services: Opened) -> NamesChanged:
    """The transcript, the search index and, where voices are remembered, the project's other meetings follow."""
    names = {number: None if name is None else clean_name(name, "the name") for number, name in body.names.items()}
    remember_by = None if body.consented_by is None else clean_name(body.consented_by, "who agreed")
    return NamesChanged(meetings=services.name_speakers(meeting_id, names, remember_by))


@router.get("/people", summary="Who is known in a project", responses=responses(404))
def list_people(services: Opened, project: str) -> list[PersonDocument]:
    """The people who were named, with the voiceprints that each profile stands on."""
    with services.database.session() as session:
        owner = ProjectRepository(session).named(project)
        voices, meetings = VoiceRepository(session), MeetingRepository(session)
        return [_person(voices, meetings, person, project) for person in voices.people(owner.id)]


@router.delete("/people/{person_id}", summary="Forget a person's voice", responses=responses(404))
def forget_person(person_id: str, services: Opened) -> NamesChanged:
    """Deletes the person with all voiceprints, for good. Meetings in which the voice gave the name lose it."""
    return NamesChanged(meetings=services.forget_person(person_id))


@router.delete("/voiceprints/{voiceprint_id}", summary="Take a voice out of a profile", responses=responses(404))
def drop_voiceprint(voiceprint_id: str, services: Opened) -> NamesChanged:
    """For a profile that a wrong voice has spoilt. Meetings are recognised anew with what is left."""
    return NamesChanged(meetings=services.drop_voiceprint(voiceprint_id))


def _speaker(voices: VoiceRepository, voice: MeetingVoice, said: list[Utterance]) -> SpeakerDocument:
    lines = [line for line in said if line.voice == voice.speaker]
    clear = max(lines, key=lambda line: (line.sure, len(line.text)), default=None)
    person = voices.person(voice.person_id) if voice.person_id else None
    proposal = None
    if person and not voice.known and voice.cosine is not None:
        proposal = ProposalDocument(person_id=person.id, name=person.name, cosine=voice.cosine)
    return SpeakerDocument(
        speaker=voice.speaker,
        name=person.name if person and voice.known else None,
        proposal=proposal,
        seconds=round(voice.seconds, 1),
        lines=len(lines),
        first_said=clear.text if clear else None,
        start=clear.start if clear else None,
    )


def _person(voices: VoiceRepository, meetings: MeetingRepository, person: Person, project: str) -> PersonDocument:
    prints: list[VoiceprintDocument] = []
    for kept in voices.voiceprints(person.id):
        meeting = meetings.get(kept.meeting_id)
        prints.append(
            VoiceprintDocument(
                id=kept.id,
                meeting_id=kept.meeting_id,
                title=meeting.title,
                date=meeting.date,
                speaker=kept.speaker,
                seconds=round(kept.seconds, 1),
                model=kept.model_id,
                consented_by=kept.consented_by,
                created_at=kept.created_at,
            )
        )
    return PersonDocument(id=person.id, project=project, name=person.name, voiceprints=prints)
