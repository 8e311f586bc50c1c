"""The words for the reader inside a JSON answer that is still being written."""

from __future__ import annotations

import json
import re

_OPENS = re.compile(r'"(?:answer|text)"\s*:\s*"')
_PART = re.compile(r'(?:[^"\\]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*')


class SpokenText:
    """Takes a JSON document in pieces and gives back what is new of its `answer` and `text` strings."""

    def __init__(self) -> None:
        self._document = ""
        self._at = 0
        self._inside = False

    def feed(self, piece: str) -> str:
        """What the piece adds, unescaped. An escape cut in two waits for its rest."""
        self._document += piece
        said = ""
        while True:
            if not self._inside:
                opening = _OPENS.search(self._document, self._at)
                if opening is None:
                    return said
                self._at, self._inside = opening.end(), True
            match = _PART.match(self._document, self._at)
            end = match.end() if match else self._at
            said += json.loads(f'"{self._document[self._at : end]}"', strict=False)
            self._at = end
            if self._document[end : end + 1] != '"':
                return said
            self._at, self._inside = end + 1, False
