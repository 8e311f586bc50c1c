"""Checkpoints that PyTorch wrote, and files that only look like one."""

from __future__ import annotations

import os
import zipfile
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from ingestion.models.torch_file import read_tensors


def saved(folder: Path, content: Any) -> Path:
    path = folder / "some.pt"
    torch.save(content, path)
    return path


def rewritten(path: Path, change: Callable[[str, bytes], bytes | None]) -> None:
    """Change the members of an archive; one that becomes None is left out."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members.items():
            if (changed := change(name, data)) is not None:
                archive.writestr(name, changed)


class Calls:
    """Pickled as a call of a function."""

    def __init__(self, function: Callable[..., Any], *arguments: Any) -> None:
        self._call = (function, arguments)

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        return self._call


def test_tensors_are_read_as_they_were_saved(tmp_path: Path) -> None:
    grid = torch.arange(24, dtype=torch.float32).reshape(4, 6)
    tensors = {
        "whole": grid,
        "transposed": grid.t(),
        "from the third row": grid[2:],
        "every other column": grid[:, 1::2],
        "one row for all": grid[:1].expand(3, 6),
        "half": torch.tensor([0.5, -2.0], dtype=torch.float16),
        "long": torch.tensor([[1, -(2**40)]]),
        "scalar": torch.tensor(7.0),
        "empty": torch.zeros(0, 3),
    }
    read = read_tensors(saved(tmp_path, tensors))
    assert list(read) == list(tensors)
    for name, tensor in tensors.items():
        assert read[name].dtype == tensor.numpy().dtype, name
        np.testing.assert_array_equal(read[name], tensor.numpy(), err_msg=name)


def test_the_state_of_a_module_is_found_beside_other_things(tmp_path: Path) -> None:
    module = torch.nn.Sequential(torch.nn.Linear(3, 2), torch.nn.BatchNorm1d(2))
    path = saved(tmp_path, {"state_dict": module.state_dict(), "epoch": 3, "rate": 0.1, "by": "someone"})
    read = read_tensors(path, within="state_dict")
    assert set(read) == set(module.state_dict())
    np.testing.assert_array_equal(read["0.weight"], module[0].weight.detach().numpy())
    with pytest.raises(ValueError, match="no tensors where they are expected"):
        read_tensors(path, within="weights")


def test_a_pickle_that_runs_a_command_is_refused_and_does_not_run(tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    path = saved(tmp_path, {"weight": torch.zeros(2), "more": Calls(os.system, f"touch {trace}")})
    with pytest.raises(ValueError, match=r"some\.pt .*system"):
        read_tensors(path)
    assert not trace.exists()


def numbers() -> Any:
    return torch.zeros(2)._typed_storage()


@pytest.mark.parametrize(
    "content",
    [
        Calls(torch._utils._rebuild_tensor_v2, numbers(), 0, (3,), (1,), False, OrderedDict()),
        Calls(torch._utils._rebuild_tensor_v2, numbers(), 1, (2,), (1,), False, OrderedDict()),
        Calls(torch._utils._rebuild_tensor_v2, numbers(), 0, (2, 2), (2, 1), False, OrderedDict()),
        Calls(torch._utils._rebuild_tensor_v2, numbers(), 1, (2,), (-1,), False, OrderedDict()),
        Calls(torch._utils._rebuild_tensor_v2, numbers(), -1, (1,), (1,), False, OrderedDict()),
        Calls(torch._utils._rebuild_tensor_v2, numbers(), 0, ("2",), ("1",), False, OrderedDict()),
        Calls(torch._utils._rebuild_tensor_v2, numbers(), 0),
        torch.zeros(2, dtype=torch.bfloat16),
        torch.nn.Linear(2, 2),
    ],
    ids=["long", "late", "wide", "backwards", "early", "words", "few", "unknown type", "a module"],
)
def test_what_is_no_plain_tensor_is_refused(tmp_path: Path, content: Any) -> None:
    with pytest.raises(ValueError, match=r"some\.pt"):
        read_tensors(saved(tmp_path, {"weight": content}))


def test_a_list_is_not_a_checkpoint(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no tensors where they are expected"):
        read_tensors(saved(tmp_path, [torch.zeros(2)]))


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9])
def test_a_truncated_file_is_refused(tmp_path: Path, share: float) -> None:
    path = saved(tmp_path, {"weight": torch.zeros(100)})
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(ValueError, match=r"some\.pt"):
        read_tensors(path)


@pytest.mark.parametrize(
    "change",
    [
        lambda name, data: data[:-4] if "/data/" in name else data,
        lambda name, data: None if "/data/" in name else data,
        lambda name, data: data[:-20] if name.endswith("data.pkl") else data,
        lambda name, data: b"" if name.endswith("data.pkl") else data,
        lambda name, data: None if name.endswith("data.pkl") else data,
    ],
    ids=["few numbers", "no numbers", "half a structure", "an empty structure", "no structure"],
)
def test_a_damaged_archive_is_refused(tmp_path: Path, change: Callable[[str, bytes], bytes | None]) -> None:
    path = saved(tmp_path, {"weight": torch.zeros(100)})
    rewritten(path, change)
    with pytest.raises(ValueError, match=r"some\.pt"):
        read_tensors(path)


def test_what_is_no_archive_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "some.pt"
    path.write_bytes(b"GGUF" + bytes(100))
    with pytest.raises(ValueError, match=r"some\.pt"):
        read_tensors(path)
