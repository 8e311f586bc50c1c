"""The adapter over a stand-in for pyannote.audio 4 that has its shapes and names; the real pipeline was not run."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any, ClassVar

import numpy as np
import pytest
from numpy.typing import NDArray

from ingestion.domain import Span
from ingestion.errors import MissingExtraError, ModelFailedError, ModelMissingError
from ingestion.settings import IngestionSettings
from ingestion.speakers.factory import open_diarizer
from ingestion.speakers.pyannote import PyannoteDiarizer
from ingestion.speakers.recognition import recognise
from ingestion.speakers.scales import PYANNOTE_COMMUNITY, voice_scale
from ingestion.speakers.telling_apart import tell_apart
from tests.doubles import direction

COMMUNITY = "pyannote/speaker-diarization-community-1"
SECOND = np.zeros(16_000, np.float32)


@dataclass(frozen=True)
class Segment:
    start: float
    end: float


class Annotation:
    """As in pyannote.core: labels are sorted, tracks come in the order of time."""

    def __init__(self, turns: list[tuple[float, float, str]]) -> None:
        self._turns = sorted(turns)

    def labels(self) -> list[str]:
        return sorted({label for _, _, label in self._turns})

    def itertracks(self, yield_label: bool = False) -> Iterator[tuple[Segment, Any, str]]:
        assert yield_label
        for track, (start, end, label) in enumerate(self._turns):
            yield Segment(start, end), track, label


@dataclass
class DiarizeOutput:
    speaker_diarization: Annotation
    exclusive_speaker_diarization: Annotation
    speaker_embeddings: NDArray[np.float64] | None = None


class Pipeline:
    """As in pyannote.audio 4."""

    turns: ClassVar[list[tuple[float, float, str]]] = []
    embeddings: NDArray[np.float64] | None = None
    asked: ClassVar[list[tuple[str, str | None]]] = []
    failure: Exception | None = None
    found = True

    @classmethod
    def from_pretrained(cls, checkpoint: str, token: str | None = None) -> Pipeline | None:
        print("It might be because the repository is private or gated")
        cls.asked.append((checkpoint, token))
        if cls.failure:
            raise cls.failure
        return cls() if cls.found else None

    def __call__(self, file: dict[str, Any], hook: Callable[..., None] | None = None) -> DiarizeOutput:
        channels, samples = file["waveform"].shape
        assert (channels, samples > 0, file["sample_rate"]) == (1, True, 16_000)
        if hook is not None:
            for step in ("segmentation", "embeddings"):
                for completed in (1, 2):
                    hook(step, None, file=file, total=2, completed=completed)
                hook(step, np.zeros(3), file=file)
        if samples < 100:
            raise RuntimeError("Kernel size can't be greater than actual input size\nat line 3")
        return DiarizeOutput(Annotation(self.turns), Annotation([]), self.embeddings)

    def to(self, device: Any) -> Pipeline:
        return self


@pytest.fixture
def pyannote(monkeypatch: pytest.MonkeyPatch) -> type[Pipeline]:
    class Fresh(Pipeline):
        asked: ClassVar[list[tuple[str, str | None]]] = []

    package, audio = ModuleType("pyannote"), ModuleType("pyannote.audio")
    audio.Pipeline = Fresh  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "pyannote", package)
    monkeypatch.setitem(sys.modules, "pyannote.audio", audio)
    monkeypatch.delenv("PYANNOTE_METRICS_ENABLED", raising=False)
    return Fresh


def near(number: int) -> NDArray[np.float64]:
    return 7.0 * direction(number)


def test_turns_become_stretches_with_the_vector_of_their_speaker(pyannote: type[Pipeline]) -> None:
    pyannote.turns = [(0.5, 4.0, "SPEAKER_00"), (3.0, 6.0, "SPEAKER_01"), (6.0, 6.2, "SPEAKER_00")]
    pyannote.embeddings = np.stack([near(1), near(2)])
    voices = PyannoteDiarizer(COMMUNITY).listen(SECOND, 300.0)
    assert [(voice.span, voice.shared) for voice in voices] == [
        (Span(300.5, 303.0), False),
        (Span(303.0, 304.0), True),
        (Span(304.0, 306.0), False),
        (Span(306.0, 306.2), False),
    ]
    for voice, person in zip(voices, (1, None, 2, 1), strict=True):
        if person is None:
            assert voice.vector is None
        else:
            assert voice.vector == pytest.approx(direction(person).tolist())


def test_pauses_and_touching_turns_stay_what_they_are(pyannote: type[Pipeline]) -> None:
    pyannote.turns = [(0.0, 2.0, "SPEAKER_00"), (2.0, 3.0, "SPEAKER_01"), (5.0, 6.0, "SPEAKER_01")]
    pyannote.embeddings = np.stack([near(1), near(2)])
    voices = PyannoteDiarizer(COMMUNITY).listen(SECOND, 0.0)
    assert [voice.span for voice in voices] == [Span(0.0, 2.0), Span(2.0, 3.0), Span(5.0, 6.0)]
    assert not any(voice.shared for voice in voices)


@pytest.mark.parametrize("row", [np.zeros(192), np.full(192, np.nan)], ids=["zeros", "nan"])
def test_a_speaker_without_an_embedding_has_no_vector(pyannote: type[Pipeline], row: NDArray[np.float64]) -> None:
    pyannote.turns = [(0.0, 2.0, "SPEAKER_00"), (3.0, 4.0, "SPEAKER_01")]
    pyannote.embeddings = np.stack([near(1), row])
    assert [v.vector is None for v in PyannoteDiarizer(COMMUNITY).listen(SECOND, 0.0)] == [False, True]
    pyannote.embeddings = None
    assert [v.vector for v in PyannoteDiarizer(COMMUNITY).listen(SECOND, 0.0)] == [None, None]


def test_nobody_is_heard_where_nobody_speaks(pyannote: type[Pipeline]) -> None:
    pyannote.turns, pyannote.embeddings = [], np.zeros((0, 192))
    diarizer = PyannoteDiarizer(COMMUNITY)
    assert diarizer.listen(SECOND, 0.0) == diarizer.listen(SECOND[:0], 0.0) == []


def test_pieces_are_joined_by_their_vectors_whatever_their_labels(pyannote: type[Pipeline]) -> None:
    diarizer = PyannoteDiarizer(COMMUNITY)
    pyannote.turns = [(0.0, 20.0, "SPEAKER_00"), (20.0, 40.0, "SPEAKER_01")]
    pyannote.embeddings = np.stack([near(1), near(2)])
    voices = diarizer.listen(SECOND, 0.0)
    pyannote.embeddings = np.stack([near(2) + direction(3), near(1) + direction(4)])
    voices += diarizer.listen(SECOND, 100.0)
    told = tell_apart(voices, alike=voice_scale(diarizer.model_id).alike)
    assert [(turn.speaker, turn.start) for turn in told.turns] == [(1, 0.0), (2, 20.0), (2, 100.0), (1, 120.0)]


def test_its_vectors_have_a_scale_of_their_own() -> None:
    own, other = voice_scale(PYANNOTE_COMMUNITY), voice_scale("campplus-zh-en")
    assert own.alike > other.alike
    told = tell_apart([], alike=own.alike).voices
    assert recognise(told, {}, own) == []


def test_it_is_loaded_once_at_the_first_call_and_again_after_unloading(
    pyannote: type[Pipeline], capsys: pytest.CaptureFixture[str]
) -> None:
    diarizer = PyannoteDiarizer("/models/community", "hf_secret")
    assert pyannote.asked == []
    for _ in range(2):
        diarizer.listen(SECOND, 0.0)
    assert pyannote.asked == [("/models/community", "hf_secret")]
    diarizer.unload()
    diarizer.listen(SECOND, 0.0)
    assert len(pyannote.asked) == 2
    assert capsys.readouterr().out == "", "a command prints its answer there"


def test_nothing_is_told_to_anybody_unless_the_owner_wants_it(
    pyannote: type[Pipeline], monkeypatch: pytest.MonkeyPatch
) -> None:
    PyannoteDiarizer(COMMUNITY).listen(SECOND, 0.0)
    assert os.environ["PYANNOTE_METRICS_ENABLED"] == "false"
    monkeypatch.setenv("PYANNOTE_METRICS_ENABLED", "true")
    PyannoteDiarizer(COMMUNITY).listen(SECOND, 0.0)
    assert os.environ["PYANNOTE_METRICS_ENABLED"] == "true"


def test_progress_goes_from_nothing_to_all(pyannote: type[Pipeline]) -> None:
    done: list[float] = []
    PyannoteDiarizer(COMMUNITY).listen(SECOND, 0.0, done.append)
    assert done == [0.25, 0.5, 0.75, 1.0]


def test_what_cannot_be_loaded_or_run_is_said_in_one_line(pyannote: type[Pipeline]) -> None:
    diarizer = PyannoteDiarizer(COMMUNITY)
    with pytest.raises(ModelFailedError, match="Kernel size") as failed:
        diarizer.listen(SECOND[:50], 0.0)
    assert "\n" not in failed.value.message
    diarizer.unload()
    pyannote.found = False
    with pytest.raises(ModelMissingError, match="not found"):
        diarizer.listen(SECOND, 0.0)
    pyannote.failure = OSError("401 Client Error.\nCannot access gated repo")
    with pytest.raises(ModelMissingError, match="401 Client Error") as refused:
        diarizer.listen(SECOND, 0.0)
    assert "\n" not in refused.value.message
    assert "HUIMAI_INGESTION__PYANNOTE_TOKEN" in refused.value.hint


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyannote.audio", None)
    monkeypatch.delenv("PYANNOTE_METRICS_ENABLED", raising=False)
    with pytest.raises(MissingExtraError) as missing:
        PyannoteDiarizer(COMMUNITY).listen(SECOND, 0.0)
    assert "huimai[pyannote]" in missing.value.hint


def test_the_settings_pick_the_diarizer() -> None:
    def folder(name: str) -> Path:
        raise AssertionError(name)

    def picked(**given: Any) -> str | None:
        diarizer = open_diarizer(IngestionSettings(**given), folder)
        return diarizer.model_id if diarizer else None

    assert picked() == "campplus-zh-en"
    assert picked(diarizer="pyannote", speaker_model=None) == PYANNOTE_COMMUNITY
    assert picked(speaker_model=None) is None
    assert picked(speaker_model="") is None
