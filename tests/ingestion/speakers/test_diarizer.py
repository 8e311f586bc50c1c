"""What every Diarizer keeps, and the one on this machine over two tiny networks made here."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from ingestion.errors import ModelFailedError, ModelMissingError
from ingestion.models.onnx_graph import Graph
from ingestion.ports import Diarizer
from ingestion.speakers.diarizer import LocalDiarizer
from ingestion.speakers.domain import SpeakerTurn
from tests.doubles import ScriptedDiarizer

RATE = 16_000


def write_segmentation(path: Path) -> None:
    """A network that hears the first person wherever there is sound."""
    weights = {"layer.weight": np.zeros((7, 1), np.float32), "layer.bias": np.full(7, -1, np.float32)}
    weights["layer.weight"][1] = 1.0
    weights["layer.bias"][:2] = 0.01, 0.0
    graph = Graph(weights)
    loud = graph.node("AveragePool", graph.node("Abs", "samples"), kernel_shape=[991], strides=[270])
    result = graph.linear(graph.node("Transpose", loud, perm=[0, 2, 1]), "layer")
    graph.save(path, ("samples", ("windows", 1, "samples")), result, ("windows", "frames", 7))


def write_voice(path: Path) -> None:
    """A network for which a voice is its loudest moment in every band."""
    graph = Graph({})
    result = graph.node("ReduceMax", "features", axes=[1], keepdims=0)
    graph.save(path, ("features", ("voices", "frames", 80)), result, ("voices", 80))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_segmentation(tmp_path / "segmentation.onnx")
    write_voice(tmp_path / "voice.onnx")
    return tmp_path


@pytest.fixture(params=["local", "scripted"])
def diarizer(request: pytest.FixtureRequest, folder: Path) -> Diarizer:
    if request.param == "local":
        return LocalDiarizer(lambda: folder, "tiny-voices", threads=1)
    return ScriptedDiarizer([SpeakerTurn(1, 102.0, 106.0)])


@pytest.fixture(scope="module")
def samples() -> NDArray[np.float32]:
    """Noise from second 2 to 6 of 12."""
    noise = np.random.default_rng(3).normal(0, 0.1, 12 * RATE).astype(np.float32)
    noise[: 2 * RATE] = noise[6 * RATE :] = 0
    return noise


def test_voices_are_heard_where_they_are(diarizer: Diarizer, samples: NDArray[np.float32]) -> None:
    voices = diarizer.listen(samples, 100.0)
    assert diarizer.model_id
    assert voices[0].span.start == pytest.approx(102, abs=0.1)
    assert voices[-1].span.end == pytest.approx(106, abs=0.1)
    assert sum(voice.seconds for voice in voices) == pytest.approx(4, abs=0.1)
    assert not any(voice.shared for voice in voices)
    vectors = np.array([voice.vector for voice in voices if voice.seconds >= 0.5])
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_silence_has_no_voices(folder: Path) -> None:
    assert LocalDiarizer(lambda: folder, "tiny-voices").listen(np.zeros(12 * RATE, np.float32), 0.0) == []


def test_progress_ends_with_the_whole(diarizer: Diarizer, samples: NDArray[np.float32]) -> None:
    shares: list[float] = []
    diarizer.listen(samples, 100.0, shares.append)
    assert shares[-1] == 1.0


def test_an_unloaded_model_is_loaded_again(diarizer: Diarizer, samples: NDArray[np.float32]) -> None:
    before = diarizer.listen(samples, 100.0)
    diarizer.unload()
    diarizer.unload()
    assert diarizer.listen(samples, 100.0) == before


def test_threads_share_a_diarizer(diarizer: Diarizer, samples: NDArray[np.float32]) -> None:
    with ThreadPoolExecutor(3) as pool:
        heard = list(pool.map(lambda _: diarizer.listen(samples, 100.0), range(3)))
    assert heard[0] == heard[1] == heard[2]


def test_the_model_is_asked_for_at_the_first_call_only(folder: Path, samples: NDArray[np.float32]) -> None:
    asked: list[int] = []

    def missing() -> Path:
        asked.append(1)
        raise ModelMissingError("tiny-voices is not here", "pull it")

    diarizer = LocalDiarizer(missing, "tiny-voices")
    assert not asked
    with pytest.raises(ModelMissingError):
        diarizer.listen(samples, 0.0)


@pytest.mark.parametrize("name", ["segmentation.onnx", "voice.onnx"])
@pytest.mark.parametrize("content", [b"no network", b"", None])
def test_a_damaged_network_is_told(
    folder: Path, samples: NDArray[np.float32], name: str, content: bytes | None
) -> None:
    (folder / name).unlink()
    if content is not None:
        (folder / name).write_bytes(content)
    with pytest.raises(ModelFailedError, match="speaker model tiny-voices cannot be loaded"):
        LocalDiarizer(lambda: folder, "tiny-voices").listen(samples, 0.0)
