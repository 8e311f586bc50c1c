"""The truth of a series of meetings: questions, what their answers hold, and the lines they stand on."""

from __future__ import annotations

from collections.abc import Mapping, Sized
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import AfterValidator, Field, StringConstraints

from ingestion.errors import BadInputError
from ingestion.evaluation.truth import TruthRecord, read_record

UNANSWERABLE = "unanswerable"
"""The kind of a question that the meetings do not answer."""

_HINT = "give a folder with truth.json and a <date>.truth.json for each meeting; see docs/evaluation.md"


def _calendar_day(text: str) -> str:
    date.fromisoformat(text)
    return text


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Day = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d\d-\d\d$"), AfterValidator(_calendar_day)]


class Lines(TruthRecord):
    """Utterances of the meeting of a date."""

    date: Day
    utterances: tuple[Annotated[int, Field(ge=0)], ...]


class _Question(TruthRecord):
    id: Text
    question: Text
    kind: Text
    language: Text
    must_contain: tuple[Text, ...] = ()
    must_not_contain: tuple[Text, ...] = ()
    superseded: tuple[Text, ...] = ()
    evidence: tuple[Lines, ...] = ()


class _Series(TruthRecord):
    project: Text
    language: Text
    qa: Annotated[tuple[_Question, ...], Field(min_length=1)]


class _Utterance(TruthRecord):
    start: float
    end: float


class _Meeting(TruthRecord):
    utterances: tuple[_Utterance, ...]


Whole = TypeVar("Whole", bound=TruthRecord)
OfMeeting = TypeVar("OfMeeting", bound=TruthRecord)


@dataclass(frozen=True, slots=True)
class Reference:
    """A truth line: a meeting's date, the utterance's index, its start and end in seconds."""

    date: str
    utterance: int
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class TruthQuestion:
    """A question of a series: what its answer must and must not hold, old values, and the lines it stands on.

    An entry of the three lists is one or more spellings with `|` between them. `group` is the meeting that it is
    counted with: that of its first evidence, or the question itself without any.
    """

    series: str
    id: str
    question: str
    kind: str
    language: str
    must_contain: tuple[str, ...]
    must_not_contain: tuple[str, ...]
    superseded: tuple[str, ...]
    evidence: tuple[tuple[Reference, ...], ...]
    group: str

    @property
    def current_date(self) -> date | None:
        """The newest date of the evidence, since when the answer holds."""
        days = [date.fromisoformat(ref.date) for refs in self.evidence for ref in refs]
        return max(days, default=None)


@dataclass(frozen=True, slots=True)
class Series:
    """The truth of a folder: `meetings` of one `project`, by date."""

    name: str
    project: str
    language: str
    meetings: tuple[str, ...]
    questions: tuple[TruthQuestion, ...]


def read_series(folder: Path) -> Series:
    """The truth of a series. Raises BadInputError that names the file and the field."""
    series, truths = read_folder(folder, _Series, _Meeting)
    meetings = {day: [(one.start, one.end) for one in truth.utterances] for day, truth in truths.items()}
    seen: set[str] = set()
    for one in series.qa:
        if one.id in seen:
            raise BadInputError(
                f"{folder.name}: another question has the id '{one.id}'", "give every question an id of its own"
            )
        seen.add(one.id)
    questions = tuple(_question(one, folder.name, meetings) for one in series.qa)
    return Series(folder.name, series.project, series.language, tuple(meetings), questions)


def read_folder(folder: Path, whole: type[Whole], of_meeting: type[OfMeeting]) -> tuple[Whole, dict[str, OfMeeting]]:
    """A folder's `truth.json`, and each `<date>.truth.json` by date. Raises BadInputError, naming file and field."""
    if not (folder / "truth.json").is_file():
        raise BadInputError(f"{folder.name} is no series: it has no truth.json", _HINT)
    meetings = sorted(folder.glob("????-??-??.truth.json"))
    truth = read_record(folder / "truth.json", whole, _HINT)
    return truth, {path.name[:10]: read_record(path, of_meeting, _HINT) for path in meetings}


def check_lines(lines: Lines, where: str, meetings: Mapping[str, Sized]) -> None:
    """Whether the lines stand in one of the meetings, which are given by date. Raises BadInputError, naming `where`."""
    if lines.date not in meetings:
        raise BadInputError(f"{where} stands on {lines.date}, of which there is no {lines.date}.truth.json", _HINT)
    count = len(meetings[lines.date])
    if beyond := [index for index in lines.utterances if index >= count]:
        raise BadInputError(
            f"{where} points at utterance {beyond[0]} of {lines.date}, which has {count} of them",
            "utterances are counted from 0",
        )


def _question(one: _Question, series: str, meetings: Mapping[str, list[tuple[float, float]]]) -> TruthQuestion:
    evidence = tuple(_references(lines, f"{series}: question '{one.id}'", meetings) for lines in one.evidence)
    return TruthQuestion(
        series=series,
        id=one.id,
        question=one.question,
        kind=one.kind,
        language=one.language,
        must_contain=one.must_contain,
        must_not_contain=one.must_not_contain,
        superseded=one.superseded,
        evidence=evidence,
        group=f"{series}/{one.evidence[0].date if evidence else one.id}",
    )


def _references(lines: Lines, where: str, meetings: Mapping[str, list[tuple[float, float]]]) -> tuple[Reference, ...]:
    check_lines(lines, where, meetings)
    times = meetings[lines.date]
    return tuple(Reference(lines.date, index, *times[index]) for index in lines.utterances)
