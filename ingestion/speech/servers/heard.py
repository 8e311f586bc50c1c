"""What a server says of the sound that it was sent."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from ingestion.domain import Word
from ingestion.ports import Samples

UNKNOWN_CONFIDENCE = 0.8
"""Of what a server does not say how sure it is: sure enough not to be heard again by a second recogniser
(`speech.doubt`), not so sure that what looks invented is believed (`speech.guard`)."""

OnHeard = Callable[[str, float, float], None]
"""Called with the model, seconds of sound that the server counts, and seconds taken, once for each call that a server
answered. It runs in the thread that made the call."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Words that the server gives a time, in seconds from the start of what was sent.

    `confidence` is 0..1, null where it is not told. `words` are those that it times, as far as it does; they may lack
    the spaces and punctuation of `text`.
    """

    text: str
    start: float
    end: float
    confidence: float | None = None
    language: str | None = None
    words: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class Heard:
    """What was said in the sound that a server was sent. Without passages it gave no times.

    `language` is the code or the name that the server uses, null where it tells none. `seconds` is the sound that it
    counted.
    """

    text: str
    language: str | None = None
    passages: tuple[Passage, ...] = ()
    seconds: float | None = None


class Ear(Protocol):
    """One call of a recognition server. Safe to use from several threads."""

    def hear(self, sound: Samples, language: str | None, hotwords: Sequence[str], stop: threading.Event) -> Heard:
        """What is said in a stretch of at most 30 s. `language` is an ISO 639-1 code, or null to find it out.

        A set `stop` ends waiting between attempts. Raises ModelFailedError and PrivacyError.
        """
        ...
