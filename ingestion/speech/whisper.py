"""Speech to text with faster-whisper: windows cut in silence, one language a window, sentence-sized segments."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from ingestion.domain import Progress, Span, SpokenSegment, Word
from ingestion.media.decode import SAMPLE_RATE, read_samples
from ingestion.ports import Samples
from ingestion.speech.decoding import COMPUTE_TYPE, DECODING, HOTWORD_TOKENS, STYLE_PROMPTS
from ingestion.speech.languages import choose_languages
from ingestion.speech.sentences import sentences
from ingestion.speech.vad import detect_speech

if TYPE_CHECKING:
    from faster_whisper import WhisperModel

Device = Literal["auto", "cpu", "cuda"]

WINDOW_SECONDS = 29.0
"""Whisper hears 30 s at once; a window is packed from whole stretches of speech up to this length."""

_WINDOW_SILENCE_SECONDS = 0.16


class FasterWhisperTranscriber:
    """A Transcriber on faster-whisper. The model is loaded at the first call, once, and shared by all threads."""

    def __init__(
        self, model_folder: Callable[[], Path], model_id: str, device: Device = "auto", threads: int = 0
    ) -> None:
        """`model_folder` is asked at the first load and may raise ModelMissingError. `threads` 0 means all cores."""
        self._model_folder = model_folder
        self._model_id = model_id
        self._device: Device = device
        self._threads = threads or os.cpu_count() or 1
        self._lock = threading.Lock()
        self._model: WhisperModel | None = None

    @property
    def model_id(self) -> str:
        """Name of the model in the catalogue."""
        return self._model_id

    def transcribe(
        self,
        samples: Samples,
        *,
        language: str | None,
        hotwords: Sequence[str] = (),
        progress: Progress | None = None,
    ) -> list[SpokenSegment]:
        """Recognise one piece of audio (minutes). Times count from the start of `samples`.

        `language` is an ISO 639-1 code, or None to detect it in every window. Raises ModelMissingError.
        """
        spans = detect_speech(samples, min_silence=_WINDOW_SILENCE_SECONDS, max_speech=WINDOW_SECONDS)
        windows = pack_windows(spans)
        if not windows:
            return []
        with self._lock:
            model = self._loaded()
            heard = [_Heard(model, samples, window) for window in windows]
            languages = _languages(heard, language)
            segments: list[SpokenSegment] = []
            for index, (window, code) in enumerate(zip(heard, languages, strict=True)):
                words = window.words(code, _prompt(model, code, hotwords))
                segments.extend(sentences(words, code, window.span))
                if progress is not None:
                    progress((index + 1) / len(windows))
        return segments

    def unload(self) -> None:
        """Free the model's memory once no call is running; the next call loads it again."""
        with self._lock:
            self._model = None

    def _loaded(self) -> WhisperModel:
        if self._model is None:
            self._model = load_model(self._model_folder(), self._device, self._threads)
        return self._model
