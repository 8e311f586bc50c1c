"""CAM++ converted, against the same layers in PyTorch, narrow and with random weights."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional

from ingestion.errors import BadInputError
from ingestion.models.campplus import CHECKPOINT, convert
from tests.ingestion.models.networks import run, trained

BANDS, HEAD, FIRST, GROWTH, INNER, VOICE = 80, 32, 16, 6, 10, 12


class Normalised(nn.Module):
    def __init__(self, channels: int, affine: bool = True) -> None:
        super().__init__()
        self.batchnorm = nn.BatchNorm1d(channels, affine=affine)

    def forward(self, x: Tensor) -> Tensor:
        return functional.relu(self.batchnorm(x))


class Residual(nn.Module):
    def __init__(self, stride: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(HEAD, HEAD, 3, (stride, 1), 1, bias=False)
        self.bn1 = nn.BatchNorm2d(HEAD)
        self.conv2 = nn.Conv2d(HEAD, HEAD, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(HEAD)
        self.shortcut = nn.Sequential()
        if stride > 1:
            self.shortcut = nn.Sequential(nn.Conv2d(HEAD, HEAD, 1, (stride, 1), bias=False), nn.BatchNorm2d(HEAD))

    def forward(self, x: Tensor) -> Tensor:
        return functional.relu(self.shortcut(x) + self.bn2(self.conv2(functional.relu(self.bn1(self.conv1(x))))))


class Head(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.conv1, self.bn1 = nn.Conv2d(1, HEAD, 3, 1, 1, bias=False), nn.BatchNorm2d(HEAD)
        self.layer1 = nn.Sequential(Residual(2), Residual(1))
        self.layer2 = nn.Sequential(Residual(2), Residual(1))
        self.conv2, self.bn2 = nn.Conv2d(HEAD, HEAD, 3, (2, 1), 1, bias=False), nn.BatchNorm2d(HEAD)

    def forward(self, x: Tensor) -> Tensor:
        x = functional.relu(self.bn1(self.conv1(x[:, None])))
        x = functional.relu(self.bn2(self.conv2(self.layer2(self.layer1(x)))))
        return x.flatten(1, 2)


class Masked(nn.Module):
    """Context-aware masking: the mean of all frames, and of the hundred around, say how much of each channel stays."""

    def __init__(self, dilation: int) -> None:
        super().__init__()
        self.linear_local = nn.Conv1d(INNER, GROWTH, 3, padding=dilation, dilation=dilation, bias=False)
        self.linear1, self.linear2 = nn.Conv1d(INNER, INNER // 2, 1), nn.Conv1d(INNER // 2, GROWTH, 1)

    def forward(self, x: Tensor) -> Tensor:
        around = torch.cat([part.mean(-1, keepdim=True).expand_as(part) for part in x.split(100, -1)], -1)
        context = x.mean(-1, keepdim=True) + around
        return self.linear_local(x) * torch.sigmoid(self.linear2(functional.relu(self.linear1(context))))


class Dense(nn.Module):
    def __init__(self, channels: int, dilation: int) -> None:
        super().__init__()
        self.nonlinear1, self.linear1 = Normalised(channels), nn.Conv1d(channels, INNER, 1, bias=False)
        self.nonlinear2, self.cam_layer = Normalised(INNER), Masked(dilation)

    def forward(self, x: Tensor) -> Tensor:
        return torch.cat([x, self.cam_layer(self.nonlinear2(self.linear1(self.nonlinear1(x))))], 1)


class Voice(nn.Module):
    """A convolution with its normalisation, before it or after it."""

    def __init__(self, before: int, after: int, *, first: bool, size: int = 1, stride: int = 1) -> None:
        super().__init__()
        self.first = first
        self.nonlinear = Normalised(before if first else after)
        self.linear = nn.Conv1d(before, after, size, stride, size // 2, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        return self.linear(self.nonlinear(x)) if self.first else self.nonlinear(self.linear(x))


class Last(nn.Module):
    def __init__(self, channels: int) -> None:
        super().__init__()
        self.linear = nn.Conv1d(2 * channels, VOICE, 1, bias=False)
        self.nonlinear = Normalised(VOICE, affine=False)

    def forward(self, x: Tensor) -> Tensor:
        statistics = torch.cat([x.mean(-1), x.std(-1)], -1)[:, :, None]
        # the published network ends with the normalisation: its vectors have negative numbers
        return self.nonlinear.batchnorm(self.linear(statistics))[:, :, 0]


class CamPlusPlus(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.head = Head()
        self.xvector = nn.Sequential()
        self.xvector.add_module("tdnn", Voice(HEAD * BANDS // 8, FIRST, first=False, size=5, stride=2))
        channels = FIRST
        for number, (layers, dilation) in enumerate([(12, 1), (24, 2), (16, 2)], 1):
            block = nn.Sequential()
            for layer in range(1, layers + 1):
                block.add_module(f"tdnnd{layer}", Dense(channels, dilation))
                channels += GROWTH
            self.xvector.add_module(f"block{number}", block)
            self.xvector.add_module(f"transit{number}", Voice(channels, channels // 2, first=True))
            channels //= 2
        self.xvector.add_module("out_nonlinear", Normalised(channels))
        self.xvector.add_module("dense", Last(channels))

    def forward(self, features: Tensor) -> Tensor:
        return self.xvector(self.head(features.transpose(1, 2)))


@pytest.fixture(scope="module")
def network() -> nn.Module:
    torch.manual_seed(5)
    network = trained(CamPlusPlus())
    for part in network.modules():
        if isinstance(part, nn.Conv1d | nn.Conv2d):
            # weights as they are before training hardly let features through fifty layers
            nn.init.kaiming_normal_(part.weight)
    return network


@pytest.fixture
def raw(network: nn.Module, tmp_path: Path) -> Path:
    torch.save(network.state_dict(), tmp_path / CHECKPOINT)
    return tmp_path


# the last stretch over which a mask is averaged is short, whole, or the only one
@pytest.mark.parametrize("frames", [28, 200, 333, 801])
def test_the_converted_network_equals_the_one_in_pytorch(network: nn.Module, raw: Path, frames: int) -> None:
    convert(raw, raw)
    features = torch.randn(2, 1, BANDS) + torch.randn(2, frames, BANDS)
    with torch.no_grad():
        wanted = network(features).numpy()
    assert wanted.min() < 0, "a vector that is cut at zero says less"
    assert np.abs(wanted[0] - wanted[1]).max() > 0.1, "the result has to depend on the features"
    np.testing.assert_allclose(run(raw / "voice.onnx", features=features.numpy()), wanted, atol=1e-4)


def test_conversion_gives_the_same_bytes_every_time(raw: Path) -> None:
    convert(raw, raw)
    first = (raw / "voice.onnx").read_bytes()
    convert(raw, raw)
    assert (raw / "voice.onnx").read_bytes() == first


def test_another_networks_checkpoint_is_refused(tmp_path: Path) -> None:
    torch.save(nn.Linear(2, 2).state_dict(), tmp_path / CHECKPOINT)
    with pytest.raises(BadInputError, match="not the network that is expected"):
        convert(tmp_path, tmp_path)
    (tmp_path / CHECKPOINT).write_bytes(b"no archive")
    with pytest.raises(BadInputError, match="not the network that is expected"):
        convert(tmp_path, tmp_path)
    assert not (tmp_path / "voice.onnx").exists()
