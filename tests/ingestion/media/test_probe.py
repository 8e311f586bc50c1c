from __future__ import annotations

import wave
from datetime import UTC, datetime
from pathlib import Path

import av
import numpy as np
import pytest

from ingestion.errors import BadInputError
from ingestion.media.probe import probe
from tests.ingestion.media.bad_files import archived, protected, without_channels


def refusal(path: Path) -> BadInputError:
    with pytest.raises(BadInputError) as caught:
        probe(path)
    error = caught.value
    assert error.message.startswith(path.name)
    assert "\n" not in error.message
    assert error.hint
    return error


def test_the_content_decides_not_the_extension(encode, clip, tmp_path):
    renamed = encode(clip, "a.mp3", "libmp3lame", 44100).rename(tmp_path / "notes.txt")
    info = probe(renamed)
    assert (info.container, info.sample_rate, info.channels) == ("mp3", 44100, 1)
    assert info.duration == pytest.approx(6, abs=0.2)


def test_tags_give_title_and_an_aware_time(encode, clip):
    tags = {"title": "周会", "creation_time": "2026-03-02T09:30:00+08:00"}
    info = probe(encode(clip, "a.mkv", "libopus", 48000, tags=tags))
    assert info.title == "周会"
    assert info.created == datetime(2026, 3, 2, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize("value", ["1904-01-01T00:00:00Z", "yesterday", ""])
def test_an_unset_or_odd_clock_is_no_time(encode, clip, value):
    assert probe(encode(clip, "a.mkv", "libopus", 48000, tags={"creation_time": value})).created is None


def test_video_with_sound_is_a_recording(speech, tmp_path):
    path = tmp_path / "call.mkv"
    with av.open(str(speech)) as source, av.open(str(path), "w") as out:
        video = out.add_stream("mpeg4", rate=5, width=64, height=64, pix_fmt="yuv420p")
        sound = out.add_stream_from_template(source.streams.audio[0])
        out.mux(video.encode(av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8), format="rgb24")))
        for packet in source.demux(audio=0):
            if packet.dts is not None:
                packet.stream = sound
                out.mux(packet)
        out.mux(video.encode(None))
    assert probe(path).codec == "aac"


def test_zero_bytes(tmp_path):
    path = tmp_path / "a.mp3"
    path.touch()
    assert "0 bytes" in refusal(path).message


def test_missing(tmp_path):
    assert "no such file" in refusal(tmp_path / "gone.wav").message


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_text_named_mp3(tmp_path, encoding):
    path = tmp_path / "a.mp3"
    path.write_bytes(("会议记录：大家好。hello\n" * 400).encode(encoding))
    assert "this is text" in refusal(path).message


def test_playlists_are_not_followed(tmp_path, encode, clip):
    encode(clip, "real.wav", "pcm_s16le")
    for name, text in (
        ("a.m3u8", "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:6,\nreal.wav\n#EXT-X-ENDLIST\n"),
        ("b.ffconcat", "ffconcat version 1.0\nfile real.wav\n"),
    ):
        path = tmp_path / name
        path.write_text(text)
        assert "this is text" in refusal(path).message


def test_picture_only_video(picture_only):
    assert "no sound" in refusal(picture_only).message


def test_a_photo(tmp_path):
    path = tmp_path / "a.jpg"
    with av.open(str(path), "w", format="mjpeg") as out:
        stream = out.add_stream("mjpeg", rate=1, width=64, height=64, pix_fmt="yuvj420p")
        out.mux(stream.encode(av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8), format="rgb24")))
        out.mux(stream.encode(None))
    assert "not a known audio or video format" in refusal(path).message


def test_a_header_without_sound(tmp_path):
    path = tmp_path / "a.wav"
    with wave.open(str(path), "wb") as out:
        out.setparams((1, 2, 16000, 0, "NONE", ""))
    assert "none decodes" in refusal(path).message


def test_no_channels(tmp_path):
    refusal(without_channels(tmp_path / "a.wav"))


@pytest.mark.parametrize("name", ["a.m4a", "a.mp4"])
def test_cut_off_before_the_index(encode, clip, name):
    path = encode(clip, name, "aac", 24000)
    data = path.read_bytes()
    path.write_bytes(data[: data.index(b"moov") - 4])
    assert "moov" in refusal(path).message


def test_protected_mp4(encode, clip):
    assert "encrypted" in refusal(protected(encode(clip, "a.m4a", "aac", 24000))).message


@pytest.mark.parametrize("encrypted", [True, False])
def test_zip_archives(tmp_path, encrypted):
    message = refusal(archived(tmp_path / "a.mp3", encrypted=encrypted)).message
    assert "zip archive" in message
    assert ("encrypted" in message) is encrypted


def test_zeros_and_noise(tmp_path):
    path = tmp_path / "a.wav"
    path.write_bytes(bytes(10000))
    assert "only zeros" in refusal(path).message
    path.write_bytes(np.random.default_rng(1).bytes(10000))
    assert "not a known" in refusal(path).message
