"""Recognisers of languages that are not heard by the usual one."""

from __future__ import annotations

import threading
from collections.abc import Callable

from ingestion.ports import Transcriber


class OwnRecognisers:
    """One recogniser for each model, made when a meeting in its language first needs it. What was chosen for a
    language stays, so that the pieces of a meeting are heard alike."""

    def __init__(self, choose: Callable[[str], str | None], make: Callable[[str], Transcriber]) -> None:
        """`choose` names the model for a language, or None where the usual recogniser hears it."""
        self._choose, self._make = choose, make
        self._lock = threading.Lock()
        self._chosen: dict[str, str | None] = {}
        self._made: dict[str, Transcriber] = {}

    def of(self, language: str) -> Transcriber | None:
        """The recogniser for meetings in a language (ISO 639-1, or `auto`); None where it is the usual one."""
        with self._lock:
            if language not in self._chosen:
                self._chosen[language] = self._choose(language)
            name = self._chosen[language]
            if name is None:
                return None
            if name not in self._made:
                self._made[name] = self._make(name)
            return self._made[name]
