"""How long a piece has taken so far is known while it is being heard."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from ingestion.domain import SpokenSegment
from ingestion.errors import HuimaiError
from ingestion.pipeline import IngestionPipeline
from ingestion.repository import TranscriptRepository
from ingestion.steps import IngestionDeps
from tests.ingestion.pipeline.conftest import WordForWord


class BrokenOff(WordForWord):
    """Hears a piece and fails before it has said so. `taken` is what was known of the piece when it began."""

    def __init__(self, deps: IngestionDeps, meeting: str) -> None:
        super().__init__()
        self._known = lambda: taken(deps, meeting)
        self.taken: list[float | None] = []

    def transcribe(self, *given: Any, **how: Any) -> list[SpokenSegment]:
        self.taken.append(self._known())
        super().transcribe(*given, **how)
        raise HuimaiError("the model is gone")


def taken(deps: IngestionDeps, meeting: str) -> float | None:
    with deps.database.session() as session:
        return TranscriptRepository(session).piece(meeting, 0).seconds_taken


def test_a_piece_that_is_begun_anew_has_taken_nothing_yet(deps: IngestionDeps, meeting: str) -> None:
    transcriber = BrokenOff(deps, meeting)
    pipeline = IngestionPipeline(replace(deps, transcriber=transcriber))
    pipeline.decode(meeting)
    pipeline.segment(meeting)
    for _ in range(2):
        with pytest.raises(HuimaiError, match="the model is gone"):
            pipeline.transcribe(meeting, 0)
        assert taken(deps, meeting) is not None
    assert transcriber.taken == [None, None]
