"""Questions as the guided answer asks them of a small model: about 400 tokens of prompt, one system prompt for all."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from itertools import islice

from agents.ports import JsonSchema, Message
from agents.qa.prompts import guided_form, guided_messages
from agents.qa.verify import Numbered
from benchmarks.audio import SAMPLES
from ingestion.transcripts.reader import read_transcripts
from retrieval.domain import Evidence, Line

ANSWER_TOKENS = 40
LINES = 7
_ASKED = "这里说了什么数字，是谁说的？"


@dataclass(frozen=True, slots=True)
class Question:
    """One call of the model."""

    messages: list[Message]
    schema: JsonSchema


def questions(count: int) -> list[Question]:
    """That many questions, each about other lines of the sample meetings while there are any."""
    lines = [line for path in sorted(SAMPLES.glob("A_*/*.vtt")) for line in read_transcripts(path)[0].lines]
    said = [Line(index, line.speaker, line.start, line.end, line.text) for index, line in enumerate(lines)]
    schema = guided_form(LINES).model_json_schema()
    return [Question(guided_messages(_ASKED, "zh", _sources(said, number)), schema) for number in range(count)]


def _sources(said: list[Line], number: int) -> list[Numbered]:
    first = number * LINES % (len(said) - LINES)
    day = datetime.date(2026, 3, 2)
    picked = islice(said, first, first + LINES)
    return [Numbered(n, Evidence("m", "周会", "p", day, (line,), 0.0)) for n, line in enumerate(picked, 1)]
