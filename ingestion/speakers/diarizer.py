"""The Diarizer on this machine: two small networks on ONNX Runtime, without PyTorch."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ingestion.domain import Progress
from ingestion.ports import Samples
from ingestion.speakers.domain import HeardVoice
from ingestion.speakers.listening import voices_in
from ingestion.speakers.speech_turns import SpeechTurns
from ingestion.speakers.voice_vectors import VoiceVectors


class LocalDiarizer:
    """Hears voices with a segmentation network and a voice network, loaded at the first call, shared by threads."""

    def __init__(self, model_folder: Callable[[], Path], model_id: str, threads: int = 0) -> None:
        """`model_folder` is asked at the first load and may raise ModelMissingError. `threads` 0 means all cores."""
        self._turns = SpeechTurns(model_folder, model_id, threads)
        self._vectors = VoiceVectors(model_folder, model_id, threads)
        self._model_id = model_id

    @property
    def model_id(self) -> str:
        """Name of the model that makes the voices' vectors; those of different models never mix."""
        return self._model_id

    def listen(self, samples: Samples, start: float, progress: Progress | None = None) -> list[HeardVoice]:
        """The voices of a stretch that begins `start` seconds into the recording. Raises ModelMissingError."""
        return voices_in(samples, start, self._turns, self._vectors, progress)

    def unload(self) -> None:
        """Free the models' memory; the next call loads them again."""
        self._turns.unload()
        self._vectors.unload()
