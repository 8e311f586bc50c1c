"""Recordings in every format, encoded from a clip of the samples."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

SAMPLES = Path(__file__).parents[3] / "samples"
SPEECH = SAMPLES / "A_zh_payment_gateway" / "2026-03-02.m4a"

Encode = Callable[..., Path]


@pytest.fixture(scope="session")
def speech() -> Path:
    return SPEECH


@pytest.fixture(scope="session")
def clip() -> NDArray[np.int16]:
    """Six seconds of speech, 16 kHz mono."""
    resampler = av.AudioResampler("s16", "mono", 16000)
    with av.open(str(SPEECH)) as container:
        blocks = []
        for frame in container.decode(audio=0):
            blocks += [converted.to_ndarray()[0] for converted in resampler.resample(frame)]
            if sum(block.size for block in blocks) > 6 * 16000:
                break
    return np.concatenate(blocks)[: 6 * 16000]


@pytest.fixture
def encode(tmp_path: Path) -> Encode:
    """Write 16 kHz int16 samples, shape (n,) or (channels, n), as a file of that codec, rate and container."""

    def write(
        samples: NDArray[np.int16],
        name: str,
        codec: str,
        rate: int = 16000,
        tags: dict[str, str] | None = None,
        **open_options: object,
    ) -> Path:
        path = tmp_path / name
        channels = 1 if samples.ndim == 1 else samples.shape[0]
        layout = "mono" if channels == 1 else "stereo"
        with av.open(str(path), "w", **open_options) as out:
            out.metadata.update(tags or {})
            stream = out.add_stream(codec, rate=rate, layout=layout)
            interleaved = np.ascontiguousarray(samples.reshape(channels, -1).T).reshape(1, -1)
            frame = av.AudioFrame.from_ndarray(interleaved, format="s16", layout=layout)
            frame.sample_rate = 16000
            resampler = av.AudioResampler(
                stream.codec_context.format, layout, rate, frame_size=stream.codec_context.frame_size
            )
            for converted in [*resampler.resample(frame), *resampler.resample(None)]:
                out.mux(stream.encode(converted))
            out.mux(stream.encode(None))
        return path

    return write


@pytest.fixture
def picture_only(tmp_path: Path) -> Path:
    path = tmp_path / "slides.mp4"
    with av.open(str(path), "w") as out:
        stream = out.add_stream("mpeg4", rate=5, width=64, height=64, pix_fmt="yuv420p")
        for _ in range(5):
            out.mux(stream.encode(av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8), format="rgb24")))
        out.mux(stream.encode(None))
    return path
