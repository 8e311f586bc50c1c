from __future__ import annotations

import errno
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from ingestion.domain import Span
from ingestion.errors import BadInputError, StorageFullError
from ingestion.media.decode import SAMPLE_RATE, decode_to_pcm, open_pcm, read_samples
from ingestion.media.probe import probe

FORMATS = [
    ("a.wav", "pcm_s16le", 44100, {}),
    ("a.mp3", "libmp3lame", 44100, {}),
    ("a.flac", "flac", 48000, {}),
    ("a.m4a", "aac", 24000, {"format": "ipod"}),
    ("a.ogg", "libopus", 48000, {}),
    ("a.webm", "libopus", 48000, {}),
    ("a.mp4", "aac", 48000, {}),
    ("a.mkv", "libopus", 48000, {}),
    ("a.mov", "aac", 44100, {}),
    ("a.amr", "libopencore_amrnb", 8000, {}),
    ("8k.wav", "pcm_s16le", 8000, {}),
]


@pytest.mark.parametrize(("name", "codec", "rate", "options"), FORMATS, ids=[row[0] for row in FORMATS])
def test_every_format_gives_the_same_sound(encode, clip, tmp_path, name, codec, rate, options):
    path = encode(clip, name, codec, rate, **options)
    info = probe(path)
    assert (info.sample_rate, info.channels) == (rate, 1)

    decoded = decode_to_pcm(path, tmp_path / "out.pcm")

    assert decoded.duration == pytest.approx(6.0, abs=0.1)
    assert decoded.warnings == ()
    assert _likeness(open_pcm(tmp_path / "out.pcm"), clip) > 0.8


def _likeness(pcm: Any, original: Any) -> float:
    """Highest correlation of loudness over 20 ms steps, within shifts of 100 ms (codecs add a delay)."""

    def loudness(samples: Any) -> Any:
        frames = samples[: samples.size // 320 * 320].astype(float).reshape(-1, 320)
        return np.log1p(np.sqrt((frames**2).mean(axis=1)))

    a, b = loudness(pcm), loudness(original)
    return max(np.corrcoef(a[max(0, s) : 280 + min(0, s)], b[max(0, -s) : 280 - max(0, s)])[0, 1] for s in range(-5, 6))


def test_two_sides_are_kept_apart_sample_by_sample(encode, clip, tmp_path):
    left, right = np.full(16000, 8000, np.int16), np.full(16000, -4000, np.int16)
    path = encode(np.stack([left, right]), "stereo.wav", "pcm_s16le", 44100)
    decoded = decode_to_pcm(path, tmp_path / "out.pcm", layout="stereo")
    assert decoded.duration == pytest.approx(1.0, abs=0.02)
    samples = read_samples(open_pcm(tmp_path / "out.pcm"), Span(0.2, 0.8), "stereo").reshape(-1, 2)
    assert len(samples) == round(0.6 * SAMPLE_RATE)
    assert samples.mean(axis=0) == pytest.approx([8000 / 32768, -4000 / 32768], abs=1e-3)
    assert samples.std(axis=0) == pytest.approx([0, 0], abs=1e-3)


def test_stereo_is_averaged(encode, clip, tmp_path):
    left = np.full(16000, 8000, np.int16)
    path = encode(np.stack([left, np.zeros_like(left)]), "stereo.wav", "pcm_s16le")
    assert probe(path).channels == 2

    decode_to_pcm(path, tmp_path / "out.pcm")

    assert np.median(open_pcm(tmp_path / "out.pcm")) == pytest.approx(4000, abs=2)


def test_two_seconds_and_silence_are_decoded(encode, tmp_path):
    path = encode(np.zeros(32000, np.int16), "silence.wav", "pcm_s16le")
    assert decode_to_pcm(path, tmp_path / "out.pcm").duration == pytest.approx(2.0, abs=0.01)
    assert not open_pcm(tmp_path / "out.pcm").any()


def test_progress_rises_to_one(encode, clip, tmp_path):
    shares: list[float] = []
    decode_to_pcm(encode(clip, "a.wav", "pcm_s16le"), tmp_path / "out.pcm", shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert len(shares) > 3


@pytest.mark.parametrize(
    ("name", "codec"), [("cut.mp3", "libmp3lame"), ("cut.wav", "pcm_s16le"), ("cut.ogg", "libopus")]
)
def test_a_recording_that_breaks_off_is_kept_up_to_there(encode, clip, tmp_path, name, codec):
    path = encode(clip, name, codec, 48000)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])

    decoded = decode_to_pcm(path, tmp_path / "out.pcm")

    assert decoded.duration == pytest.approx(3.0, abs=0.5)
    assert decoded.warnings
    assert _likeness(np.pad(open_pcm(tmp_path / "out.pcm")[:40000], (0, 60000)), np.pad(clip[:40000], (0, 60000))) > 0.8


def test_an_announced_length_that_is_not_reached_is_said(encode, clip, tmp_path):
    path = encode(clip, "cut.mkv", "libopus", 48000)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    warnings = decode_to_pcm(path, tmp_path / "out.pcm").warnings
    assert any("6 s" in line and "3 s" in line for line in warnings), warnings


def test_damage_in_the_middle_does_not_shift_what_follows(encode, clip, tmp_path):
    path = encode(clip, "hole.m4a", "aac", 16000, format="ipod")
    data = bytearray(path.read_bytes())
    third = len(data) // 3
    data[third : third + 400] = b"\xff" * 400
    path.write_bytes(data)

    decode_to_pcm(path, tmp_path / "out.pcm")

    pcm = open_pcm(tmp_path / "out.pcm")
    assert pcm.size / SAMPLE_RATE == pytest.approx(6.0, abs=0.2)


def test_a_hole_in_the_timeline_becomes_silence(clip, tmp_path):
    path = tmp_path / "gap.mkv"
    with av.open(str(path), "w") as out:
        stream = out.add_stream("pcm_s16le", rate=16000, layout="mono")
        for start, block in ((0, clip[:16000]), (48000, clip[16000:32000])):
            frame = av.AudioFrame.from_ndarray(block.reshape(1, -1), format="s16", layout="mono")
            frame.sample_rate, frame.pts = 16000, start
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))

    assert decode_to_pcm(path, tmp_path / "out.pcm").duration == pytest.approx(4.0, abs=0.1)

    pcm = open_pcm(tmp_path / "out.pcm")
    assert not pcm[17000:47000].any()
    np.testing.assert_array_equal(pcm[-16000:], clip[16000:32000])


def test_a_full_disk_is_said_and_leaves_nothing(encode, clip, tmp_path, monkeypatch):
    source = encode(clip, "a.wav", "pcm_s16le")
    folder = tmp_path / "home"

    def no_space(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", no_space)
    with pytest.raises(StorageFullError) as caught:
        decode_to_pcm(source, folder / "out.pcm")

    assert "full" in caught.value.message
    assert caught.value.hint
    assert list(folder.iterdir()) == []


def test_an_interruption_leaves_nothing(encode, clip, tmp_path):
    source = encode(clip, "a.wav", "pcm_s16le")
    folder = tmp_path / "home"

    def stop(_: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        decode_to_pcm(source, folder / "out.pcm", stop)
    assert list(folder.iterdir()) == []


def test_undecodable_sound_is_refused(tmp_path):
    path = tmp_path / "noise.mp3"
    path.write_bytes(b"\x81\x07" * 5000)
    with pytest.raises(BadInputError):
        decode_to_pcm(path, tmp_path / "out.pcm")
    assert not (tmp_path / "out.pcm").exists()


def test_read_samples_clips_and_scales(tmp_path):
    path: Path = tmp_path / "x.pcm"
    np.array([-32768, 0, 16384, 32767], dtype="<i2").tofile(path)
    samples = read_samples(open_pcm(path), Span(0.0, 10.0))
    assert samples.dtype == np.float32
    assert samples.tolist() == [-1.0, 0.0, 0.5, pytest.approx(32767 / 32768)]
    assert read_samples(open_pcm(path), Span(5.0, 6.0)).size == 0
    path.write_bytes(b"")
    assert open_pcm(path).size == 0


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="reads Linux's account of memory")
def test_reading_a_recording_through_does_not_keep_it_in_memory(tmp_path):
    path = tmp_path / "x.pcm"
    path.write_bytes(bytes(64 * 1024**2))
    pcm = open_pcm(path)

    before = _resident()
    for second in range(0, 2000, 10):
        read_samples(pcm, Span(second, second + 10))

    assert _resident() - before < 16 * 1024**2


def _resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096
