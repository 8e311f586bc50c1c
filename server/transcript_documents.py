"""The JSON documents of transcripts. They are plain dictionaries: one has up to 20,000 lines and 200,000 words, which
are written as they are, not checked one by one."""

from __future__ import annotations

from typing import NotRequired

from pydantic import with_config

# pydantic takes no other before Python 3.12
from typing_extensions import TypedDict

from server.documents import example


class WordDocument(TypedDict):
    """One word of a line. `probability` is the recogniser's, 0..1."""

    text: str
    start: float
    end: float
    probability: float


class UtteranceDocument(TypedDict):
    """One line. Times are seconds from the start of the recording, null where nobody said when.

    What says nothing is left out: `raw_text`, what the recogniser or the source wrote, where it is the text; `sure`,
    false where others speak at the same time, so that the speaker is a guess; `confidence`, the recogniser's mean,
    0..1. `words` are there when they were asked for, in recordings, on lines whose text nobody corrected; joined, they
    are the text.
    """

    i: int
    speaker: str | None
    text: str
    start: float | None
    end: float | None
    raw_text: NotRequired[str]
    confidence: NotRequired[float]
    sure: NotRequired[bool]
    words: NotRequired[list[WordDocument]]


@with_config(
    example(
        {
            "id": "3f9c1a2b7d40",
            "project": "Atlas",
            "title": "Release weekly",
            "date": "2026-03-04",
            "language": "en",
            "duration": 1803.2,
            "utterances": [{"i": 0, "speaker": "Mina", "text": "We ship on April 17.", "start": 0.6, "end": 3.1}],
        }
    )
)
class TranscriptDocument(TypedDict):
    """What was said in a meeting."""

    id: str
    project: str
    title: str
    date: str
    language: str
    duration: float | None
    utterances: list[UtteranceDocument]
