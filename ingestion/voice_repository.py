"""All SQL over voices and the people whose they are. Nothing here commits: the caller's session does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sqlmodel import Session, col, delete, select, update

from ingestion.errors import NotFoundError
from ingestion.repository import ProjectRepository, TranscriptRepository
from ingestion.speakers.domain import SpeakerTurn, SpeakerVoice
from ingestion.speakers.recognition import Recognised, Vector
from ingestion.speakers.telling_anew import Claim, silenced
from ingestion.stored_values import vector_from_text, vector_to_text, voices_from_json, voices_to_json
from ingestion.tables import Meeting, MeetingVoice, Person, Voiceprint


class VoiceRepository:
    """The voices of meetings, the people of projects and their voiceprints."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def replace_voices(self, meeting_id: str, model_id: str, voices: Iterable[SpeakerVoice]) -> None:
        """Store how the speakers of a meeting sound in place of what was there. Nobody is recognised yet."""
        self.session.exec(delete(MeetingVoice).where(col(MeetingVoice.meeting_id) == meeting_id))
        self.session.add_all(
            MeetingVoice(
                meeting_id=meeting_id,
                speaker=voice.speaker,
                model_id=model_id,
                vector=vector_to_text(voice.vector),
                seconds=voice.seconds,
            )
            for voice in voices
        )

    def carry_over(self, meeting_id: str, kept: Mapping[int, Claim]) -> bool:
        """Let what somebody said of a meeting's speakers hold of those as told anew, given by their number, and take
        what profiles stand on along. What nobody holds any more leaves the profiles. Whether a profile has changed."""
        prints = list(self.session.exec(select(Voiceprint).where(Voiceprint.meeting_id == meeting_id)))
        old = [print_.model_dump() for print_ in prints]
        self.session.exec(delete(Voiceprint).where(col(Voiceprint.meeting_id) == meeting_id))
        for voice in self.voices(meeting_id):
            claim = kept.get(voice.speaker)
            if claim is None:
                continue
            voice.person_id, voice.known, voice.confirmed = claim.person, claim.person is not None, True
            self.session.add(voice)
            stood = (one for one in old if one["person_id"] == claim.person and one["speaker"] in claim.speakers)
            if voice.vector is not None and (one := next(stood, None)):
                sound = {"model_id": voice.model_id, "vector": voice.vector, "seconds": voice.seconds}
                self.session.add(Voiceprint.model_validate({**one, "speaker": voice.speaker, **sound}))
        self.session.flush()
        return bool(prints)

    def silent_turns(self, meeting_id: str) -> list[SpeakerTurn]:
        """The turns of those speakers of a meeting of whom it was forgotten how they sound."""
        silent = {voice.speaker for voice in self.voices(meeting_id) if voice.vector is None}
        return [turn for turn in TranscriptRepository(self.session).turns(meeting_id) if turn.speaker in silent]

    def voices(self, meeting_id: str) -> list[MeetingVoice]:
        """The voices of a meeting by number."""
        wanted = select(MeetingVoice).where(MeetingVoice.meeting_id == meeting_id)
        return list(self.session.exec(wanted.order_by(col(MeetingVoice.speaker))))

    def voice(self, meeting_id: str, speaker: int) -> MeetingVoice:
        """One voice. Raises NotFoundError."""
        voice = self.session.get(MeetingVoice, (meeting_id, speaker))
        if voice is None:
            count = len(self.voices(meeting_id))
            raise NotFoundError(
                f"the meeting '{meeting_id}' has no speaker {speaker}",
                f"its speakers are 1 to {count}" if count else "nobody was told apart in it",
            )
        return voice

    def heard_voices(self, meeting_id: str) -> list[SpeakerVoice]:
        """The voices of a meeting as they sound."""
        return [SpeakerVoice(v.speaker, vector_from_text(v.vector), v.seconds) for v in self.voices(meeting_id)]

    def names(self, meeting_id: str) -> dict[int, str]:
        """The names of those speakers of a meeting who are known, by number."""
        wanted = select(MeetingVoice.speaker, Person.name).join(Person)
        known = wanted.where(MeetingVoice.meeting_id == meeting_id, col(MeetingVoice.known))
        return dict(self.session.exec(known).all())

    def labels(self, meeting_id: str) -> dict[int, str]:
        """What the speakers of a meeting are called, by number: their names, or numbered where nobody knows them."""
        names = self.names(meeting_id)
        return {v.speaker: names.get(v.speaker, f"Speaker {v.speaker}") for v in self.voices(meeting_id)}

    def keep_labels(self, meeting_id: str) -> dict[int, str]:
        """`labels`, remembered as what the stored lines call the speakers."""
        labels = self.labels(meeting_id)
        for voice in self.voices(meeting_id):
            voice.label = labels[voice.speaker]
            self.session.add(voice)
        return labels

    def is_renamed(self, meeting_id: str) -> bool:
        """Whether the speakers of a meeting are called otherwise than its stored lines call them."""
        labels = self.labels(meeting_id)
        return any(voice.label != labels[voice.speaker] for voice in self.voices(meeting_id))

    def set_recognised(self, meeting_id: str, recognised: Iterable[Recognised]) -> None:
        """Record who the voices of a meeting may be, except where somebody has confirmed who it is."""
        proposals = {one.speaker: one for one in recognised}
        for voice in self.voices(meeting_id):
            if voice.confirmed:
                continue
            one = proposals.get(voice.speaker)
            voice.person_id = one.person if one else None
            voice.cosine = round(one.cosine, 4) if one else None
            voice.known = one.known if one else False
            self.session.add(voice)
        self.session.flush()

    def confirm(self, voice: MeetingVoice, person: Person | None) -> None:
        """Say whose voice it is; null means that it is nobody's who is known. Nobody else's profile stands on it any
        more."""
        voice.person_id = person.id if person else None
        voice.cosine, voice.known, voice.confirmed = None, person is not None, True
        self.session.add(voice)
        same = (col(Voiceprint.meeting_id) == voice.meeting_id) & (col(Voiceprint.speaker) == voice.speaker)
        self.session.exec(delete(Voiceprint).where(same, col(Voiceprint.person_id) != (voice.person_id or "")))
        self.session.flush()

    def people(self, project_id: str) -> list[Person]:
        """The people of a project by name."""
        wanted = select(Person).where(Person.project_id == project_id)
        return list(self.session.exec(wanted.order_by(col(Person.name), col(Person.created_at))))

    def expected_names(self, project_id: str) -> set[str]:
        """Names that may be said in a project's meetings: those of its people, and of the people in its glossary."""
        terms = ProjectRepository(self.session).glossary(project_id)
        named = {person.name for person in self.people(project_id)}
        return named | {term.canonical for term in terms if term.kind == "person"}

    def person(self, person_id: str) -> Person:
        """Raises NotFoundError."""
        person = self.session.get(Person, person_id)
        if person is None:
            raise NotFoundError(f"nobody has the id '{person_id}'", "`huimai speakers people` lists them")
        return person

    def person_named(self, project_id: str, name: str) -> Person | None:
        """The first person of that name in a project; null where there is none."""
        wanted = select(Person).where(Person.project_id == project_id, Person.name == name)
        return self.session.exec(wanted.order_by(col(Person.created_at))).first()

    def ensure_person(self, project_id: str, name: str) -> Person:
        """The first person of that name in a project, made if there is none."""
        person = self.person_named(project_id, name)
        if person is None:
            person = Person(project_id=project_id, name=name)
            self.session.add(person)
            self.session.flush()
        return person

    def rename(self, person: Person, name: str) -> Person:
        """Call a person otherwise; who is called so already and the person are one from now on. Returns that one."""
        other = self.session.exec(
            select(Person).where(Person.project_id == person.project_id, Person.name == name, Person.id != person.id)
        ).first()
        if other is None:
            person.name = name
            self.session.add(person)
            self.session.flush()
            return person
        for table in (Voiceprint, MeetingVoice):
            self.session.exec(update(table).where(col(table.person_id) == person.id).values(person_id=other.id))
        self.session.expire_all()
        self.session.delete(person)
        self.session.flush()
        return other

    def known_vectors(self, project_id: str, model_id: str) -> dict[str, list[Vector]]:
        """The voiceprints of a model by the id of the person, of everybody in a project."""
        wanted = select(Voiceprint).join(Person).where(Person.project_id == project_id)
        found: dict[str, list[Vector]] = defaultdict(list)
        for print_ in self.session.exec(wanted.where(Voiceprint.model_id == model_id)):
            found[print_.person_id].append(vector_from_text(print_.vector) or ())
        return dict(found)

    def stand_on(self, voice: MeetingVoice, sound: SpeakerVoice) -> None:
        """Store how a speaker of a meeting sounds by another choice of stretches; voiceprints made of it follow. Where
        it is not known how that sounds, nothing changes."""
        if sound.vector is None:
            return
        voice.vector, voice.seconds = vector_to_text(sound.vector), sound.seconds
        self.session.add(voice)
        same = (col(Voiceprint.meeting_id) == voice.meeting_id) & (col(Voiceprint.speaker) == voice.speaker)
        self.session.exec(update(Voiceprint).where(same).values(vector=voice.vector, seconds=voice.seconds))
        self.session.flush()

    def vectors_elsewhere(self, person: Person, voice: MeetingVoice) -> list[Vector]:
        """A person's voiceprints from other meetings than that of a voice, of the same model."""
        return [
            vector_from_text(kept.vector) or ()
            for kept in self.voiceprints(person.id)
            if kept.model_id == voice.model_id and kept.meeting_id != voice.meeting_id
        ]

    def enrol(self, voice: MeetingVoice, person: Person, consented_by: str) -> Voiceprint | None:
        """Keep a voice as a person's, once; null where the voice is not clear enough to be known again."""
        if voice.vector is None:
            return None
        same = select(Voiceprint).where(
            Voiceprint.person_id == person.id,
            Voiceprint.meeting_id == voice.meeting_id,
            Voiceprint.speaker == voice.speaker,
        )
        kept = self.session.exec(same).first()
        if kept is None:
            kept = Voiceprint(
                person_id=person.id,
                meeting_id=voice.meeting_id,
                speaker=voice.speaker,
                model_id=voice.model_id,
                vector=voice.vector,
                seconds=voice.seconds,
                consented_by=consented_by,
            )
            self.session.add(kept)
            self.session.flush()
        return kept

    def voiceprints(self, person_id: str) -> list[Voiceprint]:
        """What a person's profile stands on, oldest first."""
        wanted = select(Voiceprint).where(Voiceprint.person_id == person_id)
        return list(self.session.exec(wanted.order_by(col(Voiceprint.created_at))))

    def voiceprint(self, voiceprint_id: str) -> Voiceprint:
        """Raises NotFoundError."""
        kept = self.session.get(Voiceprint, voiceprint_id)
        if kept is None:
            raise NotFoundError(
                f"there is no voiceprint '{voiceprint_id}'", "`huimai speakers people` lists what is kept"
            )
        return kept

    def drop_voiceprint(self, voiceprint_id: str) -> Person:
        """Take one meeting's voice out of a profile; returns whose. Raises NotFoundError."""
        kept = self.voiceprint(voiceprint_id)
        person = self.person(kept.person_id)
        self.session.delete(kept)
        self.session.flush()
        return person

    def forget(self, person: Person) -> None:
        """Remove a person with all voice data, for good: also how the voices sound that are known to be theirs. What
        the transcripts call them stays until they are derived anew."""
        self.session.exec(delete(Voiceprint).where(col(Voiceprint.person_id) == person.id))
        for voice in self.session.exec(select(MeetingVoice).where(MeetingVoice.person_id == person.id)):
            if voice.known:
                self._drop_sound(voice)
            voice.person_id = voice.cosine = None
            voice.known = voice.confirmed = False
            self.session.add(voice)
        self.session.flush()
        self.session.delete(person)
        self.session.flush()

    def refile(self, meeting_id: str, project_id: str) -> None:
        """Take the voices of a meeting along to another project: those that somebody has named are there the people
        of the same names. Whose the others are is for that project to say."""
        for voice in self.voices(meeting_id):
            if voice.confirmed and voice.person_id is not None:
                voice.person_id = self.ensure_person(project_id, self.person(voice.person_id).name).id
            elif not voice.confirmed:
                voice.person_id, voice.cosine, voice.known = None, None, False
            self.session.add(voice)
        for kept in self.session.exec(select(Voiceprint).where(Voiceprint.meeting_id == meeting_id)):
            kept.person_id = self.ensure_person(project_id, self.person(kept.person_id).name).id
            self.session.add(kept)
        self.session.flush()

    def renamed(self) -> list[str]:
        """The ids of all meetings whose speakers are called otherwise than their stored lines call them."""
        heard = self.session.exec(
            select(MeetingVoice.meeting_id).where(col(MeetingVoice.label).is_not(None)).distinct()
        )
        return [meeting_id for meeting_id in heard.all() if self.is_renamed(meeting_id)]

    def meetings_with_voices(self, project_id: str) -> Sequence[str]:
        """The ids of the project's meetings in which speakers were told apart, oldest first."""
        heard = col(Meeting.id).in_(select(MeetingVoice.meeting_id))
        wanted = select(Meeting.id).where(Meeting.project_id == project_id, heard)
        return list(self.session.exec(wanted.order_by(col(Meeting.date), col(Meeting.id))))

    def _drop_sound(self, voice: MeetingVoice) -> None:
        """Forget how a voice sounds, on the whole and wherever it is heard."""
        transcripts = TranscriptRepository(self.session)
        turns = [turn for turn in transcripts.turns(voice.meeting_id) if turn.speaker == voice.speaker]
        voice.vector = None
        for piece in transcripts.pieces(voice.meeting_id):
            heard = voices_from_json(piece.voices or [])
            kept = silenced(heard, turns)
            if kept != heard:
                piece.voices = voices_to_json(kept)
                self.session.add(piece)
