"""Who speaks in a meeting, who is known by voice, and how that is forgotten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from fastapi import APIRouter

from ingestion.corrections.domain import checked_name
from ingestion.repository import MeetingRepository, ProjectRepository, TranscriptRepository
from ingestion.side_repository import SideRepository
from ingestion.speakers.bounds import parse_bounds
from ingestion.speakers.names_heard import NameHeard, names_heard
from ingestion.tables import MeetingVoice, Person, Utterance
from ingestion.voice_repository import VoiceRepository
from server.problems import responses
from server.routes.deps import API, Opened, clean_name
from server.speaker_documents import (
    HeardNameDocument,
    NamesChanged,
    PersonChange,
    PersonDocument,
    ProposalDocument,
    SideChange,
    SpeakerChange,
    SpeakerCount,
    SpeakerDocument,
    SpeakerNames,
    SpeakerSideDocument,
    VoiceprintDocument,
    VoiceprintLine,
)

router = APIRouter(prefix=API, tags=["speakers"])

_MOST_HEARD = 3
"""Names heard of one speaker that are shown."""


@router.get("/meetings/{meeting_id}/speakers", summary="Who speaks in a recording", responses=responses(404))
def list_speakers(meeting_id: str, services: Opened) -> list[SpeakerDocument]:
    """The voices that were told apart, with their names as far as they are known, or who they may be by their voice,
    and what they were called in the meeting. Empty for an imported transcript."""
    with services.database.session() as session:
        meeting = MeetingRepository(session).get(meeting_id)
        voices = VoiceRepository(session)
        if not (told_apart := voices.voices(meeting_id)):
            return []
        said = TranscriptRepository(session).utterances(meeting_id)
        heard = names_heard(said, voices.expected_names(meeting.project_id))
        return [_speaker(voices, voice, said, heard.get(voice.speaker, [])) for voice in told_apart]


@router.put("/meetings/{meeting_id}/speakers", summary="Name speakers", responses=responses(404, 422))
def name_speakers(meeting_id: str, body: SpeakerNames, services: Opened) -> NamesChanged:
    """The transcript, the search index and, where voices are remembered, the project's other meetings follow."""
    names = {number: None if name is None else checked_name(name, "the name") for number, name in body.names.items()}
    remember_by = None if body.consented_by is None else clean_name(body.consented_by, "who agreed")
    return NamesChanged(meetings=services.name_speakers(meeting_id, names, remember_by))


@router.post(
    "/meetings/{meeting_id}/speakers/tell",
    status_code=202,
    summary="Tell speakers apart anew",
    responses=responses(404, 409, 422),
)
def tell_speakers(meeting_id: str, body: SpeakerCount, services: Opened) -> NamesChanged:
    """Queues that the speakers of a recording are told apart once more, as many as are given or as are heard. A name
    stays with the speaker who mostly speaks at the same times as before; where nobody does, it is taken back, and a
    note of the meeting says so.

    Nothing is heard again, except where speakers were never told apart or another model did.
    """
    bounds = parse_bounds(body.speakers) if body.speakers is not None else None
    return NamesChanged(meetings=services.tell_speakers(meeting_id, bounds))


@router.get("/people", summary="Who is known in a project", responses=responses(404))
def list_people(services: Opened, project: str) -> list[PersonDocument]:
    """The people who were named, with the voiceprints that each profile stands on."""
    with services.database.session() as session:
        owner = ProjectRepository(session).named(project)
        voices, meetings = VoiceRepository(session), MeetingRepository(session)
        return [_person(voices, meetings, person, project) for person in voices.people(owner.id)]


@router.patch("/people/{person_id}", summary="Rename a person", responses=responses(404, 422))
def rename_person(person_id: str, body: PersonChange, services: Opened) -> NamesChanged:
    """In all meetings of the project, and from now on. With the name of another person the two become one."""
    return NamesChanged(meetings=services.rename_person(person_id, checked_name(body.name, "the name")))


@router.delete("/people/{person_id}", summary="Forget a person's voice", responses=responses(404))
def forget_person(person_id: str, services: Opened) -> NamesChanged:
    """Deletes the person with all voiceprints, for good. Meetings in which the voice gave the name lose it."""
    return NamesChanged(meetings=services.forget_person(person_id))


@router.get("/voiceprints/{voiceprint_id}/lines", summary="What a voiceprint stands on", responses=responses(404))
def voiceprint_lines(voiceprint_id: str, services: Opened) -> list[VoiceprintLine]:
    """The lines of its meeting that were heard in this voice alone, and that nobody has given to somebody else."""
    with services.database.session() as session:
        kept = VoiceRepository(session).voiceprint(voiceprint_id)
        return [
            VoiceprintLine(line=line.index, start=line.start, end=line.end, text=line.text)
            for line in TranscriptRepository(session).utterances(kept.meeting_id)
            if line.voice == kept.speaker and line.sure and "speaker" not in _changed(line)
            if line.start is not None and line.end is not None
        ]


@router.delete("/voiceprints/{voiceprint_id}", summary="Take a voice out of a profile", responses=responses(404))
def drop_voiceprint(voiceprint_id: str, services: Opened) -> NamesChanged:
    """For a profile that a wrong voice has spoilt. Meetings are recognised anew with what is left."""
    return NamesChanged(meetings=services.drop_voiceprint(voiceprint_id))


@router.get("/speaker-sides", summary="Who is a customer and who of the team", responses=responses(404))
def list_sides(services: Opened, project: str) -> list[SpeakerSideDocument]:
    """Everybody who speaks in a project's meetings, by the names that transcripts call them."""
    with services.database.session() as session:
        owner, repository = ProjectRepository(session).named(project), SideRepository(session)
        sides = repository.sides(owner.id)
        names = sorted({*sides, *repository.speakers(owner.id)})
    return [SpeakerSideDocument(name=name, side=sides.get(name)) for name in names]


@router.put("/speaker-sides", summary="Say on which side somebody is", responses=responses(404, 422))
def put_side(body: SideChange, services: Opened) -> SpeakerSideDocument:
    """Comparisons of what one side said take those of whom it is known. It holds in one project."""
    with services.database.session() as session:
        owner = ProjectRepository(session).named(body.project)
        SideRepository(session).put(owner.id, body.name, body.side)
    return SpeakerSideDocument(name=body.name, side=body.side)


@router.put("/speaker-names", summary="Rename a speaker in a project", responses=responses(404, 409, 422, 503))
def rename_speaker(body: SpeakerChange, services: Opened) -> NamesChanged:
    """In all meetings of the project that are ready, whether the name came with a transcript, by a correction or from
    a known voice. With the name of somebody else the two become one; their side follows."""
    new_name = checked_name(body.new_name, "the name")
    return NamesChanged(meetings=services.rename_speaker(body.project, body.name, new_name))


def _changed(line: Utterance) -> set[str]:
    """The fields of a line that are not as they were derived."""
    return {field for field, derived in (line.uncorrected or {}).items() if getattr(line, field) != derived}


def _speaker(
    voices: VoiceRepository, voice: MeetingVoice, said: Sequence[Utterance], called: Sequence[NameHeard]
) -> SpeakerDocument:
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
        heard=[HeardNameDocument(**asdict(name), start=said[name.line].start) for name in called[:_MOST_HEARD]],
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
