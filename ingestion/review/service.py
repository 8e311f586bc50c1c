"""The front door of reviews. Blocking: call it from a worker thread."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import Session

from ingestion.correction_repository import CorrectionRepository
from ingestion.corrections.service import Corrector
from ingestion.corrections.settling import written_lines
from ingestion.database import Database
from ingestion.domain import GlossaryEntry, SearchFilter, Stage
from ingestion.errors import ConflictError, NotFoundError
from ingestion.repository import MeetingRepository, ProjectRepository
from ingestion.review.domain import Flag
from ingestion.review.flags import flags
from ingestion.review.glossary_changes import GlossaryChange, GlossaryState, compared
from ingestion.review.names import names_of
from ingestion.review.suggestions import Suggestion, suggestions
from ingestion.review_repository import CleanedLine, ReviewRepository
from ingestion.settings import IngestionSettings
from ingestion.tables import CorrectionEvent, Meeting
from ingestion.text.clean import TextCleaner, meeting_cleaner
from ingestion.text.glossary import GLOSSARY_REASONS

EARLIER_MEETINGS = 8
"""How many meetings before one are looked at for other numbers of the same thing."""

MEETINGS_OF_PAGE = 50
"""How many meetings are gone through for one page of changes; an hour of speech takes about a third of a second."""


@dataclass(frozen=True, slots=True)
class ChangePage:
    """Changes of whole meetings, and where the next page begins: after the meeting of that date and id."""

    changes: tuple[GlossaryChange, ...]
    next: tuple[date, str] | None


class Reviewer:
    """Says what of the stored meetings a person should look at, and takes down what they find. Reads do not lock."""

    def __init__(self, database: Database, corrector: Corrector, settings: IngestionSettings) -> None:
        self._database, self._corrector, self._settings = database, corrector, settings

    def flags(self, meeting_id: str) -> list[Flag]:
        """What of a meeting deserves a listen, by line. Raises NotFoundError."""
        with self._database.session() as session:
            meeting = MeetingRepository(session).get(meeting_id)
            reviews, settled = ReviewRepository(session), written_lines(CorrectionRepository(session), meeting)
            lines = [replace(line, settled=line.index in settled) for line in reviews.lines(meeting_id)]
            entries = ProjectRepository(session).glossary(meeting.project_id)
            before = reviews.texts(_earlier(session, meeting))
        speakers = sorted({line.speaker for line in lines if line.speaker})
        return flags(lines, names_of(entries, speakers), before)

    def changes(self, project: str | None, after: tuple[date, str] | None = None, limit: int = 200) -> ChangePage:
        """What the glossary has changed in lines of the meetings that are ready, and what it would change or take back
        now, oldest meeting first. Lines of which somebody has said what they say are left out.

        `after` is `next` of the page before. A page ends with the meeting that fills it up to `limit`, or after
        `MEETINGS_OF_PAGE`. Raises NotFoundError for a project that does not exist.
        """
        with self._database.session() as session:
            found: list[GlossaryChange] = []
            meetings = _ready(session, project, after)
            cleaners = _Cleaners(self._settings)
            for at, meeting in enumerate(meetings, start=1):
                found += _changes(session, meeting, cleaners.of(session, meeting))
                if (len(found) >= limit or at == MEETINGS_OF_PAGE) and at < len(meetings):
                    return ChangePage(tuple(found), (meeting.date, meeting.id))
        return ChangePage(tuple(found), None)

    def outdated(self, project: str | None) -> list[str]:
        """The ids of the meetings that are ready and in which the glossary would change or take back something.
        Raises NotFoundError for a project that does not exist."""
        with self._database.session() as session:
            meetings = _ready(session, project)
        cleaners = _Cleaners(self._settings)
        return [meeting.id for meeting in meetings if self._is_outdated(meeting, cleaners)]

    def keep(self, meeting_id: str, line: int, *, made_by: str | None = None) -> CorrectionEvent:
        """Give a line its own words again, as they are without the glossary: a correction like any other.

        Raises NotFoundError for a meeting or a line that does not exist, ConflictError when the glossary changes
        nothing in it, and as `Corrector.correct_text`.
        """
        with self._database.session() as session:
            meeting = MeetingRepository(session).get(meeting_id)
            lines = ReviewRepository(session).cleaned_lines(meeting_id)
            if not 0 <= line < len(lines):
                raise NotFoundError(f"'{meeting.title}' has no line {line}", f"its lines are 0 to {len(lines) - 1}")
            one = lines[line]
            own = meeting_cleaner(self._settings, (), recorded=_is_recorded(meeting)).clean(one.raw_text, one.language)
            cleaner = _Cleaners(self._settings).of(session, meeting)
            if not any(change.line == line for change in _changes(session, meeting, cleaner)):
                raise ConflictError(
                    f"the glossary changes nothing in line {line}", "`huimai glossary changes` lists what it does"
                )
        if own.text == one.text:
            return self._corrector.confirm(meeting_id, [line], made_by=made_by)[0]
        return self._corrector.correct_text(meeting_id, line, own.text, expected=one.text, made_by=made_by)

    def suggestions(self, project: str | None) -> list[Suggestion]:
        """Terms that the corrections of a project suggest, or for the shared glossary those of all, seen most often
        first. Raises NotFoundError for a project that does not exist."""
        with self._database.session() as session:
            projects, reviews = ProjectRepository(session), ReviewRepository(session)
            project_id = projects.named(project).id if project else None
            edits = reviews.edits(project_id)
            ids = [meeting.id for meeting in _ready(session, project)]
            texts = reviews.texts(ids) if edits else []
            entries = [
                GlossaryEntry(term.canonical, tuple(term.aliases), term.kind) for term in projects.terms(project_id)
            ]
        return suggestions(edits, texts, entries)

    def _is_outdated(self, meeting: Meeting, cleaners: _Cleaners) -> bool:
        """In a session of its own: going through all meetings may take minutes."""
        with self._database.session() as session:
            changes = _changes(session, meeting, cleaners.of(session, meeting))
            return any(change.state is not GlossaryState.MADE for change in changes)


class _Cleaners:
    """The cleaner of each meeting; those of a project share one."""

    def __init__(self, settings: IngestionSettings) -> None:
        self._settings = settings
        self._made: dict[tuple[str, bool], TextCleaner] = {}

    def of(self, session: Session, meeting: Meeting) -> TextCleaner:
        """The cleaner of a meeting; it is made at the first call."""
        key = meeting.project_id, _is_recorded(meeting)
        if key not in self._made:
            glossary = ProjectRepository(session).glossary(meeting.project_id)
            self._made[key] = meeting_cleaner(self._settings, glossary, recorded=key[1])
        return self._made[key]


def _changes(session: Session, meeting: Meeting, cleaner: TextCleaner) -> Iterator[GlossaryChange]:
    settled = written_lines(CorrectionRepository(session), meeting)
    for line in ReviewRepository(session).cleaned_lines(meeting.id):
        if line.index not in settled:
            yield from _line_changes(meeting.id, line, cleaner)


def _line_changes(meeting_id: str, line: CleanedLine, cleaner: TextCleaner) -> Iterator[GlossaryChange]:
    wanted = [c for c in cleaner.clean(line.raw_text, line.language).corrections if c.reason in GLOSSARY_REASONS]
    for change, state in compared(line.changes, wanted):
        yield GlossaryChange(
            meeting_id, line.index, line.start, line.text, change.before, change.after, change.reason, state
        )


def _ready(session: Session, project: str | None, after: tuple[date, str] | None = None) -> Sequence[Meeting]:
    if project is not None:
        ProjectRepository(session).named(project)
    where = SearchFilter(projects=(project,) if project is not None else ())
    found = MeetingRepository(session).list(where, after=after)
    return [meeting for meeting, _ in found if meeting.stage is Stage.READY]


def _earlier(session: Session, meeting: Meeting) -> list[str]:
    """The ids of the meetings of the project just before one."""
    name = ProjectRepository(session).get(meeting.project_id).name
    before = [
        other.id
        for other, _ in MeetingRepository(session).list(SearchFilter(projects=(name,), until=meeting.date))
        if (other.date, other.id) < (meeting.date, meeting.id)
    ]
    return before[-EARLIER_MEETINGS:]


def _is_recorded(meeting: Meeting) -> bool:
    return meeting.media_sha256 is not None
