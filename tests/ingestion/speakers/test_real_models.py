"""The real networks over the sample series, whose voices are known."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from ingestion.domain import Span
from ingestion.media.decode import decode_to_pcm, open_pcm, read_samples
from ingestion.models.store import ModelStore
from ingestion.ports import Samples
from ingestion.speakers.diarizer import LocalDiarizer
from ingestion.speakers.domain import SpeakerTurn
from ingestion.speakers.telling_apart import tell_apart
from ingestion.speakers.voice_vectors import VoiceVectors

MODEL = "campplus-zh-en"
SERIES = Path(__file__).parents[3] / "samples" / "A_zh_payment_gateway"

pytestmark = pytest.mark.models


class Recorded:
    """A meeting of the series: its samples, and who said what when."""

    def __init__(self, day: str, folder: Path) -> None:
        decode_to_pcm(SERIES / f"{day}.m4a", folder / f"{day}.pcm")
        self._pcm = open_pcm(folder / f"{day}.pcm")
        truth = json.loads((SERIES / f"{day}.truth.json").read_text(encoding="utf-8"))
        self.spoken = [(line["speaker"], Span(line["start"], line["end"])) for line in truth["utterances"]]

    def samples(self, span: Span) -> Samples:
        return read_samples(self._pcm, span)

    def of(self, speaker: str, seconds: float) -> Samples:
        """The speaker's longest lines, one after the other."""
        own = sorted((span for name, span in self.spoken if name == speaker), key=lambda span: span.start - span.end)
        return np.concatenate([self.samples(span) for span in own])[: round(seconds * 16_000)]


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Recorded:
    return Recorded("2026-03-02", tmp_path_factory.mktemp("first"))


@pytest.fixture(scope="module")
def second(tmp_path_factory: pytest.TempPathFactory) -> Recorded:
    return Recorded("2026-03-09", tmp_path_factory.mktemp("second"))


@pytest.fixture(scope="module")
def diarizer(model_store: ModelStore) -> Iterator[LocalDiarizer]:
    diarizer = LocalDiarizer(lambda: model_store.path(MODEL), MODEL)
    yield diarizer
    diarizer.unload()


def test_the_four_voices_of_a_meeting_are_told_apart(diarizer: LocalDiarizer, first: Recorded) -> None:
    turns = tell_apart(diarizer.listen(first.samples(Span(0.0, first.spoken[-1][1].end)), 0.0)).turns
    assert {turn.speaker for turn in turns} == {1, 2, 3, 4}
    heard: dict[str, Counter[int]] = defaultdict(Counter)
    for name, span in first.spoken:
        for turn in turns:
            heard[name][turn.speaker] += round(1000 * _shared(span, turn))
    numbers, milliseconds = zip(*(counter.most_common(1)[0] for counter in heard.values()), strict=True)
    assert sorted(numbers) == [1, 2, 3, 4]
    assert sum(milliseconds) / sum(counter.total() for counter in heard.values()) > 0.94


def _shared(span: Span, turn: SpeakerTurn) -> float:
    return max(0.0, min(span.end, turn.end) - max(span.start, turn.start))


def test_a_voice_is_nearer_to_itself_in_another_recording_than_to_others(
    model_store: ModelStore, first: Recorded, second: Recorded
) -> None:
    vectors = VoiceVectors(lambda: model_store.path(MODEL), MODEL)
    names = sorted({name for name, _ in first.spoken})
    here, there = (_stacked(vectors, recording, names) for recording in (first, second))
    alike = here @ there.T
    others = alike[~np.eye(len(names), dtype=bool)]
    assert np.diag(alike).min() > others.max() + 0.2
    vectors.unload()


def _stacked(vectors: VoiceVectors, recording: Recorded, names: list[str]) -> NDArray[np.float32]:
    return np.stack([vectors.vector(recording.of(name, 8.0)) for name in names])
