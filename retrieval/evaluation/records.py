"""Truth files of retrieval: questions with the utterances where their answers stand."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from ingestion.errors import BadInputError

_SHAPE = 'expected a line like {"query": "...", "meeting": "...", "project": "...", "spans": [[3, 9]]}'


@dataclass(frozen=True, slots=True)
class Question:
    """A question about `meeting`, answered by the utterances of `spans`, each (first, last), both included."""

    text: str
    meeting: str
    project: str
    spans: tuple[tuple[int, int], ...]

    def answered_by(self, meeting_id: str, first: int, last: int) -> bool:
        """Whether utterances `first`..`last` of a meeting overlap a span."""
        return meeting_id == self.meeting and any(first <= end and begin <= last for begin, end in self.spans)


def read_questions(path: Path) -> tuple[list[Question], int]:
    """The questions of a JSON Lines file, gzipped or not, and how many were left out for want of spans.

    Raises BadInputError, naming the line.
    """
    questions: list[Question] = []
    left_out = 0
    for number, line in enumerate(_lines(path), start=1):
        question = _question(line, f"{path.name} line {number}") if line.strip() else None
        if question is not None:
            questions.append(question)
        elif line.strip():
            left_out += 1
    if not questions:
        raise BadInputError(f"{path.name} has no question with spans", _SHAPE)
    return questions, left_out


def _lines(path: Path) -> list[str]:
    try:
        data = path.read_bytes()
        return (gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data).decode("utf-8").splitlines()
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise BadInputError(
            f"{path.name} cannot be read: {error}", "give JSON Lines in UTF-8, gzipped or not"
        ) from error


def _question(line: str, where: str) -> Question | None:
    try:
        fields = cast("dict[str, Any]", json.loads(line))
        spans = tuple((int(first), int(last)) for first, last in fields.get("spans") or ())
        if not spans:
            return None
        return Question(str(fields["query"]), str(fields["meeting"]), str(fields["project"]), spans)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise BadInputError(f"{where} is not a question: {error!r}", _SHAPE) from error
