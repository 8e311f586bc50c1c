"""Builds ONNX graphs node by node, for networks whose publishers give weights alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

OPSET, IR_VERSION = 17, 8
"""Old enough for every ONNX Runtime of the last years."""


class Graph:
    """A network in the making. Every method returns the name of its result."""

    def __init__(self, weights: Mapping[str, NDArray[Any]]) -> None:
        """`weights` are the publisher's parameters by name."""
        self._weights = weights
        self._nodes: list[Any] = []
        self._constants: dict[str, NDArray[Any]] = {}

    def weight(self, name: str) -> str:
        """A parameter of the publisher."""
        self._constants.setdefault(name, np.ascontiguousarray(self._weights[name]))
        return name

    def constant(self, values: Any, dtype: type[np.generic] = np.float32) -> str:
        """Numbers that are no parameter."""
        name = f"constant_{len(self._constants)}"
        self._constants[name] = np.array(values, dtype)
        return name

    def node(self, operator: str, *inputs: str, **attributes: Any) -> str:
        """An operator of ONNX over results and constants."""
        from onnx import helper

        name = f"{operator}_{len(self._nodes)}"
        self._nodes.append(helper.make_node(operator, list(inputs), [name], name, **attributes))
        return name

    def convolution(self, x: str, name: str, *, stride: Sequence[int] = (1,), pad: int = 0, dilation: int = 1) -> str:
        """The convolution of that name, with its bias if it has one; `pad` on every side, of every axis."""
        kernel = self._weights[f"{name}.weight"].shape[2:]
        inputs = [x, self.weight(f"{name}.weight")]
        if f"{name}.bias" in self._weights:
            inputs.append(self.weight(f"{name}.bias"))
        axes = len(kernel)
        return self.node(
            "Conv",
            *inputs,
            kernel_shape=list(kernel),
            strides=list(stride) if len(stride) == axes else [stride[0]] * axes,
            pads=[pad if size > 1 else 0 for size in kernel] * 2,
            dilations=[dilation] * axes,
        )

    def batch_norm(self, x: str, name: str) -> str:
        """The batch normalisation of that name, as it is after training; without a scale of its own it has none."""
        mean, variance = self.weight(f"{name}.running_mean"), self.weight(f"{name}.running_var")
        size = self._weights[f"{name}.running_mean"].shape
        has_scale = f"{name}.weight" in self._weights
        scale = self.weight(f"{name}.weight") if has_scale else self.constant(np.ones(size))
        shift = self.weight(f"{name}.bias") if has_scale else self.constant(np.zeros(size))
        return self.node("BatchNormalization", x, scale, shift, mean, variance, epsilon=1e-5)

    def linear(self, x: str, name: str) -> str:
        """The fully connected layer of that name over the last axis."""
        weight = self.node("Transpose", self.weight(f"{name}.weight"), perm=[1, 0])
        return self.node("Add", self.node("MatMul", x, weight), self.weight(f"{name}.bias"))

    def save(self, path: Path, given: tuple[str, Sequence[int | str]], result: str, shape: Sequence[int | str]) -> None:
        """Write the network from the input `given` (its name and shape) to `result`; names in shapes are free sizes."""
        from onnx import TensorProto, helper, numpy_helper

        last = helper.make_node("Identity", [result], ["result"], "result")
        graph = helper.make_graph(
            [*self._nodes, last],
            path.stem,
            [helper.make_tensor_value_info(given[0], TensorProto.FLOAT, list(given[1]))],
            [helper.make_tensor_value_info("result", TensorProto.FLOAT, list(shape))],
            [numpy_helper.from_array(values, name) for name, values in self._constants.items()],
        )
        opsets = [helper.make_opsetid("", OPSET)]
        model = helper.make_model(graph, opset_imports=opsets, ir_version=IR_VERSION, producer_name="huimai")
        path.write_bytes(model.SerializeToString(deterministic=True))
