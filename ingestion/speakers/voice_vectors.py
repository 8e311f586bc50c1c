"""How a voice sounds, as a unit vector: CAM++ over mel bands, run by ONNX Runtime."""

from __future__ import annotations

from collections.abc import Callable
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

SHORTEST_SECONDS = 0.3
"""Less sound than this has no voice in it."""
_BANDS = 80


class VoiceVectors(LazyModel["InferenceSession"]):
    """Sound of one voice to a unit vector. The model is loaded at the first call, once, and shared by threads."""

    def __init__(self, model_folder: Callable[[], Path], name: str, threads: int = 0) -> None:
        """`model_folder` may raise ModelMissingError; `threads` 0 means all cores."""
        super().__init__(model_folder, "speaker", name)
        self._threads = threads

    def vector(self, samples: Samples) -> NDArray[np.float32]:
        """The vector of the one voice in `samples`, at least `SHORTEST_SECONDS` long. Raises ModelMissingError."""
        features = _mel_bands(samples)
        result = cast("list[Any]", self._loaded().run(None, {"features": features[None]}))[0][0]
        return result / max(float(np.linalg.norm(result)), 1e-9)

    def _load(self, folder: Path) -> InferenceSession:
        return open_session(folder / "voice.onnx", self._threads)


def _mel_bands(samples: Samples) -> NDArray[np.float32]:
    """Log energies of 80 mel bands every 10 ms, each less its mean: what CAM++ was trained on (Kaldi's fbank)."""
    import kaldi_native_fbank as knf

    options = knf.FbankOptions()
    options.frame_opts.dither = 0.0
    options.frame_opts.samp_freq = SAMPLE_RATE
    options.mel_opts.num_bins = _BANDS
    bank = knf.OnlineFbank(options)
    bank.accept_waveform(SAMPLE_RATE, cast("Any", samples))
    bank.input_finished()
    frames = np.stack([bank.get_frame(index) for index in range(bank.num_frames_ready)])
    return frames - frames.mean(axis=0)
