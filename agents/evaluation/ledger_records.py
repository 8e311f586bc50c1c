"""The truth of the ledger: what was decided and promised in each meeting, and the lines that say so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from agents.evaluation.records import Day, Lines, Text, check_lines, read_folder
from agents.ledger.domain import ItemKind
from ingestion.domain import Transcript
from ingestion.errors import BadInputError
from ingestion.evaluation.truth import TruthRecord, read_records
from ingestion.text.language import detect_language
from ingestion.transcripts.reader import read_transcripts
from retrieval.domain import Line

MENTIONS = frozenset({"progress", "done"})
"""Events of a commitment in whose lines it is mentioned, and neither promised nor changed."""

_NOTHING = "give the truth of meetings in which something is decided or promised; see docs/evaluation.md"
_SHAPE = (
    'expected {"id": "...", "meeting": "...", "kind": "decision", "text": "...", "evidence": [3, 4]} a line; '
    "see docs/evaluation.md"
)
_FIT = "give the ledger that belongs to these meetings"
_KINDS = {"decision": ItemKind.DECISION, "action": ItemKind.COMMITMENT}


class _Change(Lines):
    change: Literal["made", "restated", "refined", "reversed"]


class _Decision(TruthRecord):
    id: Text
    text: Text
    history: tuple[_Change, ...]


class _Event(Lines):
    event: Literal["progress", "done", "redated", "handed_over", "not_mentioned"]
    owner: Text | None = None
    due: Day | None = None


class _Commitment(TruthRecord):
    id: Text
    text: Text
    owner: Text | None = None
    due: Day | None = None
    made: Lines
    events: tuple[_Event, ...] = ()


class _Series(TruthRecord):
    language: Text
    decisions: tuple[_Decision, ...] = ()
    commitments: tuple[_Commitment, ...] = ()


class _Utterance(TruthRecord):
    text: str
    speaker: str | None = None
    start: float | None = None
    end: float | None = None


class _Meeting(TruthRecord):
    utterances: tuple[_Utterance, ...]
    language: Text | None = None


class _Record(TruthRecord):
    id: Text
    meeting: Text
    kind: Text
    text: Text
    evidence: tuple[Annotated[int, Field(ge=0)], ...]


@dataclass(frozen=True, slots=True)
class GoldItem:
    """What a meeting's lines say of a decision or a commitment: one at least, counted from 0.

    `event` is what happens to it there, as the truth calls it. Of a commitment, `owner` and `due` hold from then on;
    null where the truth does not say them.
    """

    id: str
    kind: ItemKind
    event: str
    lines: tuple[int, ...]
    text: str
    owner: str | None = None
    due: date | None = None

    @property
    def stated(self) -> bool:
        """Whether it is decided, promised or changed in these lines, not only mentioned."""
        return self.event not in MENTIONS


@dataclass(frozen=True, slots=True)
class LedgerMeeting:
    """A meeting with its truth. `name` is no other's; `language` an ISO 639-1 code, or `und`."""

    name: str
    language: str
    day: date
    lines: tuple[Line, ...]
    gold: tuple[GoldItem, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What cannot be scored: items that were linked to no line, and meetings of which the truth has nothing."""

    items: int
    meetings: int


def read_ledger_series(folder: Path) -> list[LedgerMeeting]:
    """The meetings of a series by date, each with what is decided and promised there, lines as they were spoken.

    Every entry of a decision's history is one gold item, and so are the making and every later event of a commitment
    that has utterances. Raises BadInputError that names the file and the field, or the item.
    """
    series, meetings = read_folder(folder, _Series, _Meeting)
    spoken = {day: _spoken(truth.utterances) for day, truth in meetings.items()}
    gold: dict[str, list[GoldItem]] = defaultdict(list)
    for said, item in _items(series):
        check_lines(said, f"{folder.name}: '{item.id}'", spoken)
        if said.utterances:
            gold[said.date].append(item)
    if not gold:
        raise BadInputError(f"{folder.name}: its truth has no decision and no commitment", _NOTHING)
    return [
        LedgerMeeting(
            f"{folder.name}/{day}",
            truth.language or series.language,
            date.fromisoformat(day),
            spoken[day],
            tuple(gold[day]),
        )
        for day, truth in meetings.items()
    ]


def read_ledger(meetings: Path, ledger: Path) -> tuple[list[LedgerMeeting], LeftOut]:
    """The meetings of a file with the decisions and actions of a ledger file, both JSON Lines, gzipped or not.

    Records of other kinds are not looked at. A meeting counts as unread, and is left out, when the ledger has no record
    of any kind for it. Raises BadInputError that names the line, or the meeting.
    """
    transcripts = {one.id or "": one for one in read_transcripts(meetings)}
    gold: dict[str, list[GoldItem]] = defaultdict(list)
    unlinked = 0
    for record, where in read_records(ledger, _Record, _SHAPE):
        _check(record, where, transcripts, meetings.name)
        found = gold[record.meeting]
        if kind := _KINDS.get(record.kind):
            unlinked += not record.evidence
            if record.evidence:
                found.append(GoldItem(record.id, kind, "made", record.evidence, record.text))
    if not any(gold.values()):
        raise BadInputError(f"{ledger.name} has no decision and no action with evidence", _SHAPE)
    read = [_meeting(id, transcripts[id], gold[id], meetings.name) for id in transcripts if id in gold]
    return read, LeftOut(unlinked, len(transcripts) - len(read))


def _items(series: _Series) -> Iterator[tuple[Lines, GoldItem]]:
    for one in series.decisions:
        for change in one.history:
            yield change, GoldItem(one.id, ItemKind.DECISION, change.change, change.utterances, one.text)
    for one in series.commitments:
        due = date.fromisoformat(one.due) if one.due else None
        item = GoldItem(one.id, ItemKind.COMMITMENT, "made", one.made.utterances, one.text, one.owner, due)
        yield one.made, item
        for event in one.events:
            item = replace(
                item,
                event=event.event,
                lines=event.utterances,
                owner=event.owner or item.owner,
                due=date.fromisoformat(event.due) if event.due else item.due,
            )
            yield event, item


def _spoken(utterances: Sequence[_Utterance]) -> tuple[Line, ...]:
    return tuple(Line(i, one.speaker, one.start, one.end, one.text) for i, one in enumerate(utterances))


def _check(record: _Record, where: str, transcripts: Mapping[str, Transcript], file: str) -> None:
    if record.meeting not in transcripts:
        raise BadInputError(f"{where}: the meeting '{record.meeting}' is not in {file}", _FIT)
    lines = len(transcripts[record.meeting].lines)
    if any(index >= lines for index in record.evidence):
        raise BadInputError(
            f"{where} points at utterance {max(record.evidence)} of '{record.meeting}', which has {lines} of them, "
            "counted from 0",
            _FIT,
        )


def _meeting(id: str, transcript: Transcript, gold: Sequence[GoldItem], file: str) -> LedgerMeeting:
    if transcript.date is None:
        raise BadInputError(f"{file}: the meeting '{id}' has no date", 'give it one, as "date": "2026-03-02"')
    lines = tuple(Line(i, line.speaker, line.start, line.end, line.text) for i, line in enumerate(transcript.lines))
    language = transcript.language or detect_language(" ".join(line.text for line in lines))
    return LedgerMeeting(id, language, transcript.date, lines, tuple(gold))
