"""The segmentation network converted, against the same layers in PyTorch with random weights."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional

from ingestion.errors import BadInputError
from ingestion.models.segmentation import CHECKPOINT, SAMPLE_RATE, convert
from tests.ingestion.models.networks import run, trained

FILTERS, TAPS = 40, 251


class Filterbank(nn.Module):
    """Each filter hears a band of frequencies: the mean of all cosines, or sines, in it, faded out by a window."""

    def __init__(self) -> None:
        super().__init__()
        sign = torch.tensor([1.0, -1.0]).repeat(FILTERS // 2)
        self.low_hz_ = nn.Parameter((torch.linspace(0, 7800, FILTERS) * sign)[:, None])
        self.band_hz_ = nn.Parameter((torch.linspace(10, 300, FILTERS) * -sign)[:, None])
        half = torch.arange(-(TAPS // 2), 0, dtype=torch.float32)
        self.register_buffer("n_", (2 * math.pi * half / SAMPLE_RATE)[None])
        self.register_buffer("window_", torch.hamming_window(TAPS, periodic=False)[: TAPS // 2])

    def filters(self) -> Tensor:
        low = 50 + self.low_hz_.double().abs()
        high = (low + 50 + self.band_hz_.double().abs()).clamp(50, SAMPLE_RATE / 2)
        n, window = self.n_.double(), self.window_.double()
        times = torch.cat([n, torch.zeros(1, 1), -n.flip(1)], 1)
        faded = torch.cat([window, torch.ones(1), window.flip(0)])
        spread = torch.sinc((high - low) * times / 2 / math.pi) * faded
        middle = (low + high) / 2 * times
        return torch.cat([middle.cos() * spread, middle.sin() * spread]).float()[:, None]


class First(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.filterbank = Filterbank()

    def forward(self, x: Tensor) -> Tensor:
        return functional.conv1d(x, self.filterbank.filters(), stride=10).abs()


class Ears(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.wav_norm1d = nn.InstanceNorm1d(1, affine=True)
        self.conv1d = nn.ModuleList([First(), nn.Conv1d(2 * FILTERS, 60, 5), nn.Conv1d(60, 60, 5)])
        self.norm1d = nn.ModuleList([nn.InstanceNorm1d(size, affine=True) for size in (2 * FILTERS, 60, 60)])

    def forward(self, x: Tensor) -> Tensor:
        x = self.wav_norm1d(x)
        for convolution, norm in zip(self.conv1d, self.norm1d, strict=True):
            x = functional.leaky_relu(norm(functional.max_pool1d(convolution(x), 3)))
        return x


class Segmentation(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.sincnet = Ears()
        self.lstm = nn.LSTM(60, 128, 4, batch_first=True, bidirectional=True)
        self.linear = nn.ModuleList([nn.Linear(256, 128), nn.Linear(128, 128)])
        self.classifier = nn.Linear(128, 7)

    def forward(self, samples: Tensor) -> Tensor:
        x, _ = self.lstm(self.sincnet(samples).transpose(1, 2))
        for linear in self.linear:
            x = functional.leaky_relu(linear(x))
        return self.classifier(x).log_softmax(-1)


@pytest.fixture(scope="module")
def network() -> nn.Module:
    torch.manual_seed(6)
    network = trained(Segmentation())
    with torch.no_grad():
        # weights as they are before training hardly let a sound through four layers
        for name, weights in network.named_parameters():
            if name.startswith(("lstm", "linear", "classifier")):
                weights *= 3
    return network


@pytest.fixture
def raw(network: nn.Module, tmp_path: Path) -> Path:
    torch.save({"state_dict": network.state_dict(), "epoch": 1}, tmp_path / CHECKPOINT)
    return tmp_path


@pytest.mark.parametrize("seconds", [1.0, 3.3])
def test_the_converted_network_equals_the_one_in_pytorch(network: nn.Module, raw: Path, seconds: float) -> None:
    convert(raw, raw)
    samples = torch.randn(2, 1, int(seconds * SAMPLE_RATE)) * 0.1
    samples[1, :, SAMPLE_RATE // 2 :] = 0
    with torch.no_grad():
        wanted = network(samples).numpy()
    assert wanted.shape[2] == 7
    assert np.ptp(wanted, axis=1).min() > 0.1, "the result has to depend on the sound"
    np.testing.assert_allclose(run(raw / "segmentation.onnx", samples=samples.numpy()), wanted, atol=1e-4)


def test_silence_has_a_result_too(raw: Path) -> None:
    convert(raw, raw)
    result = run(raw / "segmentation.onnx", samples=np.zeros((1, 1, SAMPLE_RATE), np.float32))
    np.testing.assert_allclose(np.exp(result).sum(-1), 1, atol=1e-5)


def test_conversion_gives_the_same_bytes_every_time(raw: Path) -> None:
    convert(raw, raw)
    first = (raw / "segmentation.onnx").read_bytes()
    convert(raw, raw)
    assert (raw / "segmentation.onnx").read_bytes() == first


def test_another_networks_checkpoint_is_refused(raw: Path) -> None:
    torch.save({"state_dict": nn.Linear(2, 2).state_dict()}, raw / CHECKPOINT)
    with pytest.raises(BadInputError, match="not the network that is expected"):
        convert(raw, raw)
    torch.save(nn.Linear(2, 2).state_dict(), raw / CHECKPOINT)
    with pytest.raises(BadInputError, match="no tensors where they are expected"):
        convert(raw, raw)
