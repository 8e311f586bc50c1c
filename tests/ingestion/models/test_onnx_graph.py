"""Layers of a graph, each against PyTorch's."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn

from ingestion.models.onnx_graph import Graph
from tests.ingestion.models.networks import run, trained


def graph_of(module: nn.Module) -> Graph:
    return Graph({f"layer.{name}": tensor.numpy() for name, tensor in module.state_dict().items()})


def assert_alike(folder: Path, graph: Graph, result: str, module: nn.Module, x: torch.Tensor) -> None:
    with torch.no_grad():
        wanted = module(x).numpy()
    graph.save(folder / "layer.onnx", ("x", [*x.shape[:-1], "last"]), result, [None] * wanted.ndim)
    np.testing.assert_allclose(run(folder / "layer.onnx", x=x.numpy()), wanted, atol=1e-5)


@pytest.mark.parametrize(
    ("module", "given", "size"),
    [
        (nn.Conv1d(4, 6, 5, stride=2, padding=2), {"stride": (2,), "pad": 2}, (2, 4, 31)),
        (nn.Conv1d(4, 6, 3, padding=2, dilation=2, bias=False), {"pad": 2, "dilation": 2}, (2, 4, 31)),
        (nn.Conv2d(1, 3, 3, padding=1), {"pad": 1}, (2, 1, 8, 9)),
        (nn.Conv2d(2, 3, 3, stride=(2, 1), padding=1, bias=False), {"stride": (2, 1), "pad": 1}, (2, 2, 8, 9)),
        (nn.Conv2d(2, 3, (1, 3), padding=(0, 1)), {"pad": 1}, (2, 2, 8, 9)),
        (nn.Conv2d(2, 3, 1, stride=2), {"stride": (2,)}, (2, 2, 8, 9)),
    ],
)
def test_convolution(tmp_path: Path, module: nn.Module, given: dict, size: tuple[int, ...]) -> None:
    graph = graph_of(module)
    assert_alike(tmp_path, graph, graph.convolution("x", "layer", **given), module, torch.randn(size))


@pytest.mark.parametrize("scaled", [True, False])
def test_batch_norm_with_and_without_a_scale(tmp_path: Path, scaled: bool) -> None:
    module = trained(nn.BatchNorm1d(5, affine=scaled))
    graph = graph_of(module)
    assert_alike(tmp_path, graph, graph.batch_norm("x", "layer"), module, torch.randn(3, 5, 7))


def test_linear(tmp_path: Path) -> None:
    module = nn.Linear(7, 4)
    graph = graph_of(module)
    assert_alike(tmp_path, graph, graph.linear("x", "layer"), module, torch.randn(3, 5, 7))


def test_a_weight_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError, match=r"layer\.weight"):
        Graph({}).linear("x", "layer")


def test_the_same_graph_gives_the_same_bytes(tmp_path: Path) -> None:
    module = trained(nn.BatchNorm1d(5))
    for name in ("first", "second"):
        graph = graph_of(module)
        (tmp_path / name).mkdir()
        graph.save(
            tmp_path / name / "layer.onnx", ("x", [3, 5, "last"]), graph.batch_norm("x", "layer"), [3, 5, "last"]
        )
    assert (tmp_path / "first" / "layer.onnx").read_bytes() == (tmp_path / "second" / "layer.onnx").read_bytes()
