"""Truth files of retrieval: questions with the utterances where their answers stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from ingestion.errors import BadInputError
from ingestion.evaluation.truth import TruthRecord, read_records

_SHAPE = (
    'expected {"query": "...", "project": "...", "meeting": "...", "spans": [[3, 9]]} a line; see docs/evaluation.md'
)

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Index = Annotated[int, Field(ge=0)]


def _in_order(span: tuple[int, int]) -> tuple[int, int]:
    if span[0] > span[1]:
        raise ValueError("a span is [first, last], both included")
    return span


class _Utterance(TruthRecord):
    meeting: Text
    utterance: Index


class _Record(TruthRecord):
    """A line of the file. `evidence` is the truth where it is given, `meeting` and `spans` otherwise."""

    query: Text
    project: Text
    id: Text | None = None
    meeting: Text | None = None
    spans: tuple[Annotated[tuple[Index, Index], AfterValidator(_in_order)], ...] = ()
    evidence: tuple[_Utterance, ...] = ()
    answerable: bool = True
    language: Text | None = None
    kind: Text | None = None
    category_name: Text | None = None


@dataclass(frozen=True, slots=True)
class Gold:
    """Utterances `first`..`last` of a meeting, both included, that answer a question."""

    meeting: str
    first: int
    last: int


@dataclass(frozen=True)
class Question:
    """A question and where its answer stands, in one meeting or in several.

    `by_evidence` says that the truth names single utterances instead of spans; `kind` and `language` are null where
    the file does not say them.
    """

    id: str
    text: str
    project: str
    gold: tuple[Gold, ...]
    by_evidence: bool = False
    kind: str | None = None
    language: str | None = None

    @cached_property
    def utterances(self) -> Mapping[str, frozenset[int]]:
        """The gold utterances of each meeting."""
        found: dict[str, set[int]] = {}
        for gold in self.gold:
            found.setdefault(gold.meeting, set()).update(range(gold.first, gold.last + 1))
        return {meeting: frozenset(indices) for meeting, indices in found.items()}

    def answered_by(self, meeting_id: str, first: int, last: int) -> bool:
        """Whether utterances `first`..`last` of a meeting hold a gold utterance."""
        return any(gold.meeting == meeting_id and first <= gold.last and gold.first <= last for gold in self.gold)


def read_questions(path: Path) -> tuple[list[Question], int]:
    """The questions of a JSON Lines file, gzipped or not, and how many were left out: unanswerable or without truth.

    Raises BadInputError, naming the line.
    """
    questions: dict[str, Question] = {}
    left_out = 0
    for record, where in read_records(path, _Record, _SHAPE):
        gold = _gold(record, where)
        if not gold or not record.answerable:
            left_out += 1
            continue
        id = record.id or where
        if id in questions:
            raise BadInputError(f"{where}: another question has the id '{id}'", "give every question an id of its own")
        kind = record.kind or record.category_name
        questions[id] = Question(id, record.query, record.project, gold, bool(record.evidence), kind, record.language)
    if not questions:
        raise BadInputError(f"{path.name} has no question with spans or evidence", _SHAPE)
    return list(questions.values()), left_out


def _gold(record: _Record, where: str) -> tuple[Gold, ...]:
    if record.evidence:
        return tuple(Gold(one.meeting, one.utterance, one.utterance) for one in record.evidence)
    if record.spans and record.meeting is None:
        raise BadInputError(f"{where}: spans without a meeting", _SHAPE)
    return tuple(Gold(record.meeting or "", first, last) for first, last in record.spans)
