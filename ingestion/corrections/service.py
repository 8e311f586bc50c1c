"""The front door of corrections. Blocking: call it from a worker thread."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlmodel import Session

from ingestion.correction_repository import CorrectionRepository
from ingestion.corrections.domain import Kind, Line, MeetingFacts, Reach, checked_name, checked_text, is_nameless
from ingestion.corrections.filing import changed_facts, file_meeting, present_facts, require_same
from ingestion.corrections.following import VectorFollower
from ingestion.corrections.settling import settle_chunks, settle_facts, settle_lines, written_lines
from ingestion.corrections.voices import settle_voices
from ingestion.database import Database
from ingestion.domain import Stage
from ingestion.errors import BadInputError, ConflictError, NotFoundError
from ingestion.ports import Embedder, VectorStore
from ingestion.repository import MeetingRepository, TranscriptRepository, require_ready
from ingestion.settings import IngestionSettings
from ingestion.side_repository import SideRepository
from ingestion.tables import CorrectionEvent, Meeting, new_id, now
from ingestion.voice_repository import VoiceRepository


class Corrector:
    """Corrects what meetings say and are called. Safe to call from several threads.

    Every correction is one transaction that holds its meetings from before it reads until it ends, so two corrections
    never lose each other's work. Search follows before a call returns, or soon after it in the other meetings that a
    correction reaches; what a crash leaves undone of that is counted in `Chunk.behind`.

    All raise NotFoundError for a meeting that does not exist, ConflictError for one that is not ready, and
    ModelMissingError without the embedding model; then nothing has changed. `made_by` is who corrects, as they say.
    """

    def __init__(
        self, database: Database, vectors: VectorStore, embedder: Embedder, settings: IngestionSettings
    ) -> None:
        self._database, self._vectors, self._embedder = database, vectors, embedder
        self._chunk_words = settings.chunk_words
        self._follower = VectorFollower(database, vectors, embedder, settings.embedding_batch * 4)

    def close(self) -> None:
        """Wait until search knows every correction, and end."""
        self._follower.close()

    def correct_text(
        self, meeting_id: str, line: int, text: str, *, expected: str | None = None, made_by: str | None = None
    ) -> CorrectionEvent:
        """Another text for a line; what was heard or imported is kept beside it.

        `expected` is the text that the caller saw. Raises BadInputError, NotFoundError for a line that does not exist,
        ConflictError when the line reads otherwise than expected, or already so.
        """
        wanted = checked_text(text)
        self._embedder.prepare()
        with self._database.session() as session:
            corrections = CorrectionRepository(session)
            meeting = require_ready(MeetingRepository(session).hold(meeting_id))
            spoken = _line(_lines(corrections, meeting_id), line, meeting)
            if expected is not None and spoken.text.strip() != expected.strip():
                raise _changed_meanwhile(line, f"reads: {spoken.text}")
            if spoken.text == wanted:
                raise ConflictError(f"line {line} reads so already", "nothing was changed")
            event = corrections.record(
                CorrectionEvent(
                    correction_id=new_id(),
                    meeting_id=meeting_id,
                    kind=Kind.TEXT.value,
                    lines=_places([spoken]),
                    before={Kind.TEXT.value: spoken.text},
                    after={Kind.TEXT.value: wanted},
                    made_by=_who(made_by),
                )
            )
            self._settle(session, meeting)
        self._follower.follow(meeting_id)
        return event

    def give_speaker(
        self,
        meeting_id: str,
        line: int,
        name: str | None,
        reach: Reach = Reach.LINE,
        *,
        expected: str | None = None,
        made_by: str | None = None,
    ) -> list[CorrectionEvent]:
        """Another speaker for a line and, as `reach` says, for others of the speaker it has now; null for nobody known.

        A new name splits a speaker, the name of another one merges the two. `expected` is the speaker that the caller
        saw, empty for nobody known. Returns an event for each meeting that changed; EVERYWHERE leaves out meetings
        that are not ready. Raises as `correct_text`, and BadInputError for EVERYWHERE from a speaker without a name.
        """
        wanted = None if name is None else checked_name(name, "the name")
        self._embedder.prepare()
        reached = [meeting_id]
        if reach is Reach.EVERYWHERE:
            speaker, reached = self._everywhere(meeting_id, line)
            expected = speaker if expected is None else expected
        with self._database.session() as session:
            corrections = CorrectionRepository(session)
            meetings = MeetingRepository(session).hold_all(reached)
            if meeting_id not in meetings:
                MeetingRepository(session).get(meeting_id)
            present = _line(_lines(corrections, meeting_id), line, require_ready(meetings[meeting_id])).speaker
            if expected is not None and (present or "") != expected.strip():
                raise _changed_meanwhile(line, f"is spoken by {present or 'nobody known'}")
            if present == wanted:
                raise ConflictError(
                    f"line {line} is spoken by {wanted or 'nobody known'} already", "nothing was changed"
                )
            aims = [
                (meeting, _aimed(_lines(corrections, id), line, present, reach)) for id, meeting in meetings.items()
            ]
            events = self._give(session, aims, (present, wanted), reach, made_by)
        self._follow(events, meeting_id)
        return events

    def rename_speaker(
        self, project_id: str, name: str, wanted: str, *, made_by: str | None = None
    ) -> list[CorrectionEvent]:
        """Another name for somebody in all meetings of a project that are ready; with the name of another one the two
        become one. Lines that are called so because a voice is known follow that voice's person instead.

        Returns an event for each meeting that changed; search follows soon. Raises BadInputError for who has no name,
        ConflictError for who is called so already.
        """
        wanted = checked_name(wanted, "the name")
        if is_nameless(name):
            raise BadInputError(f"{name} is somebody else in every meeting", "name them meeting by meeting")
        if name == wanted:
            raise ConflictError(f"{name} is called so already", "nothing was changed")
        self._embedder.prepare()
        with self._database.session() as session:
            corrections = CorrectionRepository(session)
            meetings = MeetingRepository(session).hold_all(corrections.meetings_with_speaker(project_id, name))
            aims = [(meeting, _not_by_voice(session, id, name)) for id, meeting in meetings.items()]
            events = self._give(session, aims, (name, wanted), Reach.EVERYWHERE, made_by)
            SideRepository(session).rename(project_id, name, wanted)
        self._follower.follow_later(event.meeting_id for event in events)
        return events

    def confirm(self, meeting_id: str, lines: Iterable[int], *, made_by: str | None = None) -> list[CorrectionEvent]:
        """Record that somebody has listened to lines, and that their text and speaker are right as they stand.

        They stay so, whatever a later run makes of them. Lines of which that is known are left out. Raises
        NotFoundError for a line that does not exist, ConflictError when nothing is left.
        """
        with self._database.session() as session:
            corrections = CorrectionRepository(session)
            meeting = require_ready(MeetingRepository(session).hold(meeting_id))
            stored = _lines(corrections, meeting_id)
            known = written_lines(corrections, meeting)
            heard = [_line(stored, index, meeting) for index in dict.fromkeys(lines)]
            events = [
                corrections.record(
                    CorrectionEvent(
                        correction_id=new_id(),
                        meeting_id=meeting_id,
                        kind=Kind.RIGHT.value,
                        lines=_places([line]),
                        after={Kind.TEXT.value: line.text, Kind.SPEAKER.value: line.speaker},
                        made_by=_who(made_by),
                    )
                )
                for line in heard
                if line.index not in known or not line.sure
            ]
            if not events:
                raise ConflictError("somebody has said already what is said there", "nothing was changed")
            self._settle(session, meeting)
        return events

    def change_meeting(
        self,
        meeting_id: str,
        wanted: MeetingFacts,
        *,
        expected: MeetingFacts | None = None,
        made_by: str | None = None,
    ) -> CorrectionEvent:
        """Another title, date or project for a meeting; a project is made if it is new.

        `expected` is what the caller saw. Raises ConflictError when something else stands there, when nothing would
        change, and when the other project has the same recording or transcript already.
        """
        with self._database.session() as session:
            corrections = CorrectionRepository(session)
            meeting = require_ready(MeetingRepository(session).hold(meeting_id))
            present = present_facts(session, meeting)
            require_same(expected or MeetingFacts(), present)
            after = changed_facts(wanted, present)
            if not after:
                raise ConflictError(f"'{meeting.title}' is filed so already", "nothing was changed")
            event = corrections.record(
                CorrectionEvent(
                    correction_id=new_id(),
                    meeting_id=meeting_id,
                    kind=Kind.MEETING.value,
                    before={field: present[field] for field in after},
                    after=after,
                    made_by=_who(made_by),
                )
            )
            file_meeting(session, self._vectors, meeting, after)
        return event

    def undo(self, correction_id: str) -> list[CorrectionEvent]:
        """Take a correction back in every meeting that it changed; corrections made since stand. Returns its events.

        Raises NotFoundError, and ConflictError when it was taken back before.
        """
        with self._database.session() as session:
            made = CorrectionRepository(session).of(correction_id)
        if made[0].kind != Kind.MEETING:
            self._embedder.prepare()
        with self._database.session() as session:
            corrections = CorrectionRepository(session)
            meetings = {
                event.meeting_id: require_ready(MeetingRepository(session).hold(event.meeting_id)) for event in made
            }
            events = corrections.of(correction_id)
            if any(event.undone_at for event in events):
                raise ConflictError("this correction was undone already", "`huimai corrections MEETING` shows it")
            for event in events:
                event.undone_at = now()
                session.flush()
                self._take_back(session, meetings[event.meeting_id], event)
        self._follow(events, events[0].meeting_id)
        return events

    def list(self, meeting_id: str) -> list[CorrectionEvent]:
        """The corrections of a meeting, newest first, undone ones too. Raises NotFoundError."""
        with self._database.session() as session:
            MeetingRepository(session).get(meeting_id)
            return CorrectionRepository(session).events(meeting_id)[::-1]

    def _everywhere(self, meeting_id: str, line: int) -> tuple[str, Sequence[str]]:
        """The speaker of a line, and the ids of the meetings of the project in which that name speaks."""
        with self._database.session() as session:
            corrections = CorrectionRepository(session)
            meeting = MeetingRepository(session).get(meeting_id)
            speaker = _line(_lines(corrections, meeting_id), line, meeting).speaker
            if speaker is None or is_nameless(speaker):
                raise BadInputError(
                    f"line {line} is spoken by {speaker or 'nobody known'}, who is somebody else in another meeting",
                    "correct one meeting at a time: `meeting` instead of `everywhere`",
                )
            return speaker, sorted({meeting_id, *corrections.meetings_with_speaker(meeting.project_id, speaker)})

    def _give(
        self,
        session: Session,
        aims: Iterable[tuple[Meeting, Sequence[Line]]],
        names: tuple[str | None, str | None],
        reach: Reach,
        made_by: str | None,
    ) -> list[CorrectionEvent]:
        """Record and settle that lines of held meetings have the second name now and not the first. Meetings that are
        not ready are left out."""
        correction_id, events = new_id(), list[CorrectionEvent]()
        for meeting, aimed in aims:
            if meeting.stage is not Stage.READY or not aimed:
                continue
            event = CorrectionEvent(
                correction_id=correction_id,
                meeting_id=meeting.id,
                kind=Kind.SPEAKER.value,
                reach=reach.value,
                lines=_places(aimed),
                before={Kind.SPEAKER.value: names[0]},
                after={Kind.SPEAKER.value: names[1]},
                made_by=_who(made_by),
            )
            events.append(CorrectionRepository(session).record(event))
            self._settle(session, meeting)
            settle_voices(session, meeting.id, names)
        return events

    def _settle(self, session: Session, meeting: Meeting) -> None:
        settled = settle_lines(CorrectionRepository(session), meeting)
        if settle_chunks(TranscriptRepository(session), meeting.id, settled, self._chunk_words):
            self._vectors.delete_meeting(meeting.id)

    def _take_back(self, session: Session, meeting: Meeting, event: CorrectionEvent) -> None:
        if event.kind != Kind.MEETING:
            self._settle(session, meeting)
            if event.kind == Kind.SPEAKER:
                settle_voices(session, meeting.id, (event.before[Kind.SPEAKER], event.after[Kind.SPEAKER]))
            return
        made = CorrectionRepository(session).events(meeting.id)
        facts = settle_facts([one for one in made if one.kind == Kind.MEETING])
        file_meeting(session, self._vectors, meeting, {field: facts[field] for field in event.after})

    def _follow(self, events: Iterable[CorrectionEvent], at_once: str) -> None:
        """Only the meeting that somebody looks at is waited for: a name may stand in hundreds."""
        self._follower.follow_later(event.meeting_id for event in events if event.meeting_id != at_once)
        self._follower.follow(at_once)


def _lines(corrections: CorrectionRepository, meeting_id: str) -> list[Line]:
    return [one.line for one in corrections.lines(meeting_id)]


def _line(lines: Sequence[Line], index: int, meeting: Meeting) -> Line:
    if 0 <= index < len(lines):
        return lines[index]
    raise NotFoundError(
        f"'{meeting.title}' has no line {index}",
        f"its lines are 0 to {len(lines) - 1}; `huimai meetings show {meeting.id} --json` numbers them"
        if lines
        else "nothing is said in it",
    )


def _aimed(lines: Iterable[Line], first: int, speaker: str | None, reach: Reach) -> list[Line]:
    """The lines that a correction of a speaker changes."""
    if reach is Reach.LINE:
        return [line for line in lines if line.index == first]
    begin = first if reach is Reach.FOLLOWING else 0
    return [line for line in lines if line.index >= begin and line.speaker == speaker]


def _not_by_voice(session: Session, meeting_id: str, name: str) -> list[Line]:
    """The lines of a meeting that are called so by its transcript or by a correction, not by the name of a voice."""
    voices = {voice.label for voice in VoiceRepository(session).voices(meeting_id)}
    return [
        one.line
        for one in CorrectionRepository(session).lines(meeting_id)
        if one.line.speaker == name and not (one.derived.speaker == name and name in voices)
    ]


def _places(lines: Iterable[Line]) -> list[list[object]]:
    return [[line.index, line.start, line.end] for line in lines]


def _who(made_by: str | None) -> str | None:
    return None if made_by is None else checked_name(made_by, "who corrects")


def _changed_meanwhile(line: int, now_it: str) -> ConflictError:
    return ConflictError(f"line {line} was changed meanwhile and now {now_it}", "look at it again, then correct it")
