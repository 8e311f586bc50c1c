"""Running converted networks, and random weights to convert."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import torch
from numpy.typing import NDArray
from torch import nn


def run(model: Path, **given: NDArray[np.float32]) -> NDArray[np.float32]:
    """What the network in that file makes of an input."""
    result: Any = onnxruntime.InferenceSession(str(model), providers=["CPUExecutionProvider"]).run(None, given)
    return result[0]


def trained(module: nn.Module) -> nn.Module:
    """The module as if it had been trained: every normalisation has statistics, a scale and a shift of its own."""
    for part in module.modules():
        if isinstance(part, nn.BatchNorm1d | nn.BatchNorm2d):
            part.running_mean = torch.randn_like(part.running_mean) * 0.1
            part.running_var = torch.rand_like(part.running_var) + 0.5
        if isinstance(part, nn.BatchNorm1d | nn.BatchNorm2d | nn.InstanceNorm1d) and part.affine:
            nn.init.uniform_(part.weight, 0.5, 1.5)
            nn.init.normal_(part.bias, std=0.1)
    return module.eval()
