"""A second recogniser for passages of which the first is unsure."""

from __future__ import annotations

from collections.abc import Sequence

from ingestion.domain import Progress, Span, SpokenSegment
from ingestion.media.decode import SAMPLE_RATE
from ingestion.ports import Samples, Transcriber
from ingestion.speech.doubt import doubtful_passages, is_better
from ingestion.speech.rehearing import MARGIN_SECONDS, Reheard, laid_over, shifted, within


class SecondOpinion:
    """A Transcriber in which passages that `first` is unsure of are heard by `second` too; who is surer is believed."""

    def __init__(self, first: Transcriber, second: Transcriber) -> None:
        self._first, self._second = first, second

    @property
    def model_id(self) -> str:
        """Name of the first recogniser's model."""
        return self._first.model_id

    def transcribe(
        self,
        samples: Samples,
        *,
        language: str | None,
        hotwords: Sequence[str] = (),
        progress: Progress | None = None,
    ) -> list[SpokenSegment]:
        """See Transcriber."""
        heard = self._first.transcribe(samples, language=language, hotwords=hotwords, progress=progress)
        better: list[Reheard] = []
        for passage in doubtful_passages(heard):
            known = within(heard, passage)
            again = self._hear(samples, passage, known[0].language, hotwords)
            if is_better(again, known):
                better.append(Reheard(passage, tuple(again)))
        return laid_over(heard, better)

    def unload(self) -> None:
        """See Transcriber."""
        self._first.unload()
        self._second.unload()

    def _hear(self, samples: Samples, passage: Span, language: str, hotwords: Sequence[str]) -> list[SpokenSegment]:
        begin = max(0.0, passage.start - MARGIN_SECONDS)
        part = samples[round(begin * SAMPLE_RATE) : round((passage.end + MARGIN_SECONDS) * SAMPLE_RATE)]
        found = self._second.transcribe(part, language=language, hotwords=hotwords)
        return within([shifted(segment, begin) for segment in found], passage)
