"""How loud a recording is, moment by moment."""

from __future__ import annotations

import math
import tracemalloc
import wave
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from ingestion.errors import BadInputError
from ingestion.media.waveform import MOST_PEAKS, waveform


def wav(path: Path, samples: NDArray[np.int16], rate: int = 16_000, channels: int = 1) -> Path:
    with wave.open(str(path), "wb") as out:
        out.setnchannels(channels)
        out.setsampwidth(2)
        out.setframerate(rate)
        out.writeframes(samples.astype("<i2").tobytes())
    return path


def test_a_peak_is_the_loudest_sample_of_its_tenth_of_a_second(tmp_path: Path) -> None:
    samples = np.zeros(16_000 + 400, np.int16)
    samples[100], samples[1600], samples[3300], samples[-1] = 32_767, -32_768, -16_384, 8_192
    found = waveform(wav(tmp_path / "a.wav", samples))
    assert found.peaks == (254, 255, 127, 0, 0, 0, 0, 0, 0, 0, 63)
    assert (found.seconds_per_peak, found.duration) == (0.1, 1.025)


def test_a_long_recording_has_no_more_peaks_than_are_wanted(tmp_path: Path) -> None:
    samples = np.zeros(16_000 * 7, np.int16)
    samples[16_000 * 5] = 32_767
    found = waveform(wav(tmp_path / "a.wav", samples), most=20)
    assert len(found.peaks) == 18
    assert found.seconds_per_peak == pytest.approx(0.4)
    assert [at for at, peak in enumerate(found.peaks) if peak] == [12]
    assert len(found.peaks) * found.seconds_per_peak >= found.duration


def test_real_speech_in_another_format(speech: Path) -> None:
    found = waveform(speech)
    assert len(found.peaks) == math.ceil(round(found.duration * 10, 6)) <= MOST_PEAKS
    assert 0 <= min(found.peaks) < 40 < max(found.peaks) <= 255


def test_memory_does_not_grow_with_the_length(tmp_path: Path) -> None:
    path = wav(tmp_path / "a.wav", np.zeros(16_000 * 300, np.int16))
    tracemalloc.start()
    try:
        waveform(path)
        assert tracemalloc.get_traced_memory()[1] < 1_000_000 < path.stat().st_size
    finally:
        tracemalloc.stop()


def test_it_ends_when_it_is_told_to(speech: Path) -> None:
    def stop() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        waveform(speech, stop)


def test_what_holds_no_sound_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.wav").write_bytes(b"no sound" * 100)
    with pytest.raises(BadInputError):
        waveform(tmp_path / "a.wav")
    with pytest.raises(BadInputError, match="no sound"):
        waveform(wav(tmp_path / "b.wav", np.zeros(0, np.int16)))
