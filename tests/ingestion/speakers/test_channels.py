"""Whether two channels are two sides, over real voices put on them."""

from __future__ import annotations

import wave
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from ingestion.domain import Progress, Span
from ingestion.errors import BadInputError
from ingestion.media.decode import SAMPLE_RATE
from ingestion.models.store import ModelStore
from ingestion.ports import Samples
from ingestion.speakers.bounds import Bounds
from ingestion.speakers.channels import SideFiles, Sides, apart, find_sides
from ingestion.speakers.diarizer import LocalDiarizer
from ingestion.speakers.domain import HeardVoice, SpeakerTurn, Told
from ingestion.speakers.scales import VoiceScale
from ingestion.speakers.sides import tell_sides_apart
from tests.doubles import direction
from tests.ingestion.speakers.conftest import Call, Stereo, echoed

Calls = Callable[..., Call]
MODEL = "campplus-zh-en"


def found(channels: Stereo, block: float = 60.0) -> Sides | None:
    size = round(block * SAMPLE_RATE)
    return find_sides(channels[at : at + size].reshape(-1) for at in range(0, len(channels), size))


def noise(channels: Stereo, decibels: float) -> Stereo:
    return np.random.default_rng(0).normal(0, 10 ** (decibels / 20), channels.shape).astype(np.float32)


@pytest.mark.parametrize(
    ("decibels", "seconds"), [(-90, 0.0), (-30, 0.1), (-15, 0.0), (-15, 0.08), (-15, 0.2), (-12, 0.15)]
)
def test_a_call_has_two_sides_also_with_an_echo(call: Calls, decibels: float, seconds: float) -> None:
    talk = call([0, 1], [2, 3]).channels
    assert found(echoed(talk, decibels, seconds) + noise(talk, -60)) is not None


@pytest.mark.parametrize("gain", [0.2, 5.0])
def test_one_side_may_be_recorded_louder(call: Calls, gain: float) -> None:
    talk = echoed(call([0], [1]).channels, -15, 0.1)
    talk[:, 1] *= np.float32(gain)
    assert found(talk) is not None


@pytest.mark.parametrize("decibels", [-10, -8, -6, -3, 0])
def test_a_room_that_two_microphones_hear_has_no_sides(call: Calls, decibels: float) -> None:
    talk = call([0, 1], [2, 3]).channels
    assert found(echoed(talk, decibels, 0.004) + noise(talk, -50)) is None


@pytest.mark.parametrize("gain", [1.0, 0.3, -1.0])
def test_the_same_sound_twice_has_no_sides(call: Calls, gain: float) -> None:
    sound = call([0], [1]).channels.sum(axis=1)
    assert found(np.stack([sound, gain * sound], axis=1).astype(np.float32)) is None


@pytest.mark.parametrize("echo", [-200, -15])
def test_a_side_on_which_nobody_speaks_is_none(call: Calls, echo: float) -> None:
    talk = call([0, 1, 2, 3], []).channels
    assert found(echoed(talk, echo, 0.15)) is None
    assert found(echoed(talk[:, ::-1], echo, 0.15) + noise(talk, -55)) is None


def test_silence_noise_and_nothing_have_no_sides(call: Calls) -> None:
    empty = np.zeros((20 * SAMPLE_RATE, 2), np.float32)
    assert [found(sound) for sound in (empty, noise(empty, -20), empty[:0], empty[:100])] == [None] * 4


def test_blocks_do_not_show(call: Calls) -> None:
    talk = echoed(call([0, 1], [2, 3]).channels, -15, 0.1)
    assert found(talk, 5.0) == found(talk)


def test_each_side_is_silent_where_only_the_other_speaks(call: Calls) -> None:
    talk = call([0], [1])
    echo = echoed(talk.channels, -15, 0.1)
    sides = found(echo)
    assert sides is not None
    for side, own in zip(apart(echo.reshape(-1), sides), talk.channels.T, strict=True):
        left_over = side[np.abs(own) < 1e-6]
        assert np.sqrt((left_over**2).mean()) < 0.2 * np.sqrt((echo[np.abs(own) < 1e-6] ** 2).mean())
        kept = np.abs(own) > 0.02
        assert (np.abs(side[kept]) > 0).mean() > 0.98


class Loudness:
    """A Diarizer that hears one and the same voice wherever it is loud."""

    model_id = "loudness"

    def listen(self, samples: Samples, start: float, progress: Progress | None = None) -> list[HeardVoice]:
        size = SAMPLE_RATE // 2
        frames = np.abs(samples[: samples.size // size * size].reshape(-1, size)).max(axis=1) > 0.03
        voice = tuple(direction(1).tolist())
        spans = [Span(start + at / 2, start + at / 2 + 0.5) for at in np.flatnonzero(frames).tolist()]
        if progress is not None:
            progress(1.0)
        return [HeardVoice(span, voice) for span in spans]

    def unload(self) -> None:
        pass


def wav(path: Path, channels: Stereo) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels.shape[1])
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE)
        file.writeframes((np.clip(channels, -1, 1) * 32767).astype("<i2").tobytes())
    return path


def shares(found: Told, true: list[SpeakerTurn]) -> float:
    """The share of the time in which exactly the right speakers speak."""

    def at(turns: list[SpeakerTurn], time: float) -> set[int]:
        return {turn.speaker for turn in turns if turn.start <= time < turn.end}

    times = np.arange(0.0, true[-1].end, 0.1).tolist()
    return sum(at(list(found.turns), time) == at(true, time) for time in times) / len(times)


def heard(file: Path, work: Path, diarizer: Loudness | LocalDiarizer, seconds: float) -> list[HeardVoice]:
    """What is heard in two pieces."""
    files = SideFiles(work)
    files.prepare(file, file.name)
    done: list[float] = []
    voices: list[HeardVoice] = []
    for span in (Span(0.0, seconds / 2), Span(seconds / 2, seconds)):
        voices += files.listen(span, diarizer, done.append) or []
    assert done == sorted(done[: len(done) // 2]) + sorted(done[len(done) // 2 :])
    return voices


def test_the_same_voice_on_both_sides_is_two_speakers(call: Calls, tmp_path: Path) -> None:
    talk = call([0], [1])
    file = wav(tmp_path / "call.wav", echoed(talk.channels, -15, 0.1))
    voices = heard(file, tmp_path / "work", Loudness(), len(talk.channels) / SAMPLE_RATE)
    assert {voice.channel for voice in voices} == {1, 2}
    assert {turn.speaker for turn in tell_sides_apart(voices, Bounds(), 0.45).turns} == {1, 2}
    assert {turn.speaker for turn in tell_sides_apart(voices, Bounds(most=1), 0.45).turns} == {1, 2}


def test_what_was_found_is_kept_and_the_sound_only_if_there_are_sides(call: Calls, tmp_path: Path) -> None:
    talk = call([0], [1]).channels
    same = np.repeat(talk.sum(axis=1, keepdims=True), 2, axis=1)
    for name, channels, kept in (("call", talk, {"sides.json", "sides.pcm"}), ("room", same, {"sides.json"})):
        file = wav(tmp_path / f"{name}.wav", channels)
        files = SideFiles(tmp_path / name)
        files.prepare(file, file.name)
        assert {path.name for path in (tmp_path / name).iterdir()} == kept
        file.unlink()
        SideFiles(tmp_path / name).prepare(file, file.name)
        assert (files.listen(Span(0, 5), Loudness(), lambda _: None) is None) is (name == "room")
    with pytest.raises(BadInputError):
        SideFiles(tmp_path / "none").prepare(tmp_path / "none.wav", "none.wav")


@pytest.fixture(scope="module")
def diarizer(model_store: ModelStore) -> Iterator[LocalDiarizer]:
    diarizer = LocalDiarizer(lambda: model_store.path(MODEL), MODEL)
    yield diarizer
    diarizer.unload()


@pytest.mark.models
@pytest.mark.parametrize(("left", "right"), [([0], [1]), ([0, 1], [2, 3])], ids=["two", "four"])
def test_real_voices_on_two_sides(
    call: Calls, diarizer: LocalDiarizer, tmp_path: Path, left: list[int], right: list[int]
) -> None:
    talk = call(left, right)
    file = wav(tmp_path / "call.wav", echoed(talk.channels, -15, 0.12))
    voices = heard(file, tmp_path / "work", diarizer, len(talk.channels) / SAMPLE_RATE)
    told = tell_sides_apart(voices, Bounds(), VoiceScale().alike)
    assert len(told.voices) == len(left) + len(right)
    assert shares(told, talk.turns) > 0.85
