"""Who of up to three people speaks when in a few seconds of sound: pyannote's segmentation, run by ONNX Runtime."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from numpy.typing import NDArray

from ingestion.media.decode import SAMPLE_RATE
from ingestion.models.lazy import LazyModel
from ingestion.ports import Samples
from ingestion.speakers.sessions import open_session

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

WINDOW_SECONDS = 10.0
"""What the network was trained on; shorter sound is followed by silence."""
FRAME_SECONDS = 270 / SAMPLE_RATE
"""From one frame to the next."""
FIRST_FRAME_SECONDS = 495.5 / SAMPLE_RATE
"""The middle of the first frame: half of the 991 samples that a frame hears."""

_SPEAKING = np.array(
    [[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0], [1, 0, 1], [0, 1, 1]],
    dtype=bool,
)
"""Who speaks in each of the network's classes."""


class SpeechTurns(LazyModel["InferenceSession"]):
    """The network. It is loaded at the first call, once, and shared by threads."""

    def __init__(self, model_folder: Callable[[], Path], name: str, threads: int = 0) -> None:
        """`model_folder` may raise ModelMissingError; `threads` 0 means all cores."""
        super().__init__(model_folder, "speaker", name)
        self._threads = threads

    def speaking(self, windows: Sequence[Samples]) -> NDArray[np.bool_]:
        """(windows, frames, 3): who speaks in each frame. People are numbered anew in each window.

        Raises ModelMissingError.
        """
        size = round(WINDOW_SECONDS * SAMPLE_RATE)
        batch = np.stack([np.pad(window[:size], (0, max(0, size - window.size))) for window in windows])
        chances = cast("list[Any]", self._loaded().run(None, {"samples": batch[:, None].astype(np.float32)}))[0]
        return _SPEAKING[chances.argmax(axis=-1)]

    def _load(self, folder: Path) -> InferenceSession:
        return open_session(folder / "segmentation.onnx", self._threads)
