from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import ctranslate2
import numpy as np
import pytest
from numpy.typing import NDArray

from ingestion.domain import SpokenSegment
from ingestion.speech import whisper
from ingestion.speech.batches import BATCH_WINDOWS, decoding_together
from ingestion.speech.decoding import DECODING
from ingestion.speech.whisper import FasterWhisperTranscriber, load_model

SECOND = 16_000
FIRST_TIME_TOKEN = 50364
"""Of the multilingual vocabulary."""


class NumberModel:
    """Decodes a window to the number that it is filled with. `calls` are the numbers decoded together."""

    device = "cpu"

    def __init__(self, room: int = 100) -> None:
        self.room = room
        self.calls: list[list[float]] = []

    def generate(self, encoded: Any, prompts: list[list[int]], **options: Any) -> list[float]:
        numbers = np.array(encoded)[:, 0, 0].tolist()
        assert prompts == [[7]] * len(numbers)
        assert options == {"beam_size": 5}
        if len(numbers) > self.room:
            raise RuntimeError("out of memory")
        self.calls.append(numbers)
        return numbers


def window(number: float) -> Any:
    return ctranslate2.StorageView.from_array(np.full((1, 3, 2), number, np.float32))


def decode(model: NumberModel, *alike: list[Any]) -> Callable[[Any], Any]:
    together: Any = decoding_together(SimpleNamespace(model=model), alike)  # pyright: ignore[reportArgumentType]
    return lambda one: together.model.generate(one, [[7]], beam_size=5)[0]


def test_windows_alike_are_decoded_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(BATCH_WINDOWS, "cpu", 2)
    model = NumberModel()
    chinese, english = [window(1), window(2), window(3)], [window(4), window(5)]
    decoded = decode(model, chinese, english)
    in_turn = [chinese[0], english[0], chinese[1], chinese[2], english[1]]
    assert [decoded(one) for one in in_turn] == [1, 4, 2, 3, 5]
    assert model.calls == [[1, 2], [4, 5], [3]]


def test_another_try_and_another_window_are_decoded_alone() -> None:
    model = NumberModel()
    windows = [window(1), window(2)]
    decoded = decode(model, windows)
    assert [decoded(one) for one in (windows[0], windows[0], window(9), windows[1])] == [1, 1, 9, 2]
    assert model.calls == [[1, 2], [1], [9]]


def test_what_does_not_fit_into_memory_at_once_is_decoded_one_by_one() -> None:
    model = NumberModel(room=1)
    windows = [window(1), window(2)]
    decoded = decode(model, windows)
    assert [decoded(one) for one in windows] == [1, 2]
    assert model.calls == [[1], [2]]


class Watched:
    """A whisper model, and how many windows were decoded at which temperature. `change` is done to what is decoded."""

    def __init__(self, model: Any, change: Callable[[list[Any]], list[Any]]) -> None:
        self._model, self._change = model, change
        self.calls: list[tuple[int, float]] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._model, name)

    def generate(self, encoded: Any, prompts: list[list[int]], **options: Any) -> list[Any]:
        self.calls.append((len(prompts), options.get("sampling_temperature", 0.0)))
        return self._change(self._model.generate(encoded, prompts, **options))


@pytest.fixture
def watch(models_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[FasterWhisperTranscriber, Watched]]:
    def watched(
        at_once: int, change: Callable[[list[Any]], list[Any]] = list
    ) -> tuple[FasterWhisperTranscriber, Watched]:
        monkeypatch.setitem(BATCH_WINDOWS, "cpu", at_once)
        model: Any = load_model(models_dir / "whisper-base", "cpu", 2)
        model.model = Watched(model.model, change)
        monkeypatch.setattr(whisper, "load_model", lambda *_: model)
        return FasterWhisperTranscriber(lambda: models_dir, "whisper-base", "cpu", 2, ("en", "zh")), model.model

    return watched


def said(segments: list[SpokenSegment]) -> list[tuple[str, float, float]]:
    return [(word.text, word.start, word.end) for segment in segments for word in segment.words]


def floats(*parts: NDArray[np.int16]) -> NDArray[np.float32]:
    return np.concatenate(parts).astype(np.float32) / 32768


@pytest.mark.models
def test_a_batch_hears_the_same_words_as_one_by_one(watch, talk, english_talk) -> None:
    mixed = floats(talk[: 60 * SECOND], english_talk[: 50 * SECOND])
    alone, calls_alone = watch(1)
    single = said(alone.transcribe(mixed, language=None))
    batching, calls = watch(4)
    shares: list[float] = []
    assert said(batching.transcribe(mixed, language=None, progress=shares.append)) == single
    assert len(single) > 200
    assert max(count for count, _ in calls_alone.calls) == 1
    assert max(count for count, _ in calls.calls) > 1
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


@pytest.mark.models
def test_a_doubtful_window_is_tried_again_alone(watch, talk, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a threshold that no window reaches, each is doubtful."""
    monkeypatch.setitem(DECODING, "log_prob_threshold", 0.0)
    monkeypatch.setitem(DECODING, "no_speech_threshold", 1.0)
    transcriber, watched = watch(4)
    assert transcriber.transcribe(floats(talk[: 40 * SECOND]), language="zh")
    assert watched.calls[:5] == [(2, 0.0), (1, 0.4), (1, 0.8), (1, 0.4), (1, 0.8)]


@pytest.mark.models
def test_what_a_batch_leaves_unheard_is_heard_again(watch, talk) -> None:
    sound = floats(talk[: 50 * SECOND])
    whole = said(watch(4)[0].transcribe(sound, language="zh"))

    def stop_early(results: list[Any]) -> list[Any]:
        """The first window of a batch ends after its first phrase."""
        if len(results) == 1:
            return results
        tokens = results[0].sequences_ids[0]
        phrase_end = [at for at, token in enumerate(tokens) if token >= FIRST_TIME_TOKEN][1]
        cut = [tokens[: phrase_end + 1]]
        early = SimpleNamespace(sequences_ids=cut, scores=results[0].scores, no_speech_prob=results[0].no_speech_prob)
        return [early, *results[1:]]

    transcriber, watched = watch(4, stop_early)
    shares: list[float] = []
    heard = said(transcriber.transcribe(sound, language="zh", progress=shares.append))
    assert watched.calls[0] == (2, 0.0)
    assert (1, 0.0) in watched.calls
    assert len(heard) > 0.9 * len(whole)
    assert heard == sorted(heard, key=lambda word: word[1])
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
