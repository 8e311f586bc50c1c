"""Any recording to the form that the rest works on: raw 16 kHz 16-bit little-endian PCM, mono or of two sides."""

from __future__ import annotations

import mmap
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.container import InputContainer
from av.error import FFmpegError
from numpy.typing import NDArray

from ingestion.domain import Progress, Span
from ingestion.errors import BadInputError
from ingestion.media.diagnose import breaks_off
from ingestion.media.files import temporary
from ingestion.media.probe import audio_stream, open_media, stream_duration
from ingestion.ports import Samples
from ingestion.storage import disk_full_is_said

SAMPLE_RATE = 16_000
"""Samples a second of decoded audio."""

Layout = Literal["mono", "stereo"]

_BYTES_PER_SAMPLE = 2
_CHANNELS: dict[Layout, int] = {"mono": 1, "stereo": 2}
_BREAKS_OFF = "the file breaks off; what comes before was kept"

_SHORTEST_HOLE, _LONGEST_HOLE = 0.2, 3600.0
"""Seconds by which a frame may be late before silence fills the hole; a longer jump is a broken clock."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """What a decode gave: seconds of audio, and one-line notes on what could not be read."""

    duration: float
    warnings: tuple[str, ...] = ()


def decode_to_pcm(
    source: Path,
    target: Path,
    progress: Progress | None = None,
    name: str | None = None,
    layout: Layout = "mono",
) -> Decoded:
    """Decode the sound of `source` into `target`, raw 16 kHz int16 little-endian: mono, where channels are averaged, or
    stereo, left and right sample by sample.

    Streams: memory does not grow with length. `target` appears whole or not at all. A recording that breaks off is
    decoded up to there, with a warning. `name` is what errors call it. Raises BadInputError when it holds no sound
    that can be decoded, and StorageFullError.
    """
    shown = name or source.name
    with open_media(source, shown) as container, disk_full_is_said(target.parent), temporary(target) as part:
        total = stream_duration(container)
        written, second = 0, _BYTES_PER_SAMPLE * _CHANNELS[layout] * SAMPLE_RATE
        warnings: list[str] = []
        with part.open("wb") as out:
            for block in pcm_blocks(container, layout, warnings):
                out.write(block)
                written += len(block)
                if progress is not None and total:
                    progress(min(1.0, written / second / total))
            out.flush()
            os.fsync(out.fileno())
        if written == 0:
            raise BadInputError(f"{shown}: no sound could be decoded", "Play the file to check it, or export it again.")
        duration = written / second
        if breaks_off(source):
            warnings.append(_BREAKS_OFF)
        warnings.extend(_shortfall(duration, total))
    if progress is not None:
        progress(1.0)
    return Decoded(duration, tuple(dict.fromkeys(warnings)))


def pcm_blocks(container: InputContainer, layout: Layout, warnings: list[str]) -> Iterator[bytes]:
    """PCM as it is decoded, on the timeline of a player: a hole in the recording becomes silence."""
    origin = (container.start_time or 0) / av.time_base
    convert, size = _Converter(layout), _BYTES_PER_SAMPLE * _CHANNELS[layout]
    done = 0
    for frame in _frames(container, warnings):
        hole = 0.0 if frame.time is None else frame.time - origin - done / SAMPLE_RATE
        if _SHORTEST_HOLE < hole < _LONGEST_HOLE:
            silence = round(hole * SAMPLE_RATE)
            done += silence
            yield bytes(silence * size)
        for block in convert(frame):
            done += len(block) // size
            yield block
    yield from convert(None)


def _frames(container: InputContainer, warnings: list[str]) -> Iterator[AudioFrame]:
    """Decoded frames. A damaged packet is skipped; where the container breaks off, the stream ends."""
    demuxed = container.demux(audio_stream(container))
    damaged = 0
    while True:
        try:
            packet = next(demuxed)
        except StopIteration:
            break
        except FFmpegError:
            warnings.append(_BREAKS_OFF)
            break
        try:
            yield from packet.decode()
        except FFmpegError:
            damaged += 1
    if damaged:
        warnings.append(f"{damaged} damaged packets were skipped")


class _Converter:
    """Frames to 16 kHz PCM; starts anew when a recording changes its rate or channels on the way."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._resampler: AudioResampler | None = None
        self._form: tuple[str, str, int] | None = None

    def __call__(self, frame: AudioFrame | None) -> Iterator[bytes]:
        if frame is None:
            yield from self._drain()
            return
        form = (frame.format.name, frame.layout.name, frame.sample_rate)
        if self._resampler is None or form != self._form:
            yield from self._drain()
            self._resampler, self._form = AudioResampler("s16", self._layout, SAMPLE_RATE), form
        # times are kept by the caller; the resampler would refuse a jump
        frame.pts = None
        for converted in self._resampler.resample(frame):
            yield converted.to_ndarray().tobytes()

    def _drain(self) -> Iterator[bytes]:
        if self._resampler is not None:
            for converted in self._resampler.resample(None):
                yield converted.to_ndarray().tobytes()


def _shortfall(duration: float, announced: float | None) -> list[str]:
    if announced is None or duration > 0.98 * announced or announced - duration < 1.0:
        return []
    return [f"the file says {announced:.0f} s but only {duration:.0f} s could be read"]


def open_pcm(path: Path) -> NDArray[np.int16]:
    """The decoded audio as a read-only memory map; nothing is loaded until it is read."""
    if path.stat().st_size < _BYTES_PER_SAMPLE:
        return np.zeros(0, dtype=np.int16)
    return np.memmap(path, dtype="<i2", mode="r")


def read_samples(pcm: NDArray[np.int16], span: Span, layout: Layout = "mono") -> Samples:
    """The samples of a span as float32, -1..1, those of stereo one after the other; a span that reaches past the end is
    clipped."""
    first = max(0, round(span.start * SAMPLE_RATE)) * _CHANNELS[layout]
    last = max(first, round(span.end * SAMPLE_RATE) * _CHANNELS[layout])
    samples = pcm[first:last].astype(np.float32) / 32768.0
    if isinstance(pcm.base, mmap.mmap) and hasattr(mmap, "MADV_DONTNEED"):
        # pages once read would otherwise count as this process's memory until the whole recording is in it
        pcm.base.madvise(mmap.MADV_DONTNEED)
    return samples
