"""CAM++, a network that tells voices apart, from its published weights to ONNX.

Wang et al. 2023, "CAM++: A Fast and Efficient Network for Speaker Verification Using Context-Aware Masking"
(arXiv 2303.00332); the layers and their names are those of 3D-Speaker's `speakerlab/models/campplus`.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from ingestion.errors import BadInputError
from ingestion.models.onnx_graph import Graph
from ingestion.models.torch_file import read_tensors

CHECKPOINT = "campplus_cn_en_common.pt"
_BLOCKS = ((12, 1), (24, 2), (16, 2))
"""Layers and dilation of each dense block."""
_SEGMENT = 100
"""Frames over which the context of a mask is averaged, beside the average of all."""


def convert(raw: Path, into: Path) -> None:
    """Read the checkpoint in `raw`; write voice.onnx: `features`, (voices, frames, 80 mel bands) to (voices, 192).

    Raises BadInputError when the checkpoint is another network's.
    """
    try:
        weights = read_tensors(raw / CHECKPOINT)
        graph = Graph(weights)
        result = _network(graph, "features")
        size = weights["xvector.dense.linear.weight"].shape[0]
    except (ValueError, KeyError) as error:
        raise BadInputError(f"{CHECKPOINT} is not the network that is expected: {error}") from error
    graph.save(into / "voice.onnx", ("features", ("voices", "frames", 80)), result, ("voices", size))


def _network(graph: Graph, features: str) -> str:
    x = _head(graph, graph.node("Transpose", features, perm=[0, 2, 1]))
    x = graph.convolution(x, "xvector.tdnn.linear", stride=(2,), pad=2)
    x = _normalised(graph, x, "xvector.tdnn.nonlinear")
    for number, (layers, dilation) in enumerate(_BLOCKS, start=1):
        for layer in range(1, layers + 1):
            added = _dense_layer(graph, x, f"xvector.block{number}.tdnnd{layer}", dilation)
            x = graph.node("Concat", x, added, axis=1)
        x = _normalised(graph, x, f"xvector.transit{number}.nonlinear")
        x = graph.convolution(x, f"xvector.transit{number}.linear")
    x = _statistics(graph, _normalised(graph, x, "xvector.out_nonlinear"))
    x = graph.convolution(x, "xvector.dense.linear")
    x = graph.batch_norm(x, "xvector.dense.nonlinear.batchnorm")
    return graph.node("Squeeze", x, graph.constant([2], np.int64))


def _head(graph: Graph, x: str) -> str:
    """Two-dimensional convolutions over bands and time; (voices, 80, frames) to (voices, 320, frames)."""
    x = graph.node("Unsqueeze", x, graph.constant([1], np.int64))
    x = _rectified(graph, graph.batch_norm(graph.convolution(x, "head.conv1", pad=1), "head.bn1"))
    for layer in ("head.layer1", "head.layer2"):
        x = _residual(graph, x, f"{layer}.0", stride=2)
        x = _residual(graph, x, f"{layer}.1", stride=1)
    x = graph.convolution(x, "head.conv2", stride=(2, 1), pad=1)
    x = _rectified(graph, graph.batch_norm(x, "head.bn2"))
    return graph.node("Reshape", x, graph.constant([0, 320, -1], np.int64))


def _residual(graph: Graph, x: str, name: str, stride: int) -> str:
    y = graph.convolution(x, f"{name}.conv1", stride=(stride, 1), pad=1)
    y = _rectified(graph, graph.batch_norm(y, f"{name}.bn1"))
    y = graph.batch_norm(graph.convolution(y, f"{name}.conv2", pad=1), f"{name}.bn2")
    if stride != 1:
        x = graph.convolution(x, f"{name}.shortcut.0", stride=(stride, 1))
        x = graph.batch_norm(x, f"{name}.shortcut.1")
    return _rectified(graph, graph.node("Add", y, x))


def _dense_layer(graph: Graph, x: str, name: str, dilation: int) -> str:
    x = graph.convolution(_normalised(graph, x, f"{name}.nonlinear1"), f"{name}.linear1")
    x = _normalised(graph, x, f"{name}.nonlinear2")
    local = graph.convolution(x, f"{name}.cam_layer.linear_local", pad=dilation, dilation=dilation)
    context = graph.node("Add", graph.node("ReduceMean", x, axes=[-1], keepdims=1), _averaged(graph, x))
    mask = _rectified(graph, graph.convolution(context, f"{name}.cam_layer.linear1"))
    mask = graph.node("Sigmoid", graph.convolution(mask, f"{name}.cam_layer.linear2"))
    return graph.node("Mul", local, mask)


def _averaged(graph: Graph, x: str) -> str:
    """Each frame as the average of its stretch of frames; the last stretch may be short."""
    pooled = graph.node("AveragePool", x, kernel_shape=[_SEGMENT], strides=[_SEGMENT], ceil_mode=1)
    wide = graph.node(
        "Resize",
        pooled,
        "",
        graph.constant([1, 1, _SEGMENT]),
        mode="nearest",
        nearest_mode="floor",
        coordinate_transformation_mode="asymmetric",
    )
    axis = graph.constant([2], np.int64)
    frames = graph.node("Shape", x, start=2, end=3)
    return graph.node("Slice", wide, graph.constant([0], np.int64), frames, axis)


def _statistics(graph: Graph, x: str) -> str:
    """Mean and deviation over the frames, one after the other."""
    mean = graph.node("ReduceMean", x, axes=[-1], keepdims=1)
    away = graph.node("Sub", x, mean)
    squares = graph.node("ReduceSum", graph.node("Mul", away, away), graph.constant([-1], np.int64), keepdims=1)
    frames = graph.node("Cast", graph.node("Shape", x, start=2, end=3), to=1)
    others = graph.node("Max", graph.node("Sub", frames, graph.constant([1])), graph.constant([1]))
    return graph.node("Concat", mean, graph.node("Sqrt", graph.node("Div", squares, others)), axis=1)


def _normalised(graph: Graph, x: str, name: str) -> str:
    return _rectified(graph, graph.batch_norm(x, f"{name}.batchnorm"))


def _rectified(graph: Graph, x: str) -> str:
    return graph.node("Relu", x)
