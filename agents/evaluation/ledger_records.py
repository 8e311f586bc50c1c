"""The truth of the ledger: what matters in each meeting, and the lines that say so; and how a ledger file is read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import Field

from agents.evaluation.records import Text
from agents.ledger.domain import ItemKind
from ingestion.domain import Transcript
from ingestion.errors import BadInputError
from ingestion.evaluation.truth import TruthRecord, read_records
from ingestion.text.language import detect_language
from ingestion.transcripts.reader import read_transcripts
from retrieval.domain import Line

MENTIONS = frozenset({"progress", "done", "again", "answered", "resolved"})
"""Events in whose lines a matter is mentioned again, and neither said first nor changed."""

SECTIONS = ("new", "changed", "closed", "carried", "dropped")
"""What a comparison of two meetings lists."""

_SHAPE = (
    'expected {"id": "...", "meeting": "...", "kind": "decision", "text": "...", "evidence": [3, 4]} a line; '
    "see docs/evaluation.md"
)
_FIT = "give the ledger that belongs to these meetings"
_KINDS = {"decision": ItemKind.DECISION, "action": ItemKind.COMMITMENT}

OF_EVERY_LEDGER = frozenset(_KINDS.values())
"""The kinds of items that every truth of a ledger has."""


class _Record(TruthRecord):
    id: Text
    meeting: Text
    kind: Text
    text: Text
    evidence: tuple[Annotated[int, Field(ge=0)], ...]


@dataclass(frozen=True, slots=True)
class GoldItem:
    """What a meeting's lines say of a matter: one line at least, counted from 0.

    `event` is what happens to it there, as the truth calls it. Of a commitment, `owner` and `due` hold from then on; of
    a metric, `value` is what is told there, in its `unit`. Null where the truth does not say them.
    """

    id: str
    kind: ItemKind
    event: str
    lines: tuple[int, ...]
    text: str
    owner: str | None = None
    due: date | None = None
    value: str | None = None
    unit: str | None = None

    @property
    def stated(self) -> bool:
        """Whether it is said first or changed in these lines, not only mentioned."""
        return self.event not in MENTIONS


@dataclass(frozen=True, slots=True)
class LedgerMeeting:
    """A meeting with its truth. `name` is no other's; `language` an ISO 639-1 code, or `und`; `kinds` are those that
    the truth tells of, whether or not this meeting has any."""

    name: str
    language: str
    day: date
    lines: tuple[Line, ...]
    gold: tuple[GoldItem, ...]
    kinds: frozenset[ItemKind] = OF_EVERY_LEDGER


@dataclass(frozen=True, slots=True)
class Week:
    """What the truth says that changed from the meeting of a day to that of a later one: (section, id of a matter)."""

    earlier: date
    later: date
    entries: frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class LedgerSeries:
    """The meetings of a project by date, one a day, and what changed from one to the next where the truth says so."""

    name: str
    meetings: tuple[LedgerMeeting, ...]
    weeks: tuple[Week, ...]

    @property
    def kinds(self) -> frozenset[ItemKind]:
        """The kinds that the truth tells of."""
        return frozenset(kind for meeting in self.meetings for kind in meeting.kinds)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What cannot be scored: items that were linked to no line, and meetings of which the truth has nothing."""

    items: int
    meetings: int


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
